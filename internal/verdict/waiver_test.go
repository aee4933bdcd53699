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
