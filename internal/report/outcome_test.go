package report

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestThirdStates says what becomes of unknown, waived and skipped results, and
// of warnings, in formats that know passed and failed.
func TestThirdStates(t *testing.T) {
	warning := verdict.Finding{Code: "drifted", Level: verdict.Warning, Message: "m"}
	unclear := verdict.Finding{Code: "topic-outside", Level: verdict.Unclear, Message: "m"}
	broken := verdict.Finding{Code: "no-alarm", Level: verdict.Error, Message: "m"}
	strict, lenient, picky := verdict.Gate{}, verdict.Gate{AllowUnknown: true}, verdict.Gate{FailOnWarn: true}
	for _, tc := range []struct {
		verdict verdict.Verdict
		finding verdict.Finding
		gate    verdict.Gate
		// junit is failure or skipped with its type, else "".
		junit, tap, github, azure, checkstyle, gitlab string
	}{
		{verdict.Fail, broken, strict, "failure fail", "not ok ", "error", "error", "error", "critical"},
		{verdict.Unknown, unclear, strict, "failure unknown", "not ok ", "error", "error", "error", "major"},
		{verdict.Unknown, unclear, lenient, "skipped unknown", "ok SKIP", "warning", "warning", "warning", "minor"},
		{verdict.Waived, broken, strict, "skipped waived", "not ok TODO", "notice", "", "info", "info"},
		{verdict.Skip, verdict.Finding{Code: "trail-data-only", Level: verdict.Note, Message: "m"}, strict, "skipped skip", "ok SKIP", "notice", "", "info", "info"},
		{verdict.Pass, warning, strict, "", "ok ", "warning", "warning", "warning", "minor"},
		{verdict.Pass, warning, picky, "failure warning", "not ok ", "error", "error", "error", "critical"},
		{verdict.Waived, warning, picky, "failure warning", "not ok ", "error", "error", "error", "critical"},
	} {
		res := deniedResult("plan.json", tc.verdict, nil, tc.finding)
		r := whole([]verdict.Input{{Path: "plan.json"}}, res)
		failing := tc.gate.Exit(r.Summary) != verdict.ExitOK
		o := Options{Gate: tc.gate}
		name := fmt.Sprintf("%s, %+v", tc.verdict, tc.gate)
		if got := junitKind(t, write(t, "junit", r, o)); got != tc.junit || strings.HasPrefix(got, "failure") != failing {
			t.Errorf("%s: junit %q, want %q", name, got, tc.junit)
		}
		points, err := readTAP(string(write(t, "tap", r, o)))
		if err != nil {
			t.Fatal(err)
		}
		if got := map[bool]string{true: "ok ", false: "not ok "}[points[0].ok] + points[0].directive; got != tc.tap {
			t.Errorf("%s: tap %q, want %q", name, got, tc.tap)
		}
		for format, want := range map[string]string{
			"github": "::" + tc.github + " ", "azure": "##vso[task.logissue type=" + tc.azure + ";",
			"checkstyle": `severity="` + tc.checkstyle + `"`, "gitlab": `"severity": "` + tc.gitlab + `"`,
		} {
			if format == "azure" && tc.azure == "" {
				want = "plan.json:1: "
			}
			if got := string(write(t, format, r, o)); !strings.Contains(got, want) {
				t.Errorf("%s: no %q in %s", name, want, got)
			}
		}
	}
}

func junitKind(t *testing.T, raw []byte) string {
	t.Helper()
	var doc junitSuites
	if err := xml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	switch c := doc.Suites[0].Cases[0]; {
	case c.Failure != nil:
		return "failure " + c.Failure.Type
	case c.Skipped != nil:
		return "skipped " + c.Skipped.Type
	}
	return ""
}
