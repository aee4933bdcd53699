package document

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestLinesOfCode(t *testing.T) {
	r := NewRedactor([]string{"hunter2-correct", "pin", "first line\nab", "", "https://u:topsecret@example.com"})
	for line, want := range map[string]string{
		`  name = "alerts"`:                      `  name = "alerts"`,
		`  password = "hunter2-correct"`:         resource.Hidden,
		`  password = "hunter2\u002dcorrect"`:    resource.Hidden, // escaped
		`  password = join("-", ["correct", x])`: resource.Hidden, // in pieces
		`  endpoint = "${var.x}topsecret"`:       resource.Hidden,
		`  code = "pin"`:                         resource.Hidden, // short
		`    ab`:                                 resource.Hidden, // a line of several
		`  x = sensitive("anything")`:            resource.Hidden,
		`  x = nonsensitive(var.y)`:              resource.Hidden,
		`  sensitive = true`:                     `  sensitive = true`,
	} {
		if got := r.Line(line); got != want {
			t.Errorf("%q is shown as %q, want %q", line, got, want)
		}
	}
	if got := NewRedactor(nil).Line("a \uFFF9b\uFFFB"); got != "a (b)" {
		t.Errorf("%q", got)
	}
}
