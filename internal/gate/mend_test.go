package gate_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// endpoint is what a test answers where a change asks who reads the alarms.
const endpoint = "oncall@example.com"

// unmendable are the cases of which no code can be said, or not all of it.
var unmendable = map[string]string{
	"accounts-filter-elsewhere":               "the filter is in another account than the trail",
	"alarm-in-another-region":                 "which provider the alarm moves to is for people to say",
	"each-control-narrowed":                   "the pattern of one instance stands in a table",
	"external-group-no-subscription/template": "the trail is elsewhere: unknown at best",
	"external-group-no-subscription":          "the trail is elsewhere: unknown at best",
	"filters-and-alarms-other-keys":           "the metric's name of one instance stands in a table of a module",
	"policy-by-for-each":                      "the statement of one instance stands in a conditional",
	"role-from-module-read-only":              "the role and the group are in two modules",
	"sns-wrapper-wrong":                       "the topic is one of a module's instances",
	"three-regions-wrong-group":               "the filter is in another region than the trail's group",
	"topic-in-another-region":                 "which provider the topic moves to is for people to say",
	"topic-module-other-statements":           "the policy is made of a module's variables",
}

// TestMends: every fault of a real case names a change; applied to the input, one
// after the other, the control passes.
func TestMends(t *testing.T) {
	files, err := filepath.Glob("../../testdata/*/*/case.json")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	g := newGate(t)
	for _, file := range files {
		dir := filepath.Dir(file)
		c := readAgreed(t, file)
		name := filepath.Base(filepath.Dir(dir)) + "/" + filepath.Base(dir)
		t.Run(name+"/code", func(t *testing.T) {
			holdMended(t, unmendable[filepath.Base(dir)], mended(t, dir, func(dir string) verdict.Result {
				return judgeCode(t, g, dir, c.Arguments+" -var alarm_reader_email="+endpoint)
			}))
		})
		for _, template := range []string{"template.yaml", "template.json"} {
			if _, err := os.Stat(filepath.Join(dir, template)); err != nil {
				continue
			}
			t.Run(name+"/"+template, func(t *testing.T) {
				holdMended(t, unmendable[filepath.Base(dir)+"/template"], mended(t, dir, func(dir string) verdict.Result {
					path := filepath.Join(dir, template)
					return judgeTemplate(t, g, path, answering(t, path, c.Parameters))
				}))
			})
		}
	}
}

// answering adds the answer to the question of a change, where it is asked.
func answering(t *testing.T, path string, parameters map[string]string) map[string]string {
	t.Helper()
	given := map[string]string{}
	maps.Copy(given, parameters)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "AlarmReaderEmail") {
		given["AlarmReaderEmail"] = endpoint
	}
	return given
}

// mended is the result of what fails after at most ten changes; of anything else
// it is a pass.
func mended(t *testing.T, dir string, judge func(dir string) verdict.Result) verdict.Result {
	t.Helper()
	work := t.TempDir()
	if err := os.CopyFS(work, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	got, said := judge(work), map[string]bool{}
	if got.Verdict != verdict.Fail {
		t.Skipf("the verdict is %s", got.Verdict)
	}
	for range 10 {
		f := firstChange(got)
		if f == nil || said[f.Fix] {
			break
		}
		said[f.Fix] = true
		apply(t, *f.Change)
		pass(t, work, *f.Change)
		got = judge(work)
	}
	return got
}

func holdMended(t *testing.T, why string, got verdict.Result) {
	t.Helper()
	switch {
	case got.Verdict == verdict.Pass && why != "":
		t.Errorf("it passes, but is said not to: %s", why)
	case got.Verdict != verdict.Pass && why == "":
		t.Errorf("verdict %s\n%s", got.Verdict, pretty(got))
	}
}

// firstChange is the first fault that has one.
func firstChange(r verdict.Result) *verdict.Finding {
	for _, f := range r.Findings {
		if f.Level == verdict.Error && f.Change != nil {
			return &f
		}
	}
	return nil
}
