package hcl

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// refer finds what a reference means.
func (s *scope) refer(t hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	at := t.SourceRange()
	name := ""
	if len(t) > 1 {
		name = stepName(t[1])
	}
	if name == "" {
		return cty.DynamicVal, fault(at, "%s is no value", t.RootName())
	}
	switch root := t.RootName(); root {
	case "var":
		return walked(s.input(name, at))(t[2:])
	case "local":
		return walked(s.local(name, at))(t[2:])
	case "module":
		return s.call(name).refer(t[2:], at)
	case "each", "count", "self":
		return cty.DynamicVal, fault(at, "%s.%s where nothing is repeated", root, name)
	case "ephemeral":
		return unknownFrom(cty.DynamicPseudoType, mark{kind: opaque, address: text(t)}), nil
	default:
		n, rest, ok := resourceOf(t)
		if !ok {
			return cty.DynamicVal, fault(at, "%s is no value", text(t))
		}
		return s.resource(n).refer(rest, at)
	}
}

// walked applies the rest of a reference to what its beginning means.
func walked(v cty.Value, diags hcl.Diagnostics) func(hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	return func(rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
		if diags.HasErrors() {
			return v, diags
		}
		return walk(v, rest)
	}
}

// resourceOf reads the resource at the front of a reference.
func resourceOf(t hcl.Traversal) (n resourceName, rest hcl.Traversal, ok bool) {
	names := t
	root := t.RootName()
	switch {
	case root == "data" && len(t) > 2:
		n.mode, n.typ, names = resource.Data, stepName(t[1]), t[2:]
	case root == "resource" && len(t) > 2:
		n.typ, names = stepName(t[1]), t[2:]
	default:
		n.typ, names = root, t[1:]
	}
	if len(names) == 0 {
		return n, nil, false
	}
	n.name = stepName(names[0])
	return n, names[1:], n.typ != "" && n.name != ""
}

// stepName is the name that a step of a traversal asks for, "" for an index.
func stepName(step hcl.Traverser) string {
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

// stepText is a step as it stands in the path of an attribute.
func stepText(step hcl.Traverser) string {
	if index, ok := step.(hcl.TraverseIndex); ok {
		text, _ := textOf(index.Key)
		return text
	}
	return stepName(step)
}

// attributePath joins steps to the path of an attribute.
func attributePath(steps hcl.Traversal) string {
	parts := make([]string, len(steps))
	for i, step := range steps {
		parts[i] = stepText(step)
	}
	return strings.Join(parts, ".")
}

// text is a traversal as the code writes it.
func text(t hcl.Traversal) string {
	var b strings.Builder
	for _, step := range t {
		switch index, ok := step.(hcl.TraverseIndex); {
		case ok:
			b.WriteString(keyText(keyOf(index.Key)))
		default:
			if _, isRoot := step.(hcl.TraverseRoot); !isRoot {
				b.WriteByte('.')
			}
			b.WriteString(stepName(step))
		}
	}
	return b.String()
}

// keyOf is an instance key.
func keyOf(v cty.Value) resource.Key {
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

// keyText is a key as Terraform writes it in addresses.
func keyText(k resource.Key) string {
	switch k.Kind {
	case resource.IntKey:
		return "[" + strconv.Itoa(k.Int) + "]"
	case resource.StringKey:
		return "[" + quoted(k.Str) + "]"
	}
	return ""
}

// quoted is a text as Terraform writes it: a Go string in which ${ and %{ are
// doubled.
func quoted(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}

// textOf is the text of a known string, number or truth value.
func textOf(v cty.Value) (string, bool) {
	if v == cty.NilVal {
		return "", false
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || !v.Type().IsPrimitiveType() {
		return "", false
	}
	v = as(v, cty.String)
	return v.AsString(), true
}
