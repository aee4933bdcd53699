package verdict

import (
	"cmp"
	"strings"
)

// A Change is the smallest fix of a fault as code in the language of the input: an edit
// of one resource, resources to add, or both.
type Change struct {
	Language string   `json:"language"` // hcl, yaml, json
	File     string   `json:"file,omitempty"`
	Resource string   `json:"resource,omitempty"` // what is edited
	Set      string   `json:"set,omitempty"`      // arguments to write into it
	Remove   []string `json:"remove,omitempty"`   // arguments to take out of it
	Append   string   `json:"append,omitempty"`   // a block or statement to add inside it
	Into     string   `json:"into,omitempty"`     // where that goes: policy.Statement
	Add      string   `json:"add,omitempty"`      // what to write beside it
	Pass     string   `json:"pass,omitempty"`     // an input that the calls of its module, or stack, have to give
	Values   []Value  `json:"-"`                  // those of Set that are written out, and those that the code in Set refers to
	Input    string   `json:"-"`                  // the variable or parameter that Add declares
	Module   string   `json:"-"`                  // the address of the module or stack that the change is in
}

// A Value is an argument that a change gives a value which is written out: where the
// old one is in a table, it can be changed there.
type Value struct {
	Attribute string // as the input names it, without indexes
	Old, New  string // as texts: a number or a truth value as code writes it
}

// Empty reports whether there is nothing to change.
func (c Change) Empty() bool {
	return c.Set == "" && len(c.Remove) == 0 && c.Append == "" && c.Add == ""
}

// Text returns the change for a person. A single assignment to a resource that was already
// named is only that assignment.
func (c Change) Text(under string) string {
	if under == c.Resource && c.Append == "" && c.Add == "" && len(c.Remove) == 0 && !strings.Contains(c.Set, "\n") {
		return c.Set
	}
	var parts []string
	if c.Set != "" {
		parts = append(parts, "set in "+c.Resource+":\n"+c.Set)
	}
	if len(c.Remove) > 0 {
		parts = append(parts, "remove "+strings.Join(c.Remove, ", ")+" from "+c.Resource)
	}
	if c.Append != "" {
		parts = append(parts, c.appended())
	}
	if c.Add != "" {
		parts = append(parts, "add to "+cmp.Or(c.File, "the code")+":\n"+c.Add)
	}
	if c.Pass != "" {
		parts = append(parts, "and set "+c.Pass+" in the module call")
	}
	return strings.Join(parts, "\n")
}

func (c Change) appended() string {
	if c.Into == "" {
		return "add to " + c.Resource + ":\n" + c.Append
	}
	return "add to " + c.Into + " of " + c.Resource + ":\n" + c.Append
}
