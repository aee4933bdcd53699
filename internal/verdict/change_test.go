package verdict

import "testing"

func TestChangeText(t *testing.T) {
	for _, c := range []struct {
		name   string
		change Change
		want   string
	}{
		{"one assignment", Change{Resource: "r", Set: "a = 1"}, "a = 1"},
		{"one assignment to another", Change{Resource: "s", Set: "a = 1"}, "set in s:\na = 1"},
		{"two assignments", Change{Resource: "r", Set: "a = 1\nb = 2"}, "set in r:\na = 1\nb = 2"},
		{"less", Change{Resource: "r", Remove: []string{"a", "b"}}, "remove a, b from r"},
		{"a block", Change{Resource: "r", Append: "x {}"}, "add to r:\nx {}"},
		{"a statement", Change{Resource: "r", Append: "{}", Into: "policy.Statement"}, "add to policy.Statement of r:\n{}"},
		{"a resource in a file", Change{Add: "resource", File: "main.tf"}, "add to main.tf:\nresource"},
		{"a resource, and what the module is given", Change{Add: "resource", Pass: "var.x"}, "add to the code:\nresource\nand set var.x in the module call"},
	} {
		if got := c.change.Text("r"); got != c.want || c.change.Empty() {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if !(Change{Language: "hcl", Resource: "r"}).Empty() {
		t.Error("a change of nothing is not empty")
	}
}
