package hcl

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// refer resolves a reference into the instance.
func (i *instance) refer(rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	if len(rest) == 0 {
		return i.object(), nil
	}
	name := syntax.StepName(rest[0])
	if name == "" {
		return cty.DynamicVal, syntax.Errorf(i.block.DefRange(), "%s is not a list", i.address)
	}
	if !i.isSet(name) {
		return i.computed(name, syntax.AttributePath(rest), rest[1:])
	}
	v, diags := i.argument(name)
	if diags.HasErrors() {
		return v, diags
	}
	if v.IsNull() && i.shape().IsComputed(name) {
		return i.computed(name, syntax.AttributePath(rest), rest[1:])
	}
	if v, diags = eval.Walk(v, rest[1:]); diags.HasErrors() {
		return v, diags
	}
	return i.known(v, syntax.AttributePath(rest)), nil
}

// known marks a text with its place, not with where it comes from: users of the text
// refer to this attribute. A text that equals an attribute of another resource that a
// policy sees, or a variable, keeps its mark. A text that cannot be determined is a
// symbol, which equals itself whatever its value will be.
func (i *instance) known(v cty.Value, path string) cty.Value {
	plain, marks := value.Unmark(v)
	text, told := value.TextOf(v)
	_, isSymbol := text.Symbol()
	here := plain.WithMarks(value.OfKinds(marks, value.Sensitive), cty.NewValueMarks(i.ref(path)))
	switch {
	case !plain.Type().IsPrimitiveType():
		return v
	case plain.IsKnown():
		return here
	case plain.Type() != cty.String || isKept(marks) && !value.HasKind(marks, value.Made) || isSymbol && value.HasKind(marks, value.Unset):
		return v
	case told:
		return value.WithText(here, text)
	}
	return value.WithSymbol(here, i.symbol(path))
}

// isKept reports whether a policy sees one of the sources.
func isKept(marks cty.ValueMarks) bool {
	for m := range marks {
		if m, ok := m.(value.Mark); ok && m.Kept {
			return true
		}
	}
	return false
}

// computed returns an attribute that no code sets.
func (i *instance) computed(name, path string, rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	if v, ok, diags := i.determined(name, path, rest); ok {
		return v, diags
	}
	return i.chosen(name, path, rest), nil
}

// chosen returns an attribute that is left to the provider, which is known after apply.
func (i *instance) chosen(name, path string, rest hcl.Traversal) cty.Value {
	a, known := i.shape().Attribute(name)
	typ := cty.DynamicPseudoType
	if len(rest) == 0 && known {
		typ = a.Type
	}
	if len(rest) == 0 && (name == "arn" || name == "id") {
		typ = cty.String
	}
	v := cty.UnknownVal(typ)
	if name == "arn" && strings.HasPrefix(i.name.Type, "aws_") {
		v = v.Refine().NotNull().StringPrefix("arn:").NewValue()
	} else if name == "id" {
		v = v.RefineNotNull()
	}
	return value.WithSymbol(v.Mark(i.ref(path)), i.symbol(path))
}

// determined returns an attribute that no code sets and that is not left to the provider.
func (i *instance) determined(name, path string, rest hcl.Traversal) (v cty.Value, ok bool, diags hcl.Diagnostics) {
	if v, ok := i.localData(name); ok {
		v, diags := eval.Walk(v, rest)
		return v, true, diags
	}
	if i.name.Type == "terraform_data" && name == "output" && i.isSet("input") {
		v, diags := i.argument("input")
		if !diags.HasErrors() {
			v, diags = eval.Walk(v, rest)
		}
		return v, true, diags
	}
	if len(rest) == 0 {
		if v, ok := i.identity(name); ok {
			return v, true, nil
		}
	}
	if region := i.place().Region; name == "region" && region != "" {
		return i.known(cty.StringVal(region), path), true, nil
	}
	def, ok := i.shape().Default(name)
	if !ok || i.name.Mode != resource.Managed && !i.isLocalData() {
		return cty.NilVal, false, nil
	}
	if v, diags := eval.Walk(def, rest); !diags.HasErrors() && !v.IsNull() {
		return i.known(v, path), true, nil
	}
	if a, _ := i.shape().Attribute(name); a.Computed {
		return cty.NilVal, false, nil
	}
	return cty.NullVal(cty.DynamicPseudoType), true, nil
}

// isLocalData reports whether the instance is of a data source that reads nothing, so
// that arguments that the code does not set are null.
func (i *instance) isLocalData() bool { return i.name.Type == "aws_iam_policy_document" }

// object returns the instance as a value.
func (i *instance) object() cty.Value {
	fields := map[string]cty.Value{}
	for _, name := range i.names() {
		v, diags := i.refer(hcl.Traversal{hcl.TraverseAttr{Name: name}})
		if diags.HasErrors() {
			v = value.Unknown(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: i.address + "." + name})
		}
		fields[name] = i.located(v, name)
	}
	return cty.ObjectVal(fields)
}

// located marks the known texts inside a value with where they are.
func (i *instance) located(v cty.Value, path string) cty.Value {
	plain, marks := value.Unmark(v)
	if !plain.IsKnown() || plain.IsNull() {
		return v
	}
	switch t := plain.Type(); {
	case t.IsTupleType() || t.IsListType():
		if plain.LengthInt() == 0 {
			return v
		}
		var list []cty.Value
		for it := plain.ElementIterator(); it.Next(); {
			_, e := it.Element()
			list = append(list, i.located(e, path+"."+strconv.Itoa(len(list))))
		}
		return cty.TupleVal(list).WithMarks(marks)
	case t.IsObjectType():
		fields := map[string]cty.Value{}
		for name, e := range plain.AsValueMap() {
			fields[name] = i.located(e, path+"."+name)
		}
		return cty.ObjectVal(fields).WithMarks(marks)
	}
	return i.known(v, path)
}
