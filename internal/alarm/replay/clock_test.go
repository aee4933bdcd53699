package replay

import (
	"strings"
	"testing"
	"time"
)

// TestClock: days on which clocks change at midnight or by half an hour. No day comes twice, and none is left out.
func TestClock(t *testing.T) {
	for _, c := range []struct {
		name, zone  string
		period      int
		first, last string // in UTC
		want        string // in UTC
	}{
		{"days in UTC", "UTC", day, "2026-01-01 00:00", "2026-01-03 00:00", "01-01 00:00, 01-02 00:00, 01-03 00:00"},
		{"23 hours", "Europe/Berlin", day, "2026-03-28 00:00", "2026-03-30 12:00", "03-28 23:00, 03-29 22:00"},
		{"25 hours", "Europe/Berlin", day, "2026-10-24 12:00", "2026-10-26 12:00", "10-24 22:00, 10-25 23:00"},
		{"no midnight", "Asia/Beirut", day, "2026-03-28 00:00", "2026-03-30 00:00", "03-28 22:00, 03-29 21:00"},
		{"midnight twice", "America/Havana", day, "2026-10-31 12:00", "2026-11-02 12:00", "11-01 04:00, 11-02 05:00"},
		{"the hour that comes twice", "Europe/Berlin", hour, "2026-10-24 23:30", "2026-10-25 02:00", "10-25 00:00, 10-25 01:00, 10-25 02:00"},
		{"half an hour forward", "Australia/Lord_Howe", hour, "2026-10-03 14:00", "2026-10-03 17:00", "10-03 14:30, 10-03 15:30, 10-03 16:00, 10-03 17:00"},
		{"half an hour back", "Australia/Lord_Howe", hour, "2026-04-04 13:30", "2026-04-04 16:30", "04-04 14:00, 04-04 15:30, 04-04 16:30"},
		{"quarters", "Asia/Kathmandu", hour, "2026-01-01 00:00", "2026-01-01 02:00", "01-01 00:15, 01-01 01:15"},
		{"Mondays", "UTC", week, "2026-01-01 00:00", "2026-01-20 00:00", "01-05 00:00, 01-12 00:00, 01-19 00:00"},
		{"the first week", "UTC", week, "1970-01-01 00:00", "1970-01-13 00:00", "01-05 00:00, 01-12 00:00"},
		{"the first day", "Pacific/Honolulu", day, "1970-01-01 00:00", "1970-01-02 00:00", "01-01 10:00"},
	} {
		minute := func(text string) int64 {
			when, err := time.Parse("2006-01-02 15:04", text)
			if err != nil {
				t.Fatal(err)
			}
			return when.Unix() / 60
		}
		var got []string
		for _, start := range newClock(location(t, c.zone), c.period).starts(minute(c.first), minute(c.last)) {
			got = append(got, time.Unix(start*60, 0).UTC().Format("01-02 15:04"))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %s, want %s", c.name, strings.Join(got, ", "), c.want)
		}
	}
}
