package replay

import (
	"testing"
	"time"
)

func TestZone(t *testing.T) {
	winter := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]int{
		"": 0, "UTC": 0, "America/New_York": -5 * 3600, "+05:30": 19800, "UTC+05:30": 19800, "-0930": -34200, "Europe/Berlin": 3600,
	} {
		zone, err := Zone(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if _, got := winter.In(zone).Zone(); got != want {
			t.Errorf("%q: %d seconds from UTC, want %d", text, got, want)
		}
	}
	for _, text := range []string{"Local", "Europe/Nowhere", "+25:00", "05:30", "../etc/passwd", "UTC+5"} {
		if zone, err := Zone(text); err == nil {
			t.Errorf("%q is %v", text, zone)
		}
	}
}
