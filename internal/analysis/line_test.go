package analysis

import "testing"

func TestLinesOfCode(t *testing.T) {
	r := NewRedactor([]string{"hunter2-correct", "pin", "first line\nab", "", "https://u:topsecret@example.com"})
	for line, want := range map[string]string{
		`  name = "alerts"`:                      `  name = "alerts"`,
		`  password = "hunter2-correct"`:         hidden,
		`  password = "hunter2\u002dcorrect"`:    hidden, // escaped
		`  password = join("-", ["correct", x])`: hidden, // in pieces
		`  endpoint = "${var.x}topsecret"`:       hidden,
		`  code = "pin"`:                         hidden, // short
		`    ab`:                                 hidden, // a line of several
		`  x = sensitive("anything")`:            hidden,
		`  x = nonsensitive(var.y)`:              hidden,
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
