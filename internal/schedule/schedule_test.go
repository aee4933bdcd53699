package schedule

import "testing"

func TestIsAlways(t *testing.T) {
	for _, tt := range []struct {
		expression, duration string
		want                 bool
	}{
		{"cron(0 0 * * *)", "P1D", true},
		{"cron(0 0 * * *)", "PT24H", true},
		{"cron(0 0 * * *)", "PT1440M", true},
		{"cron(0 0 * * *)", "PT23H59M", false},
		{"cron(30 4 * * ?)", "P1D", true},
		{"cron(0 * * * *)", "PT1H", true},
		{"cron(0 * * * *)", "PT59M", false},
		{"cron(*/15 * * * *)", "PT15M", true},
		{"cron(0 0,12 * * *)", "PT12H", true},
		{"cron(0 0,11 * * *)", "PT12H", false},
		{"cron(0 2 * * SUN)", "P7D", true},
		{"cron(0 2 * * 7)", "P1W", true},
		{"cron(0 2 * * SUN)", "P6D", false},
		{"cron(0 18 * * FRI)", "P2DT12H", false},
		{"cron(0 0 * * MON-FRI)", "P3D", true},
		{"cron(0 0 * * MON-FRI)", "P2D", false},
		{"cron(0 0 1 * *)", "P15D", false},
		{"cron(0 0 1,15 * *)", "P15D", false},
		{"cron(0 0 1,10,20 * *)", "P15D", true},
		{"cron(0 0 1-31/2 * *)", "P2D", true},
		{"cron(0 0 * JAN *)", "P1D", false},
		{"cron(0 0 13 * FRI)", "P7D", true},
		{"at(2026-12-24T18:00)", "P15D", false},
		{"cron(0 0 31 2 *)", "P15D", false},
	} {
		got, err := IsAlways(tt.expression, tt.duration)
		if err != nil || got != tt.want {
			t.Errorf("%s for %s: %v, %v", tt.expression, tt.duration, got, err)
		}
	}
}

func TestIsAlwaysRefuses(t *testing.T) {
	for _, tt := range [][2]string{
		{"rate(1 day)", "P1D"}, {"cron(0 0 * *)", "P1D"}, {"cron(60 0 * * *)", "P1D"}, {"cron(0 0 * * *)", "1 day"}, {"cron(0 0 * * *)", ""},
		{"cron(a 0 * * *)", "P1D"}, {"cron(0 5-2 * * *)", "P1D"}, {"cron(*/0 * * * *)", "P1D"}, {"cron(0 0 * * *", "P1D"}, {"", "P1D"},
	} {
		if got, err := IsAlways(tt[0], tt[1]); err == nil || got {
			t.Errorf("%q: %v", tt, got)
		}
	}
}

func FuzzIsAlways(f *testing.F) {
	f.Add("cron(0 0 * * *)", "P1D")
	f.Add("cron(*/5 1-3 1,15 JAN-MAR SUN)", "PT4H")
	f.Fuzz(func(_ *testing.T, expression, duration string) { _, _ = IsAlways(expression, duration) })
}
