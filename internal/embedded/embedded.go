// Package embedded reads CloudFormation templates inside the arguments of resources, such
// as template_body of aws_cloudformation_stack, and adds the resources that they create
// next to the resources that contain them.
//
// It does not read inputs, and does not know which format the arguments come from.
package embedded

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

// Expand replaces the resources of a document that make others by those. What cannot
// be known of them is a gap. Where a document is combined with others, what parameters
// without a value decide is not tried: only templates that are inputs have cases then.
func Expand(ctx context.Context, doc *resource.Document, combined bool) error {
	var now, before stacks
	doc.Resources = now.take(doc.Resources)
	doc.Before = before.take(doc.Before)
	if len(now.all)+len(before.all) == 0 {
		return nil
	}
	made, err := now.read(ctx, doc.Resources)
	if err != nil {
		return err
	}
	madeBefore, err := before.read(ctx, doc.Before)
	if err != nil {
		return err
	}
	if madeBefore != nil {
		doc.Before = merge(outputsOf(before.all, madeBefore.Outputs).fill(doc.Before), madeBefore.Resources)
		doc.Secrets = append(doc.Secrets, madeBefore.Secrets...)
	}
	doc.Gaps = append(doc.Gaps, now.gaps...)
	if made != nil {
		now.add(doc, made, combined)
	}
	return nil
}

// add adds what templates make to the document that holds them, with their outputs.
func (s *stacks) add(doc, made *resource.Document, combined bool) {
	doc.Total += made.Total
	doc.Notes, doc.Secrets = append(doc.Notes, made.Notes...), append(doc.Secrets, made.Secrets...)
	if len(made.Cases) > 0 && combined {
		made.Incomplete = append(made.Incomplete, "a template in the arguments of a resource depends on parameters without a value")
		made.Cases = nil
	}
	own := *doc
	for _, c := range made.Cases {
		c.Resources = merge(outputsOf(s.all, c.Outputs).fill(own.Resources), c.Resources)
		c.Incomplete = slices.Concat(own.Incomplete, c.Incomplete)
		c.Gaps = slices.Concat(own.Gaps, c.Gaps)
		doc.Cases = append(doc.Cases, c)
	}
	doc.Resources = merge(outputsOf(s.all, made.Outputs).fill(own.Resources), made.Resources)
	doc.Incomplete, doc.Gaps = slices.Concat(own.Incomplete, made.Incomplete), slices.Concat(own.Gaps, made.Gaps)
}

func merge(a, b []*resource.Resource) []*resource.Resource {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
	return all
}

// stacks are the resources of one world that make others, and what is not known of
// these.
type stacks struct {
	all  makers
	gaps []resource.Gap
}

// take takes the resources that make others out of a world.
func (s *stacks) take(world []*resource.Resource) []*resource.Resource {
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
			s.all = append(s.all, r)
		} else {
			rest = append(rest, r)
		}
	}
	return rest
}

// read reads all templates together, for one may import what another exports; nil
// if there are none. One that cannot be read is a gap. world are the resources that may
// refer to outputs.
func (s *stacks) read(ctx context.Context, world []*resource.Resource) (*resource.Document, error) {
	var inputs []cfn.Input
	var texts [][]byte
	world = slices.Concat(world, s.all)
	for _, r := range s.all {
		in, text := s.template(r)
		if text == nil {
			continue
		}
		in.Asked = askedOf(r, world)
		in.Reader = bytes.NewReader(text)
		if _, err := cfn.Read(ctx, []cfn.Input{in}, cfn.Options{}); err != nil {
			s.gap(r, nil, "its template cannot be read: %v", err)
			continue
		}
		inputs, texts = append(inputs, in), append(texts, text)
	}
	if len(inputs) == 0 || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	doc, err := s.readTogether(ctx, inputs, texts)
	if err != nil {
		s.gaps = append(s.gaps, resource.Gap{Text: fmt.Sprintf("the templates in the code cannot be read together: %v", err)})
		return nil, ctx.Err()
	}
	s.inherit(doc)
	return doc, nil
}

// maxHandedOn bounds how often an output that is a parameter of the next stack is passed
// on.
const maxHandedOn = 4

// readTogether reads templates of which one may give its outputs to another.
func (s *stacks) readTogether(ctx context.Context, inputs []cfn.Input, texts [][]byte) (doc *resource.Document, err error) {
	for range maxHandedOn {
		for i := range inputs {
			inputs[i].Reader = bytes.NewReader(texts[i])
		}
		if doc, err = cfn.Read(ctx, inputs, cfn.Options{}); err != nil || len(doc.Cases) > 0 || !outputsOf(s.all, doc.Outputs).handOn(inputs) {
			return doc, err
		}
	}
	return doc, nil
}

// inherit gives what templates make the change, the doubt and the place of the
// resources that hold the templates.
func (s *stacks) inherit(doc *resource.Document) {
	worlds := [][]*resource.Resource{doc.Resources, doc.Before}
	for _, c := range doc.Cases {
		worlds = append(worlds, c.Resources)
	}
	for _, r := range slices.Concat(worlds...) {
		i := slices.IndexFunc(s.all, func(maker *resource.Resource) bool { return maker.Address == r.Within })
		if i < 0 {
			continue
		}
		maker := s.all[i]
		r.Change = resource.Change{Action: maker.Change.Action, Reason: maker.Change.Reason}
		if why := s.all.doubt(maker); why != "" {
			r.Uncertain = why
		}
		kind, _ := catalog.MakerOf(maker.Type)
		r.Position, r.Positions, r.InlineWaivers = maker.PositionOf(kind.Body+kind.State), nil, maker.InlineWaivers
	}
}

// template returns the template that a resource makes others of; nil if it is not in
// the input, which is a gap unless it makes nothing of the chain.
func (s *stacks) template(r *resource.Resource) (cfn.Input, []byte) {
	kind, _ := catalog.MakerOf(r.Type)
	in := cfn.Input{Path: r.Address, Within: r.Address, Scope: r.Scope, Handed: map[string]resource.Value{}}
	if kind.State != "" {
		return in, s.cloudControl(r, kind)
	}
	if kind.IsSet {
		in.Scope = s.all.place(r)
	} else {
		in.Name, _ = plainText(r.Attr(kind.Name))
	}
	body, known := plainText(r.Attr(kind.Body))
	switch {
	case s.all.setOf(r) != nil:
		return in, nil // the set has the template
	case kind.Body == "":
		s.gap(r, nil, "what it makes cannot be seen")
		return in, nil
	case !r.Attr(kind.Body).IsNull() && !known:
		s.gap(r, nil, "%s is not known%s", kind.Body, lacking(r.Attr(kind.Body)))
		return in, nil
	case body == "":
		s.gap(r, nil, "its template is elsewhere; give it by %s instead of %s, or judge it beside", kind.Body, kind.URL)
		return in, nil
	}
	if in.Handed, known = s.handed(r); !known {
		s.gap(r, nil, "the parameters that its stacks have are not known")
		return in, nil
	}
	return in, []byte(body)
}

// handed returns the parameters that a resource gives its template; known is false where a
// stack set may give others.
func (s *stacks) handed(r *resource.Resource) (given map[string]resource.Value, known bool) {
	kind, _ := catalog.MakerOf(r.Type)
	given, known = parameters(r.Attr(kind.Parameters))
	if !kind.IsSet {
		return given, true
	}
	overridden, all := s.all.overridden(r, given)
	return overridden, known && all
}

// cloudControl returns the template of a resource that Cloud Control makes.
func (s *stacks) cloudControl(r *resource.Resource, kind catalog.Maker) []byte {
	typ, known := plainText(r.Attr(kind.Type))
	if !known {
		s.gap(r, nil, "%s is not known%s", kind.Type, lacking(r.Attr(kind.Type)))
		return nil
	}
	if !cfn.Leads(typ) {
		return nil
	}
	state, known := plainText(r.Attr(kind.State))
	if !known || state == "" {
		s.gap(r, cfn.TypesOf(typ), "%s of the %s is not known as a whole%s", kind.State, typ, lacking(r.Attr(kind.State)))
		return nil
	}
	text, err := cfn.Single("it", typ, state)
	if err != nil {
		s.gap(r, cfn.TypesOf(typ), "%s is no JSON", kind.State)
		return nil
	}
	return text
}

func (s *stacks) gap(r *resource.Resource, types []string, format string, args ...any) {
	at := ""
	if r.Position != nil {
		at = fmt.Sprintf(" (%s:%d)", r.Position.File, r.Position.Line)
	}
	s.gaps = append(s.gaps, resource.Gap{Text: r.Address + at + ": " + fmt.Sprintf(format, args...), Types: types})
}
