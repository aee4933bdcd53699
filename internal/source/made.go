package source

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/resource"
)

// unfold puts into a document what its resources make of templates that stand in
// their arguments. What they make of others is a gap.
func (o Options) unfold(ctx context.Context, doc *resource.Document) error {
	var m, past made
	doc.Resources = m.take(doc.Resources)
	doc.Before = past.take(doc.Before)
	if len(m.all)+len(past.all) == 0 {
		return nil
	}
	whole, err := m.read(ctx)
	if err != nil {
		return err
	}
	before, err := past.read(ctx)
	if err != nil {
		return err
	}
	if before != nil {
		doc.Before = together(doc.Before, before.Resources)
		doc.Secrets = append(doc.Secrets, before.Secrets...)
	}
	doc.Gaps = append(doc.Gaps, m.gaps...)
	if whole != nil {
		o.add(doc, whole)
	}
	return nil
}

// add adds what templates make to the document that holds them. Of several
// documents taken as one only templates have cases: what others have is open.
func (o Options) add(doc, whole *resource.Document) {
	doc.Total += whole.Total
	doc.Notes, doc.Secrets = append(doc.Notes, whole.Notes...), append(doc.Secrets, whole.Secrets...)
	if len(whole.Cases) > 0 && o.Combine {
		whole.Incomplete = append(whole.Incomplete, "a template in the arguments of a resource depends on parameters without a value")
		whole.Cases = nil
	}
	own := *doc
	for _, c := range whole.Cases {
		c.Resources = together(own.Resources, c.Resources)
		c.Incomplete = slices.Concat(own.Incomplete, c.Incomplete)
		c.Gaps = slices.Concat(own.Gaps, c.Gaps)
		doc.Cases = append(doc.Cases, c)
	}
	doc.Resources = together(own.Resources, whole.Resources)
	doc.Incomplete, doc.Gaps = slices.Concat(own.Incomplete, whole.Incomplete), slices.Concat(own.Gaps, whole.Gaps)
}

func together(a, b []*resource.Resource) []*resource.Resource {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
	return all
}

// made are the resources of one world that make others, and what is not known of
// what they make.
type made struct {
	all  []*resource.Resource
	gaps []resource.Gap
}

// take takes out of a world what makes others.
func (m *made) take(world []*resource.Resource) []*resource.Resource {
	makes := func(r *resource.Resource) bool {
		_, ok := catalog.MakerOf(r.Type)
		return ok && r.Mode == resource.Managed
	}
	if !slices.ContainsFunc(world, makes) {
		return world
	}
	rest := make([]*resource.Resource, 0, len(world))
	for _, r := range world {
		if makes(r) {
			m.all = append(m.all, r)
		} else {
			rest = append(rest, r)
		}
	}
	return rest
}

// read reads all templates together, for one may import what another exports; nil
// where there are none. One that cannot be read is a gap.
func (m *made) read(ctx context.Context) (*resource.Document, error) {
	var inputs []cfn.Input
	var texts [][]byte
	for _, r := range m.all {
		in, text := m.template(r)
		if text == nil {
			continue
		}
		in.Reader = bytes.NewReader(text)
		if _, err := cfn.Read(ctx, []cfn.Input{in}, cfn.Options{}); err != nil {
			m.gap(r, nil, "its template cannot be read: %v", err)
			continue
		}
		inputs, texts = append(inputs, in), append(texts, text)
	}
	if len(inputs) == 0 || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	for i := range inputs {
		inputs[i].Reader = bytes.NewReader(texts[i])
	}
	doc, err := cfn.Read(ctx, inputs, cfn.Options{})
	if err != nil {
		m.gaps = append(m.gaps, resource.Gap{Text: fmt.Sprintf("the templates in the code cannot be read together: %v", err)})
		return nil, ctx.Err()
	}
	m.settle(doc)
	return doc, nil
}

// settle says of what templates make what is said of their makers: whether it
// exists, what becomes of it, where it stands.
func (m *made) settle(doc *resource.Document) {
	each(doc, func(r *resource.Resource) {
		i := slices.IndexFunc(m.all, func(maker *resource.Resource) bool { return maker.Address == r.Within })
		if i < 0 {
			return
		}
		maker := m.all[i]
		r.Change = resource.Change{Action: maker.Change.Action, Reason: maker.Change.Reason}
		if maker.Uncertain != "" {
			r.Uncertain = maker.Uncertain
		}
		kind, _ := catalog.MakerOf(maker.Type)
		r.Position, r.Positions, r.InlineWaivers = maker.PositionOf(kind.Body+kind.State), nil, maker.InlineWaivers
	})
}

// template is the template that a resource makes others of; nil where it is not in
// the input, which is a gap unless it makes nothing of the chain.
func (m *made) template(r *resource.Resource) (cfn.Input, []byte) {
	kind, _ := catalog.MakerOf(r.Type)
	in := cfn.Input{Path: r.Address, Within: r.Address, Scope: r.Scope, Handed: map[string]resource.Value{}}
	if kind.State != "" {
		return in, m.single(r, kind)
	}
	if kind.IsSet {
		in.Scope = resource.Scope{Provider: "stack set " + r.Address, Partition: r.Scope.InPartition()}
	}
	body, known := plainText(r.Attr(kind.Body))
	switch {
	case kind.Body == "":
		m.gap(r, nil, "what it makes cannot be seen")
		return in, nil
	case !r.Attr(kind.Body).IsNull() && !known:
		m.gap(r, nil, "%s is not known%s", kind.Body, settled(r.Attr(kind.Body)))
		return in, nil
	case body == "":
		m.gap(r, nil, "its template is elsewhere; give it by %s instead of %s, or judge it beside", kind.Body, kind.URL)
		return in, nil
	}
	parameters := r.Attr(kind.Parameters)
	for _, name := range parameters.Keys() {
		in.Handed[name] = parameters.Get(name)
	}
	return in, []byte(body)
}

// single is the template of a resource that Cloud Control makes.
func (m *made) single(r *resource.Resource, kind catalog.Maker) []byte {
	typ, known := plainText(r.Attr(kind.Type))
	if !known {
		m.gap(r, nil, "%s is not known%s", kind.Type, settled(r.Attr(kind.Type)))
		return nil
	}
	if !cfn.Leads(typ) {
		return nil
	}
	state, known := plainText(r.Attr(kind.State))
	if !known || state == "" {
		m.gap(r, cfn.TypesOf(typ), "%s of the %s is not known as a whole%s", kind.State, typ, settled(r.Attr(kind.State)))
		return nil
	}
	text, err := cfn.Single("it", typ, state)
	if err != nil {
		m.gap(r, cfn.TypesOf(typ), "%s is no JSON", kind.State)
		return nil
	}
	return text
}

func (m *made) gap(r *resource.Resource, types []string, format string, args ...any) {
	at := ""
	if r.Position != nil {
		at = fmt.Sprintf(" (%s:%d)", r.Position.File, r.Position.Line)
	}
	m.gaps = append(m.gaps, resource.Gap{Text: r.Address + at + ": " + fmt.Sprintf(format, args...), Types: types})
}

// plainText is a text of which nothing is unknown. What is sensitive is not taken
// apart: its pieces would be secrets of which nobody knows.
func plainText(v resource.Value) (string, bool) {
	text, ok := v.Text()
	return text, ok && len(resource.Symbols(text)) == 0 && !v.IsSensitive()
}

// settled names what the symbols of a value lack, and what would give it to them.
func settled(v resource.Value) string {
	if v.IsSensitive() {
		return ": it is sensitive"
	}
	o, _ := v.Origin()
	names := resource.Symbols(o.Symbolic)
	if o.Cause == resource.Variable {
		names = append(names, o.Via...)
	}
	slices.Sort(names)
	var all []string
	for _, name := range slices.Compact(names) {
		if what, settle := resource.ExplainMissing(name); settle != "" {
			all = append(all, what+" ("+settle+")")
		}
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + strings.Join(all, ", ")
}
