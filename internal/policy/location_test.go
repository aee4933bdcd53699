package policy

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestLocations: a place is a file, with a line where the policy names one that a
// file can have.
func TestLocations(t *testing.T) {
	at := func(line int) *verdict.Location { return &verdict.Location{File: "x.tf", Line: line} }
	for loc, want := range map[string]*verdict.Location{
		`{"file": "x.tf", "line": 3}`:                    at(3),
		`{"file": "x.tf"}`:                               at(0),
		`{"file": "x.tf", "line": 0}`:                    at(0),
		`{"file": "x.tf", "line": -3}`:                   at(0),
		`{"file": "x.tf", "line": 1.5}`:                  at(0),
		`{"file": "x.tf", "line": "3"}`:                  at(0),
		`{"file": "x.tf", "line": 99999999999999999999}`: at(0),
		`{"file": "", "line": 3}`:                        nil,
		`{"line": 3}`:                                    nil,
		`"x.tf:3"`:                                       nil,
	} {
		u, err := user(t, "package main\n\ndeny contains {\"msg\": \"x\", \"_loc\": "+loc+"}\n")
		if err != nil {
			t.Fatal(err)
		}
		results, err := u.Judge(context.Background(), "plan.json", empty)
		if err != nil {
			t.Fatalf("%s: %v", loc, err)
		}
		if diff := cmp.Diff(want, results[0].Findings[0].Location); diff != "" {
			t.Errorf("%s: %s", loc, diff)
		}
	}
}
