package scan

import (
	"strconv"
	"testing"
	"time"
)

func TestMinute(t *testing.T) {
	for day := time.Date(1999, 12, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2030; day = day.Add(23*time.Hour + 59*time.Second) {
		got, ok := Minute([]byte(strconv.Quote(day.Format("2006-01-02T15:04:05Z"))))
		if want := day.Unix() / 60; !ok || got != want {
			t.Fatalf("%v: minute %d, %v, want %d", day, got, ok, want)
		}
	}
	for text, want := range map[string]int64{
		`"2026-11-22T13:05:06.789Z"`: 29922545, `"2026-11-22T14:05:06+01:00"`: 29922545, `"1969-12-31T23:59:59Z"`: -1, `"\u0032026-11-22T13:05:06Z"`: 29922545,
	} {
		if got, ok := Minute([]byte(text)); !ok || got != want {
			t.Errorf("%s: minute %d, %v, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "null", "5", `"2026-02-30T00:00:00Z"`, `"2026-13-01T00:00:00Z"`, `"2026-11-22 13:05:06Z"`, `"yesterday"`, `{}`} {
		if got, ok := Minute([]byte(text)); ok {
			t.Errorf("%s: minute %d", text, got)
		}
	}
}
