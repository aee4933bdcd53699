package format

import (
	"errors"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
)

func TestNames(t *testing.T) {
	var n Names
	if n.HasInputs() {
		t.Error("asked before anything was read")
	}
	if err := n.Check("--var", "region", "no root module declares this variable"); err == nil || err.Error() != "--var region: no root module declares this variable" {
		t.Errorf("nothing is declared: %v", err)
	}
	n.Add()
	if !n.HasInputs() {
		t.Error("an input that declares nothing was not asked")
	}
	n.Add("region", "email")
	for name, hints := range map[string][]string{"region": nil, "emial": {"did you mean email?"}, "quite_another": {}} {
		err := n.Check("--var", name, "no root module declares this variable")
		var d *diag.Diagnostic
		switch {
		case hints == nil && err != nil:
			t.Errorf("%s is declared: %v", name, err)
		case hints != nil && (!errors.As(err, &d) || !slices.Equal(d.Hints(), hints)):
			t.Errorf("%s: %v, %+v", name, err, d)
		}
	}
}
