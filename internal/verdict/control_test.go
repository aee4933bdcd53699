package verdict

import (
	"slices"
	"testing"
)

// TestFor: what a profile makes of a control.
func TestFor(t *testing.T) {
	control := Control{
		ID: "root-usage", MustMatch: "now", Accepted: []string{"also"}, Strict: "strict", Events: "write",
		From:       map[string]string{"cis-aws-3.0.0": "three", "cis-aws-5.0.0": "five"},
		Variants:   []Misprint{{Pattern: "variant"}},
		References: map[string]string{"cis-aws-5.0.0": "4.3"},
	}
	for _, c := range []struct {
		profile, mustMatch, events string
		accepted                   []string
	}{
		{"", "now", "write", []string{"also"}},
		{"strict", "strict", "write", nil},
		{"security-hub", "now", "read and write", []string{"variant"}},
		{"cis-aws-1.4.0", "now", "read and write", []string{"also"}},
		{"cis-aws-3.0.0", "three", "read and write", nil},
		{"cis-aws-4.0.1", "three", "read and write", nil},
		{"cis-aws-10.0.0", "five", "read and write", nil},
		{"cis-aws-next", "now", "read and write", []string{"also"}},
	} {
		if got := control.For(c.profile); got.MustMatch != c.mustMatch || got.Events != c.events || !slices.Equal(got.Accepted, c.accepted) {
			t.Errorf("%s: %q, %q, %q", c.profile, got.MustMatch, got.Events, got.Accepted)
		}
	}
	for text, want := range map[string]bool{"root-usage": true, "root-*": true, "cis-aws-5.0.0/4.3": true, "cis-aws-5.0.0/4.4": false, "other": false} {
		if control.IsNamed(text) != want {
			t.Errorf("%s names it: %v", text, !want)
		}
	}
	if got := IDs([]Control{control, {ID: "b"}}); !slices.Equal(got, []string{"root-usage", "b"}) {
		t.Errorf("%q", got)
	}
}
