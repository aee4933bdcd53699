package verdict

import (
	"path/filepath"
	"testing"
	"time"
)

func TestGlob(t *testing.T) {
	for _, tc := range []struct {
		pattern, text string
		sep           byte
		want          bool
	}{
		{"legacy/**", "legacy/plan.json", '/', true},
		{"legacy/**", "legacy/a/b/plan.json", '/', true},
		{"legacy/**", "legacy", '/', true},
		{"legacy/**", "legacy2/plan.json", '/', false},
		{"legacy/*", "legacy/a/plan.json", '/', false},
		{"*/live/**", "eu/live", '/', true},
		{"**/plan.json", "plan.json", '/', true},
		{"**/plan.json", "a/b/plan.json", '/', true},
		{"**/plan.json", "a/b/xplan.json", '/', false},
		{"plan-?.json", "plan-1.json", '/', true},
		{"*", "a/b", '/', false},
		{"**", "a/b", '/', true},
		{"unauthorized-*", "unauthorized-api-calls", 0, true},
		{"module.a*", `module.a["x/y"].aws_cloudtrail.t`, 0, true},
		{`aws_x.y["k"]`, `aws_x.y["k"]`, 0, true},
		{"aws_x.y", "aws_x.z", 0, false},
		{"", "", 0, true},
	} {
		if got := glob(tc.pattern, tc.text, tc.sep); got != tc.want {
			t.Errorf("glob(%q, %q) = %v, want %v", tc.pattern, tc.text, got, tc.want)
		}
	}
}

func date(t *testing.T, text string) Date {
	t.Helper()
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestApply(t *testing.T) {
	base := t.TempDir()
	failing := Result{Control: "unauthorized-api-calls", Input: "legacy/plan.json", Verdict: Fail, Findings: []Finding{
		{Code: "pattern-floods", Level: Error, Resource: "aws_cloudwatch_log_metric_filter.old"},
		{Code: "alarm-slow", Level: Warning, Resource: "aws_cloudwatch_metric_alarm.other"},
	}}
	lastDay := date(t, "2027-01-31")
	noon := time.Date(2027, 1, 31, 23, 59, 59, 0, time.UTC)

	for _, tc := range []struct {
		name   string
		edit   func(*Result)
		waiver Waiver
		now    time.Time
		want   Verdict
	}{
		{"covers to the end of the last day", nil, Waiver{Control: "unauthorized-*", Path: "legacy/**", Expires: lastDay}, noon, Waived},
		{"is over on the day after", nil, Waiver{Control: "unauthorized-*", Expires: lastDay}, noon.Add(time.Second), Fail},
		{"other control", nil, Waiver{Control: "vpc-changes"}, noon, Fail},
		{"other path", nil, Waiver{Path: "live/**"}, noon, Fail},
		{"resource of the error", nil, Waiver{Resource: "aws_cloudwatch_log_metric_filter.*"}, noon, Waived},
		{"resource of the warning alone", nil, Waiver{Resource: "aws_cloudwatch_metric_alarm.*"}, noon, Fail},
		{"path relative to the config file", func(r *Result) { r.Input = filepath.Join(base, "legacy", "plan.json") },
			Waiver{Path: "legacy/*", Base: base}, noon, Waived},
		{"unknown is waived", func(r *Result) { r.Verdict = Unknown }, Waiver{}, noon, Waived},
		{"pass stays", func(r *Result) { r.Verdict = Pass }, Waiver{}, noon, Pass},
		{"skip stays", func(r *Result) { r.Verdict = Skip }, Waiver{}, noon, Skip},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := failing
			if tc.edit != nil {
				tc.edit(&r)
			}
			got := Acceptance{Waivers: []*Waiver{&tc.waiver}, Now: tc.now}.Apply([]Result{r})[0]
			if got.Verdict != tc.want {
				t.Errorf("verdict %s, want %s", got.Verdict, tc.want)
			}
			if (got.Waiver != nil) != (tc.want == Waived) {
				t.Errorf("waiver %v beside verdict %s", got.Waiver, got.Verdict)
			}
		})
	}
}

func TestApplySaysThatAWaiverExpired(t *testing.T) {
	r := Result{Verdict: Fail, Findings: []Finding{{Code: "no-alarm", Level: Error}}}
	got := Acceptance{
		Waivers: []*Waiver{{Reason: "SEC-1", Expires: date(t, "2020-01-01")}}, Now: date(t, "2026-11-20").Time,
	}.Apply([]Result{r})[0]
	if n := len(got.Findings); n != 2 || got.Findings[1].Code != "waiver-expired" {
		t.Errorf("findings %v, want a note waiver-expired at the end", got.Findings)
	}
	if len(r.Findings) != 1 {
		t.Error("Apply changed its argument")
	}
}

func TestRequire(t *testing.T) {
	got := Require([]Result{{Verdict: Skip}, {Verdict: Pass}}, nil)
	if got[0].Verdict != Fail || len(got[0].Findings) != 1 || got[1].Verdict != Pass {
		t.Errorf("results %v", got)
	}
}

// TestApplyTogether: several waivers accept together what none accepts alone,
// and a baseline covers what they leave.
func TestApplyTogether(t *testing.T) {
	here, there := &Waiver{Inline: true, Input: "p", Control: "c", Reason: "here"}, &Waiver{Resource: "b", Reason: "there"}
	r := Result{Control: "c", Input: "p", Verdict: Fail, Findings: []Finding{
		{Code: "x", Level: Error, Resource: "a", Inline: []*Waiver{here}},
		{Code: "y", Level: Unclear, Resource: "b"},
		{Code: "z", Level: Warning, Resource: "b"},
		{Code: "z", Level: Warning, Resource: "c"},
	}}
	apply := func(r Result, waivers ...*Waiver) Result { return Acceptance{Waivers: waivers}.Apply([]Result{r})[0] }
	for name, tc := range map[string]struct {
		got            Result
		want           Verdict
		with, warnings int
	}{
		"one of two":           {apply(r, here), Fail, 0, 2},
		"both":                 {apply(r, here, there), Waived, 1, 1},
		"the other input":      {apply(r, &Waiver{Inline: true, Input: "q"}, there), Fail, 0, 1},
		"a baseline the rest":  {NewBaseline([]Result{apply(r, here)}).Apply([]Result{apply(r, here)})[0], Waived, 1, 2},
		"a baseline not all":   {NewBaseline([]Result{apply(r, here)}).Apply([]Result{r})[0], Fail, 0, 2},
		"a warning that holds": {apply(Result{Control: "c", Verdict: Pass, Findings: r.Findings[2:]}, &Waiver{}), Pass, 0, 0},
	} {
		with := 0
		if tc.got.Waiver != nil {
			with = len(tc.got.Waiver.With)
		}
		if tc.got.Verdict != tc.want || with != tc.with {
			t.Errorf("%s: %s with %d more, want %s with %d", name, tc.got.Verdict, with, tc.want, tc.with)
		}
		if s := Summarise([]Result{tc.got}); s.Warnings != tc.warnings {
			t.Errorf("%s: %d warnings, want %d", name, s.Warnings, tc.warnings)
		}
	}
}

// TestApplyToWhatIsMissing: it is accepted at the resource that is shown as its
// place.
func TestApplyToWhatIsMissing(t *testing.T) {
	r := Result{Verdict: Fail, Findings: []Finding{{Code: "no-alarm", Level: Error, Beside: "aws_x.filter"}}}
	for resource, want := range map[string]Verdict{"aws_x.*": Waived, "aws_y.*": Fail, "": Waived} {
		if got := (Acceptance{Waivers: []*Waiver{{Resource: resource}}}).Apply([]Result{r})[0]; got.Verdict != want {
			t.Errorf("%q: %s, want %s", resource, got.Verdict, want)
		}
	}
}

func TestLevelsHoldForWaivers(t *testing.T) {
	a := Acceptance{Waivers: []*Waiver{{Resource: "none", Reason: "r"}}, Levels: map[string]Level{"waiver-unused": Unclear}}
	if got := a.Apply([]Result{{Verdict: Pass}})[0]; got.Verdict != Unknown || len(got.Findings) != 1 {
		t.Errorf("%+v", got)
	}
	if got := Require([]Result{{Verdict: Skip}}, map[string]Level{"nothing-to-judge": Note})[0]; got.Verdict != Skip {
		t.Errorf("%+v", got)
	}
}
