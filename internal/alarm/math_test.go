package alarm

import (
	"strings"
	"testing"
)

func at(v float64) MathPoint { return MathPoint{Value: v} }

var none = MathPoint{Missing: true}

func TestMath(t *testing.T) {
	for _, tt := range []struct {
		text   string
		m1, m2 MathPoint
		want   MathPoint
	}{
		{"m1", at(3), none, at(3)},
		{"m1 + m2", at(3), at(4), at(7)},
		{"m1+m2", at(3), none, none},
		{"SUM([m1, m2])", at(3), none, at(3)},
		{"SUM([m1,m2])", none, none, none},
		{"SUM(METRICS())", at(3), at(4), at(7)},
		{"MAX([m1, m2])", at(3), at(4), at(4)},
		{"MIN([m1, m2])", at(3), at(4), at(3)},
		{"AVG([m1, m2])", at(3), at(4), at(3.5)},
		{"FILL(m1, 0)", none, none, at(0)},
		{"FILL(m1,0)", at(2), none, at(2)},
		{"FILL(m1, m2)", none, at(5), at(5)},
		{"IF(m1 > 0, 1, 0)", at(3), none, at(1)},
		{"IF(m1>0,1,0)", none, none, none},
		{"IF(m1 >= 5, 1)", at(3), none, none},
		{"IF(m1 == 3, m2)", at(3), at(9), at(9)},
		{"CEIL(m1 / 2)", at(3), none, at(2)},
		{"FLOOR(m1/2)", at(3), none, at(1)},
		{"ABS(-m1)", at(3), none, at(3)},
		{"-m1 * 2 - 1", at(3), none, at(-7)},
		{"m1*0", at(3), none, at(0)},
		{"m1/0*0", at(3), none, none},
		{"(m1 + 1) * 2", at(3), none, at(8)},
		{"m1 != 3", at(3), none, at(0)},
		{"m3", at(3), none, none},
		{"1.5e0 + m1", at(3), none, at(4.5)},
	} {
		m, err := ParseMath(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		if got := m.At(map[string]MathPoint{"m1": tt.m1, "m2": tt.m2}); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

func TestMathRefuses(t *testing.T) {
	for _, text := range []string{
		"", "m1 +", "RATE(m1)", "SEARCH('{a} x', 'Sum', 300)", "m1 ^ 2", "(m1", "SUM([m1", "FILL(m1)", "FILL(m1, REPEAT)", "m1 m2", "1.2.3", "[", "IF(m1)",
		strings.Repeat("(", 100) + "m1" + strings.Repeat(")", 100),
	} {
		if _, err := ParseMath(text); err == nil {
			t.Errorf("%q: accepted", text)
		}
	}
}

func FuzzParseMath(f *testing.F) {
	for _, text := range []string{"m1", "SUM([m1, m2])", "IF(m1>0,1,0)", "FILL(m1,0)+-m2*(3-1)/2", "RATE(m1)", "["} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMath(text)
		if err == nil {
			m.At(map[string]MathPoint{"m1": at(1)})
		}
	})
}

// Expressions that the alarm looks at instead of the metric, decided on the same
// simulator.
func TestEvaluateMath(t *testing.T) {
	for _, tt := range []struct {
		text     string
		settings Settings
		series   Series
		events   int
		code     Code
	}{
		{"FILL(m1, 0)", cis(), Series{Value: 1}, 1, ""},
		{"FILL(m1, 0)", cis(missing("breaching")), Series{Value: 1}, 1, ""},
		{"FILL(m1, 0)", cis(mOutOfN(0, 3)), Series{Value: 1}, 0, NeedsSeveralPeriods},
		{"FILL(m1, 5)", cis(), Series{Value: 1}, 0, MathBreaches},
		{"IF(m1 > 0, 1, 0)", cis(), Series{Value: 1}, 1, ""},
		{"IF(m1 > 2, 1, 0)", cis(), Series{Value: 1}, 3, ""},
		{"CEIL(m1 / 10)", cis(), Series{Value: 1}, 1, ""},
		{"m1 / 10", cis(), Series{Value: 1}, 10, ""},
		{"m1 * 0", cis(), Series{Value: 1}, 0, ThresholdUnreachable},
		{"-m1", cis(), Series{Value: 1}, 0, ThresholdUnreachable},
		{"-m1", cis(comparison("LessThan", -2)), Series{Value: 1}, 3, ""},
		{"m1 + m2", cis(), Series{Value: 1}, 0, ThresholdUnreachable},
		{"SUM([m1, m2])", cis(), Series{Value: 1}, 1, ""},
		{"m1", cis(), Series{1, def(0)}, 1, ""},
		{"m1 * 2", cis(comparison(atLeast, 4)), Series{1, def(0)}, 2, ""},
	} {
		m, err := ParseMath(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		tt.settings.Math = func(p MathPoint) MathPoint { return m.At(map[string]MathPoint{"m1": p, "m2": none}) }
		v := Evaluate(tt.settings, tt.series)
		if v.Unknown != "" || v.Events != tt.events || tt.code != "" && !hasCode(v.Reasons, tt.code) {
			t.Errorf("%s: %+v, want %d events, %s", tt.text, v, tt.events, tt.code)
		}
	}
}

func TestMathThatNobodyCanTell(t *testing.T) {
	m, err := ParseMath("IF(m1 == 3, 1, 0)")
	if err != nil {
		t.Fatal(err)
	}
	s := cis()
	s.Math = func(p MathPoint) MathPoint { return m.At(map[string]MathPoint{"m1": p}) }
	if v := Evaluate(s, Series{Value: 1}); v.Unknown == "" || v.Fires {
		t.Errorf("%+v", v)
	}
}
