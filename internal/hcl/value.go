package hcl

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// resources makes the resources of an instance. One of awscc becomes one or
// several of aws.
func (i *instance) resources() (list []*resource.Resource, notes []string) {
	p := syntax.Position(i.block.DefRange())
	r := &resource.Resource{
		Address: i.address, Mode: i.name.Mode, Type: i.name.Type, Name: i.name.Name, Module: i.scope.path, Key: i.key,
		Scope: i.place(), Attributes: resource.MapValue(i.values()), Position: &p, Positions: i.positions(),
		Ignores:   slices.Concat(i.scope.ignores, i.scope.waivers(i.block)),
		Uncertain: cmp.Or(i.scope.uncertain, i.repeated.why),
	}
	if r.Mode == resource.Data {
		r.Change.Action = resource.Read
	}
	if catalog.ByAWSCC(r.Type) == nil {
		return []*resource.Resource{r}, nil
	}
	var missing []string
	r.Type, r.Attributes, missing = catalog.FromAWSCC(r.Type, r.Attributes)
	for _, note := range missing {
		notes = append(notes, r.Address+": "+note)
	}
	return catalog.Expand(r), notes
}

// values are the attributes of the instance.
func (i *instance) values() map[string]resource.Value {
	names := i.shape().Names()
	for name := range i.block.Body.Attributes {
		names[name] = true
	}
	for _, b := range i.block.Body.Blocks {
		names[syntax.BlockName(b)] = true
	}
	if i.place().Region != "" && i.hasRegion() {
		names["region"] = true
	}
	for _, meta := range metaArguments {
		delete(names, meta)
	}
	if t := catalog.ByName(i.name.Type); t != nil {
		maps.DeleteFunc(names, func(name string, _ bool) bool { return !t.Reads(name) })
	}
	values := make(map[string]resource.Value, len(names))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		values[name] = i.value(name)
	}
	return values
}

// hasRegion says whether the type lives in a region. IAM does not.
func (i *instance) hasRegion() bool {
	if t := catalog.ByName(i.name.Type); t != nil {
		return !t.Global
	}
	return strings.HasPrefix(i.name.Type, "aws_")
}

// value is one attribute as the rest of the program has it.
func (i *instance) value(name string) resource.Value {
	if i.isSet(name) {
		v, diags := i.argument(name)
		if diags.HasErrors() {
			i.reportError(name, diags)
			return resource.UnknownValue(resource.Origin{Cause: resource.Opaque, Refs: []resource.Ref{{Address: i.address, Attribute: name}}})
		}
		if !v.IsNull() || !i.shape().IsComputed(name) {
			return i.converter(name).value(v, nil)
		}
	}
	v, diags := i.computed(name, name, nil)
	if diags.HasErrors() || v.IsKnown() && v.IsNull() {
		return resource.NullValue()
	}
	plain, _ := v.UnmarkDeep()
	if plain.IsWhollyKnown() && !i.identifies(name) {
		return converter{ev: i.scope.ev}.value(plain, nil)
	}
	o := resource.Origin{
		Cause: resource.Computed, Certain: true,
		Refs: []resource.Ref{{Address: i.address, Attribute: catalog.Attribute(i.name.Type, name)}},
	}
	if i.identifies(name) {
		text, _ := value.TextOf(v)
		o.Symbolic = string(text) // as the plan has it, which does not know it either
	}
	made := resource.UnknownValue(o)
	if value.HasKind(value.MarksOf(v), value.Sensitive) { // its name is
		return made.AsSensitive()
	}
	return made
}

// reportError tells the user of an expression that has no value. Where Terraform
// comes to the same end, it is an error.
func (i *instance) reportError(name string, diags hcl.Diagnostics) {
	if i.scope.refuseCertain(i.address+"."+name, diags, i.expressions(name)...) {
		return
	}
	at := i.block.DefRange()
	for _, d := range diags {
		if d.Severity == hcl.DiagError && d.Subject != nil {
			at = *d.Subject
			break
		}
	}
	p := syntax.Position(at)
	i.scope.ev.Note("%s:%d:%d: %s.%s: %s", p.File, p.Line, p.Column, i.address, name, syntax.FirstMessage(diags))
}

// value turns a value and the marks of what it is in into one that the rest of
// the program knows.
func (c converter) value(v cty.Value, outer cty.ValueMarks) resource.Value {
	if parts, ok := value.PartsOf(v); ok {
		return c.list(parts, v, outer)
	}
	known, isText := value.OutlineOf(v)
	plain, marks := value.Unmark(v)
	if len(outer) > 0 {
		marks = maps.Clone(marks)
		if marks == nil {
			marks = cty.ValueMarks{}
		}
		maps.Copy(marks, outer)
	}
	if isText {
		plain = plain.Mark(known)
	}
	r := c.plain(plain, marks)
	if value.HasKind(marks, value.Sensitive) {
		c.ev.rememberSecret(plain)
		return r.AsSensitive()
	}
	return r
}

func (c converter) plain(v cty.Value, marks cty.ValueMarks) resource.Value {
	if !c.ev.holds(v) {
		return resource.NullValue()
	}
	switch t := v.Type(); {
	case !v.IsKnown():
		return resource.UnknownValue(c.origin(v, marks))
	case v.IsNull():
		return resource.NullValue()
	case t.IsPrimitiveType():
		return sourced(primitive(v), marks)
	case t.IsObjectType() || t.IsMapType():
		fields := make(map[string]resource.Value, v.LengthInt())
		for name, e := range v.AsValueMap() {
			fields[name] = c.value(e, marks)
		}
		return resource.MapValue(fields)
	case v.CanIterateElements():
		list := make([]resource.Value, 0, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			list = append(list, c.value(e, marks))
		}
		return resource.ListValue(list...)
	}
	return resource.NullValue()
}

// holds counts the elements of a value that the rest of the program gets, once for
// each resource. Where they are too many, the reading has failed.
func (ev *evaluation) holds(v cty.Value) bool {
	if v.IsKnown() && !v.IsNull() && v.CanIterateElements() {
		if err := ev.Budget.Hold(4 * value.ElementSize * v.LengthInt()); err != nil {
			ev.Fail(diag.New("", "%s: %v", ev.Tree.Shown, err))
		}
	}
	return ev.Failure == nil
}

// list is an unknown list of which parts are known: a part that stands for
// several elements is one that is not known.
func (c converter) list(parts []cty.Value, v cty.Value, outer cty.ValueMarks) resource.Value {
	list := make([]resource.Value, len(parts))
	for n, part := range parts {
		list[n] = c.value(part, outer)
	}
	if _, marks := value.Unmark(v); value.HasKind(marks, value.Sensitive) {
		return resource.ListValue(list...).AsSensitive()
	}
	return resource.ListValue(list...)
}

func primitive(v cty.Value) resource.Value {
	text, _ := value.ScalarText(v)
	switch v.Type() {
	case cty.Bool:
		return resource.BoolValue(v.True())
	case cty.Number:
		return resource.NumberValue(numberText(text))
	}
	return resource.StringValue(string(resource.Literal(text)))
}

// numberText is a number as plans write it.
func numberText(text string) string {
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		return "0"
	}
	return text
}

// sourced tells where a known value comes from.
func sourced(v resource.Value, marks cty.ValueMarks) resource.Value {
	if refs := value.RefsOf(marks); len(refs) > 0 {
		o := value.OriginOf(marks)
		o.Via = nil
		return v.WithOrigin(o)
	}
	return v
}

// rememberSecret remembers the texts inside a sensitive value.
func (ev *evaluation) rememberSecret(v cty.Value) {
	v, _ = v.UnmarkDeep()
	if text, ok := value.ScalarText(v); ok {
		if text != "" {
			ev.secrets[text] = true
		}
		return
	}
	if v.IsKnown() && !v.IsNull() && v.CanIterateElements() {
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			ev.rememberSecret(e)
		}
	}
}
