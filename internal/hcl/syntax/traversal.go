package syntax

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// ResourceName is a resource within its module.
type ResourceName struct {
	Mode resource.Mode
	Type string
	Name string
}

func (n ResourceName) String() string {
	if n.Mode == resource.Data {
		return "data." + n.Type + "." + n.Name
	}
	return n.Type + "." + n.Name
}

// ResourceOf reads the resource at the front of a reference.
func ResourceOf(t hcl.Traversal) (n ResourceName, rest hcl.Traversal, ok bool) {
	var names hcl.Traversal
	root := t.RootName()
	switch {
	case root == "data" && len(t) > 2:
		n.Mode, n.Type, names = resource.Data, StepName(t[1]), t[2:]
	case root == "resource" && len(t) > 2:
		n.Type, names = StepName(t[1]), t[2:]
	default:
		n.Type, names = root, t[1:]
	}
	if len(names) == 0 {
		return n, nil, false
	}
	n.Name = StepName(names[0])
	return n, names[1:], n.Type != "" && n.Name != ""
}

// StepName returns the name that a step of a traversal asks for, "" for an index.
func StepName(step hcl.Traverser) string {
	switch step := step.(type) {
	case hcl.TraverseRoot:
		return step.Name
	case hcl.TraverseAttr:
		return step.Name
	case hcl.TraverseIndex:
		if step.Key.Type() == cty.String && step.Key.IsKnown() && !step.Key.IsNull() && !step.Key.IsMarked() {
			return step.Key.AsString()
		}
	}
	return ""
}

// StepText returns a step as it is written in the path of an attribute.
func StepText(step hcl.Traverser) string {
	if index, ok := step.(hcl.TraverseIndex); ok {
		text, _ := value.ScalarText(index.Key)
		return text
	}
	return StepName(step)
}

// StepKey returns the key that a step of a traversal chooses.
func StepKey(step hcl.Traverser) cty.Value {
	switch step := step.(type) {
	case hcl.TraverseIndex:
		return step.Key
	case hcl.TraverseAttr:
		return cty.StringVal(step.Name)
	}
	return cty.NilVal
}

// AttributePath joins steps to the path of an attribute.
func AttributePath(steps hcl.Traversal) string {
	parts := make([]string, len(steps))
	for i, step := range steps {
		parts[i] = StepText(step)
	}
	return strings.Join(parts, ".")
}

// TraversalText returns a traversal as the code writes it.
func TraversalText(t hcl.Traversal) string {
	var b strings.Builder
	for _, step := range t {
		switch index, ok := step.(hcl.TraverseIndex); {
		case ok:
			b.WriteString(KeyText(KeyOf(index.Key)))
		default:
			if _, isRoot := step.(hcl.TraverseRoot); !isRoot {
				b.WriteByte('.')
			}
			b.WriteString(StepName(step))
		}
	}
	return b.String()
}

// KeyOf returns an instance key.
func KeyOf(v cty.Value) resource.Key {
	v, _ = v.Unmark()
	if v == cty.NilVal || !v.IsKnown() || v.IsNull() {
		return resource.Key{}
	}
	switch v.Type() {
	case cty.String:
		return resource.Key{Kind: resource.StringKey, Str: v.AsString()}
	case cty.Number:
		n, _ := v.AsBigFloat().Int64()
		return resource.Key{Kind: resource.IntKey, Int: int(n)}
	}
	return resource.Key{}
}

// KeyText returns a key as Terraform writes it in addresses.
func KeyText(k resource.Key) string {
	switch k.Kind {
	case resource.IntKey:
		return "[" + strconv.Itoa(k.Int) + "]"
	case resource.StringKey:
		return "[" + Quote(k.Str) + "]"
	}
	return ""
}

// Quote returns a text as Terraform writes it: a Go string in which ${ and %{ are
// doubled.
func Quote(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}
