package verdict

import "testing"

func TestChangeText(t *testing.T) {
	for _, c := range []struct {
		name   string
		change Change
		want   string
	}{
		{"one assignment", Change{Resource: "r", Set: "a = 1"}, "a = 1"},
		{"one assignment to another", Change{Resource: "s", Set: "a = 1"}, "set this in s\na = 1"},
		{"two assignments", Change{Resource: "r", Set: "a = 1\nb = 2"}, "set this in r\na = 1\nb = 2"},
		{"less", Change{Resource: "r", Remove: []string{"a", "b"}}, "take out of r: a, b"},
		{"a block", Change{Resource: "r", Append: "x {}"}, "add this to r\nx {}"},
		{"a statement", Change{Resource: "r", Append: "{}", Into: "policy.Statement"}, "add this to policy.Statement of r\n{}"},
		{"a resource, and what the module is given", Change{Add: "resource", Pass: "var.x"}, "add this beside it\nresource\nand give var.x where the module is called"},
	} {
		if got := c.change.Text("r"); got != c.want || c.change.Empty() {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if !(Change{Language: "hcl", Resource: "r"}).Empty() {
		t.Error("a change of nothing is not empty")
	}
}
