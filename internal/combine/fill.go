package combine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// fillUnknownsFromCode gives a plan the values of the code if it has none. A value
// that the plan knows always stays.
func fillUnknownsFromCode(plan, code *resource.Document) {
	f := newFiller(plan, code)
	for _, r := range plan.Resources {
		if written := f.written[r.Address]; written != nil {
			f.resource(r, written)
		}
	}
	plan.Notes = append(plan.Notes, f.notes...)
}

// IsOpen reports whether a plan leaves values open that its code may tell.
func IsOpen(plan *resource.Document) bool {
	for _, r := range plan.Resources {
		open := false
		r.Attributes.Walk(func(_ []any, v resource.Value) bool {
			o, ok := v.Origin()
			open = open || v.IsUnknown() && ok && o.Cause != resource.Computed
			return !open
		})
		if open {
			return true
		}
	}
	return false
}

// A filler knows both sides of a plan and its code, by address.
type filler struct {
	planned map[string]*resource.Resource
	written map[string]*resource.Resource
	places  map[string]string // regions and accounts that the plan knows, by their names
	notes   []string
}

func newFiller(plan, code *resource.Document) *filler {
	f := &filler{planned: map[string]*resource.Resource{}, written: map[string]*resource.Resource{}, places: map[string]string{}}
	for _, r := range code.Resources {
		f.written[r.Address] = r
	}
	for _, r := range plan.Resources {
		f.planned[r.Address] = r
		for name, known := range map[string]string{
			r.Scope.RegionName(): r.Scope.Region, r.Scope.AccountName(): r.Scope.Account,
			r.Scope.PartitionName(): r.Scope.InPartition(), r.Scope.DNSSuffixName(): r.Scope.DNSSuffix(),
		} {
			if known != "" {
				f.places[name] = known
			}
		}
	}
	return f
}

// resource fills the unknown values of one resource, and notes where they are from.
func (f *filler) resource(planned, written *resource.Resource) {
	fields := map[string]resource.Value{}
	for _, name := range planned.Attributes.Keys() {
		value := planned.Attr(name)
		filled, ok := f.value(planned, name, value, written.Attr(name))
		if fields[name] = filled; !ok {
			continue
		}
		if catalog.IsIrrelevant(planned.Type, name) {
			fields[name] = value
			continue
		}
		if planned.Settled == nil {
			planned.Settled = map[string]resource.Position{}
		}
		if at := written.PositionOf(name); at != nil {
			planned.Settled[name] = *at
		} else {
			planned.Settled[name] = resource.Position{}
		}
	}
	planned.Attributes = resource.MapValue(fields)
}

// value fills a value and what is inside it, and reports whether anything was filled.
func (f *filler) value(r *resource.Resource, path string, planned, written resource.Value) (resource.Value, bool) {
	switch planned.Kind() {
	case resource.Unknown:
		return f.unknown(r, path, planned, written)
	case resource.List:
		return f.list(r, path, planned, written)
	case resource.Map:
		fields, filled := map[string]resource.Value{}, false
		for _, name := range planned.Keys() {
			v, ok := f.value(r, path+"."+name, planned.Get(name), written.Get(name))
			fields[name], filled = v, filled || ok
		}
		if filled {
			return likeSensitive(resource.MapValue(fields), planned), true
		}
	}
	return planned, false
}

// list fills the elements of a list where plan and code have as many.
func (f *filler) list(r *resource.Resource, path string, planned, written resource.Value) (resource.Value, bool) {
	items, others := planned.List(), written.List()
	if len(items) != len(others) {
		return planned, false
	}
	filled := false
	for i := range items {
		v, ok := f.value(r, fmt.Sprintf("%s.%d", path, i), items[i], others[i])
		items[i], filled = v, filled || ok
	}
	if !filled {
		return planned, false
	}
	return likeSensitive(resource.ListValue(items...), planned), true
}

// likeSensitive makes a value sensitive where another one is.
func likeSensitive(v, like resource.Value) resource.Value {
	if like.IsSensitive() {
		return v.AsSensitive()
	}
	return v
}

// unknown takes the value of the code for one that the plan does not know.
func (f *filler) unknown(r *resource.Resource, path string, planned, written resource.Value) (resource.Value, bool) {
	o, known := planned.Origin()
	inCode := f.resolve(written)
	switch {
	case known && o.Cause == resource.Computed:
		return named(planned, inCode), false
	case !known || written.IsNull() || !isKnownInCode(inCode):
		return planned, false
	case f.addsNothing(o, inCode) && path == groupARN:
		return named(planned, inCode), false
	case r.Type != policyDocument && f.addsNothing(o, inCode):
		return planned, false
	case o.Cause == resource.Local && !within(references(inCode), o.Refs):
		f.notes = append(f.notes, r.Address+": "+path+": plan and code do not agree; the value of the plan counts")
		return planned, false
	}
	return likeSensitive(inCode, planned), true
}

// named gives a value that the plan does not know the text that the code has for it, with
// symbols for what the code does not know either.
func named(planned, inCode resource.Value) resource.Value {
	o, _ := planned.Origin()
	if text, known := inCode.Symbolic(); known && o.Symbolic == "" {
		o.Symbolic = text
	}
	return planned.WithOrigin(o)
}

// isKnownInCode reports whether the code has a value, in part if it is a list.
func isKnownInCode(v resource.Value) bool {
	if v.Kind() == resource.List {
		return slices.ContainsFunc(v.List(), isKnownInCode) || len(v.List()) == 0
	}
	o, _ := v.Origin()
	return !v.IsUnknown() || o.Symbolic != "" || o.Exact
}

// streams is the end that the ARN of a log group may have.
const streams = ":*"

// groupARN is the argument of a trail that needs this end. A plan that refers to the ARN
// does not say whether it is there.
const groupARN = "cloud_watch_logs_group_arn"

// policyDocument is the data source of policies, in which it matters whether :* or another
// text is around a reference.
const policyDocument = "aws_iam_policy_document"

// addsNothing reports whether the code tells no more than the plan: each reference of the
// plan, and nothing around it.
func (f *filler) addsNothing(o resource.Origin, inCode resource.Value) bool {
	list := []resource.Value{inCode}
	if inCode.Kind() == resource.List {
		list = inCode.List()
	}
	if !o.Certain || len(list) != len(o.Refs) {
		return false
	}
	for _, v := range list {
		same, _ := v.Origin()
		whole := same.Exact || len(same.Refs) == 1 && strings.HasSuffix(same.Symbolic, streams)
		if (!v.IsUnknown() || !whole || !within(same.Refs, o.Refs)) && !f.isTextOf(v, o.Refs) {
			return false
		}
	}
	return true
}

// isTextOf reports whether a value is the text of one of some attributes.
func (f *filler) isTextOf(v resource.Value, refs []resource.Ref) bool {
	text, known := v.Text()
	return known && slices.ContainsFunc(refs, func(r resource.Ref) bool {
		w := f.written[r.Address]
		if w == nil || r.Attribute == "" {
			return false
		}
		same, known := f.resolve(w.Attr(r.Attribute)).Symbolic()
		return known && same == strings.TrimSuffix(text, streams)
	})
}

// references returns what the parts of a value refer to.
func references(v resource.Value) []resource.Ref {
	var refs []resource.Ref
	v.Walk(func(_ []any, v resource.Value) bool {
		if o, ok := v.Origin(); ok {
			refs = append(refs, o.Refs...)
		}
		return true
	})
	return refs
}

func within(refs, candidates []resource.Ref) bool {
	for _, r := range refs {
		if !slices.ContainsFunc(candidates, func(c resource.Ref) bool {
			return c.Address == r.Address && (c.Attribute == r.Attribute || c.Attribute == "")
		}) {
			return false
		}
	}
	return true
}

// resolve puts what the plan knows in the place of the symbols of a value.
func (f *filler) resolve(v resource.Value) resource.Value {
	w := resource.Rewriting{Ref: func(r resource.Ref) resource.Ref { return r }, Text: f.resolveText}
	return literal(w.Value(v))
}

// literal makes known what has no symbols left.
func literal(v resource.Value) resource.Value {
	switch v.Kind() {
	case resource.Unknown:
		if o, _ := v.Origin(); o.Symbolic != "" && resource.Text(o.Symbolic).IsLiteral() {
			return likeSensitive(resource.StringValue(o.Symbolic), v)
		}
	case resource.List:
		items := v.List()
		for i := range items {
			items[i] = literal(items[i])
		}
		return likeSensitive(resource.ListValue(items...), v)
	case resource.Map:
		fields := map[string]resource.Value{}
		for _, k := range v.Keys() {
			fields[k] = literal(v.Get(k))
		}
		return likeSensitive(resource.MapValue(fields), v)
	}
	return v
}

func (f *filler) resolveText(text string) string {
	for _, name := range resource.Symbols(text) {
		if known, ok := f.lookup(name); ok {
			text = strings.ReplaceAll(text, resource.Symbol(name), string(resource.Literal(known)))
		}
	}
	return text
}

// lookup returns what the plan knows of a symbol: a place, a name that AWS made up, an
// attribute.
func (f *filler) lookup(name string) (string, bool) {
	if known, ok := f.places[name]; ok {
		return known, true
	}
	if address, ok := resource.GeneratedFor(name); ok {
		if r := f.planned[address]; r != nil {
			if t := catalog.ByName(r.Type); t != nil {
				return r.Attr(t.Named).Text()
			}
		}
		return "", false
	}
	for i := strings.LastIndexByte(name, '.'); i > 0; i = strings.LastIndexByte(name[:i], '.') {
		if r := f.planned[name[:i]]; r != nil {
			v := r.Attributes
			for step := range strings.SplitSeq(name[i+1:], ".") {
				v = v.Get(step)
			}
			return v.Text()
		}
	}
	return "", false
}
