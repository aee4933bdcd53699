package inline

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

var here = resource.Position{File: "main.tf", Line: 3, Column: 1}

func TestParse(t *testing.T) {
	until := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string][]*resource.InlineWaiver{
		" iacgate:ignore vpc-changes SEC-1 is known \r": {{Control: "vpc-changes", Reason: "SEC-1 is known"}},
		"iacgate:ignore vpc-* until=2027-01-31 SEC-1":   {{Control: "vpc-*", Until: until, Reason: "SEC-1"}},
		"iacgate:ignore a SEC-1 until=2027-01-31":       {{Control: "a", Until: until, Reason: "SEC-1"}},
		"iacgate:ignore all owner=team-a SEC-1":         {{Control: "*", Owner: "team-a", Reason: "SEC-1"}},
		"iacgate:ignore a,b x":                          {{Control: "a", Reason: "x"}, {Control: "b", Reason: "x"}},
		"iacgate:ignore a, b ,c x":                      {{Control: "a", Reason: "x"}, {Control: "b", Reason: "x"}, {Control: "c", Reason: "x"}},
		"iacgate:ignore cis-aws-3.0.0/4.1 x":            {{Control: "cis-aws-3.0.0/4.1", Reason: "x"}},
		"iacgate:ignore a see https://x.test/?id=7":     {{Control: "a", Reason: "see https://x.test/?id=7"}},
		"iacgate:ignore a 1=1":                          {{Control: "a", Reason: "1=1"}},
		"iacgate: this one is judged":                   nil,
		"see iacgate:ignore a x":                        nil,
		"iacgate judges this":                           nil,
		"":                                              nil,
	} {
		for _, i := range want {
			i.Position = here
		}
		if diff := cmp.Diff(want, Parse(text, here)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]struct{ problem, hint string }{
		"iacgate:ignore":                                       {"no control is named", "write " + Example},
		"iacgate:ignore a":                                     {"a reason is missing", "write " + Example},
		"iacgate:ignore a ...":                                 {"a reason is missing", "write " + Example},
		"iacgate:ignore a until=2027-01-31":                    {"a reason is missing", "write " + Example},
		"iacgate:ignore a until=2027-02-30 x":                  {"until is not a date", "write year, month and day: 2027-01-31"},
		"iacgate:ignore a until= x":                            {"until= has no value", ""},
		"iacgate:ignore a until=2027-01-31 until=2028-01-31 x": {"until= is given twice", ""},
		"iacgate:ignore a untill=2027-01-31 x":                 {"unknown untill=", "did you mean until=?"},
		"iacgate:ignore a expires=2027-01-31 x":                {"unknown expires=", "did you mean until=?"},
		"iacgate:ignore a because x=y":                         {"unknown x=", "a reason cannot contain =; known: until=, owner= and ticket="},
		"iacgate:ignore ,a x":                                  {"a comma without a control", "write " + Example},
		"iacgate:ignores a x":                                  {"unknown iacgate:ignores", "did you mean iacgate:ignore?"},
		"iacgate:ingore a x":                                   {"unknown iacgate:ingore", "did you mean iacgate:ignore?"},
	} {
		got := Parse(text, here)
		if len(got) != 1 || got[0].Problem != want.problem || got[0].Hint != want.hint || got[0].Position != here {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

// FuzzParse: a comment is prose, or waivers that are whole, or one problem.
func FuzzParse(f *testing.F) {
	for _, text := range []string{Example, "iacgate:ignore a, b ,c x", "iacgate:ignore a until=2027-02-30 x", "iacgate:", "prose"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Parse(text, here)
		if len(got) > 0 && !strings.HasPrefix(strings.TrimSpace(text), Marker) {
			t.Fatalf("%q: %v", text, got)
		}
		for _, i := range got {
			if i.Problem == "" && (i.Control == "" || i.Reason == "") || i.Problem != "" && len(got) > 1 {
				t.Errorf("%q: %+v", text, i)
			}
		}
	})
}
