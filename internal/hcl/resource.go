package hcl

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/eval"
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
		InlineWaivers: slices.Concat(i.scope.ignores, i.scope.waivers(i.block)),
		Uncertain:     cmp.Or(i.scope.uncertain, i.repeated.why),
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

// values returns the attributes of the instance.
func (i *instance) values() map[string]resource.Value {
	names := map[string]bool{}
	for name := range i.shape().Names() {
		names[name] = true
	}
	for name := range i.block.Body.Attributes {
		names[name] = true
	}
	for _, b := range i.block.Body.Blocks {
		names[syntax.BlockName(b)] = true
	}
	for _, name := range i.identifying() {
		names[name] = true
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

// hasRegion reports whether the type is regional. IAM is not.
func (i *instance) hasRegion() bool {
	if t := catalog.ByName(i.name.Type); t != nil {
		return !t.Global
	}
	return strings.HasPrefix(i.name.Type, "aws_")
}

// value returns one attribute as a resource.Value.
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
	o := resource.Origin{
		Cause: resource.Computed, Certain: true,
		Refs: []resource.Ref{{Address: i.address, Attribute: catalog.Attribute(i.name.Type, name)}},
	}
	v, isDetermined, diags := i.determined(name, name, nil)
	switch {
	case !isDetermined && !i.identifies(name):
		return resource.UnknownValue(o)
	case !isDetermined:
		v = i.chosen(name, name, nil)
	}
	if diags.HasErrors() || v.IsKnown() && v.IsNull() {
		return resource.NullValue()
	}
	if i.identifies(name) {
		text, _ := value.TextOf(v)
		o.Symbolic = string(text) // as the plan has it, which does not know it either
	} else if plain, _ := v.UnmarkDeep(); plain.IsWhollyKnown() {
		return converter{ev: i.scope.ev}.value(plain, nil)
	}
	made := resource.UnknownValue(o)
	if value.HasKind(value.MarksOf(v), value.Sensitive) { // its name is
		return made.AsSensitive()
	}
	return made
}

// reportError reports an expression that has no value. It is an error if Terraform
// fails, too, and a note otherwise.
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

// positions returns the places of the arguments, and of the module calls that lead
// to the instance under their addresses: module.alerts.
func (x *expansion) positions() map[string]resource.Position {
	if x.places == nil {
		x.places = maps.Clone(x.scope.trail)
		locate(x.places, x.block.Body, "")
	}
	return x.places
}

func locate(places map[string]resource.Position, body *hclsyntax.Body, prefix string) {
	for name, a := range body.Attributes {
		places[prefix+name] = syntax.Position(a.NameRange)
		if list, ok := a.Expr.(*eval.Tuple); ok {
			for n, e := range list.Exprs {
				places[prefix+name+"."+strconv.Itoa(n)] = syntax.Position(e.Range())
			}
		}
	}
	count := map[string]int{}
	for _, b := range body.Blocks {
		name, inner := syntax.BlockName(b), b.Body
		at := prefix + name + "." + strconv.Itoa(count[name])
		if count[name] == 0 {
			places[prefix+name] = syntax.Position(b.DefRange())
		}
		count[name]++
		places[at] = syntax.Position(b.DefRange())
		if b.Type == "dynamic" {
			for _, content := range b.Body.Blocks {
				if content.Type == "content" {
					inner = content.Body
				}
			}
		}
		locate(places, inner, at+".")
	}
}
