package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// Combined is the path of a document that is made of several inputs.
const Combined = "(combined)"

// everybody is the provider of all their resources: a region or account that is
// not known is that of the others.
const everybody = "all inputs"

// combine reads several inputs as those of one account. Templates are read
// together, because one may import what another exports.
func combine(ctx context.Context, inputs []input, o Options) (*resource.Document, error) {
	o.Raw = false // there is no one text that all of them are
	var docs []*resource.Document
	var templates []cfn.Input
	var errs []error
	for _, in := range inputs {
		doc, template, err := o.member(ctx, in)
		switch {
		case err != nil:
			errs = append(errs, err)
		case doc != nil:
			docs = append(docs, tagged(doc, in.path))
		default:
			templates = append(templates, template)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if len(templates) > 0 {
		doc, err := o.Template.read(ctx, templates)
		switch {
		case err != nil && len(templates) == 1:
			return nil, describe(templates[0].Path, err)
		case err != nil:
			return nil, err
		case len(templates) == 1:
			doc = tagged(doc, templates[0].Path)
		}
		docs = append(docs, doc)
	}
	return merged(docs, inputs), nil
}

// member reads one input of a combination, or says that it is a template.
func (o Options) member(ctx context.Context, in input) (doc *resource.Document, template cfn.Input, err error) {
	if in.err != nil || in.dir {
		doc, err = read(ctx, in, o)
		return doc, template, err
	}
	f, err := open(in.path, o.Stdin)
	if err != nil {
		return nil, template, err
	}
	defer f.Close()
	format, r, err := recognise(intake.Stream(&cancelled{ctx, f}, maxInput), o.From)
	if err != nil {
		return nil, template, describe(in.path, err)
	}
	if format.Name != "cfn" {
		if doc, err = format.file.read(ctx, in, r, o); err != nil {
			return nil, template, describe(in.path, err)
		}
		return doc, template, o.complete(ctx, doc, in)
	}
	raw, err := intake.All(r, cfn.MaxSize)
	if err != nil {
		return nil, template, describe(in.path, err)
	}
	template, err = o.input(in, strings.NewReader(string(raw)))
	return nil, template, err
}

// tagged puts the path of its input before every address of a document: the
// references of one input never reach into another.
func tagged(doc *resource.Document, path string) *resource.Document {
	tag := path + ":"
	w := resource.Rewriting{
		Text: func(s string) string { return s },
		Ref: func(r resource.Ref) resource.Ref {
			return resource.Ref{Address: tag + r.Address, Attribute: r.Attribute}
		},
	}
	each(doc, func(r *resource.Resource) {
		r.Address, r.Attributes = tag+r.Address, w.Value(r.Attributes)
		r.Scope.RegionOf, r.Scope.AccountOf = taggedName(tag, r.Scope.RegionOf), taggedName(tag, r.Scope.AccountOf)
	})
	if locate := doc.Locate; locate != nil {
		doc.Locate = func(address string) *resource.Resource {
			own, ok := strings.CutPrefix(address, tag)
			if !ok {
				return nil
			}
			return locate(own)
		}
	}
	for _, notes := range [][]string{doc.Incomplete, doc.Notes} {
		for i := range notes {
			notes[i] = path + ": " + notes[i]
		}
	}
	for i := range doc.Gaps {
		doc.Gaps[i].Text = path + ": " + doc.Gaps[i].Text
	}
	return doc
}

// taggedName is the name of a region or account that is no provider's: another
// input means another one by it.
func taggedName(tag, name string) string {
	if name == "" || resource.IsOfProvider(name) {
		return name
	}
	return tag + name
}

// each visits every resource of a document once.
func each(doc *resource.Document, visit func(*resource.Resource)) {
	seen := map[*resource.Resource]bool{}
	worlds := [][]*resource.Resource{doc.Resources, doc.Before}
	for _, c := range doc.Cases {
		worlds = append(worlds, c.Resources)
	}
	for _, world := range worlds {
		for _, r := range world {
			if !seen[r] {
				seen[r] = true
				visit(r)
			}
		}
	}
}

// merged makes one document of several, in the order of the inputs.
func merged(docs []*resource.Document, inputs []input) *resource.Document {
	out := &resource.Document{Path: Combined, Format: docs[0].Format}
	var paths []string
	for _, in := range inputs {
		paths = append(paths, in.path)
	}
	out.Notes = append(out.Notes, "as one account: "+strings.Join(paths, ", "))
	for _, doc := range docs {
		each(doc, join)
		if doc.Format != out.Format {
			out.Format = resource.Mixed
		}
		out.Notes = append(out.Notes, doc.Notes...)
		out.Secrets = append(out.Secrets, doc.Secrets...)
		out.Total, out.Changed = out.Total+doc.Total, out.Changed+doc.Changed
	}
	out.Resources, out.Before = world(docs, after), nil
	if slices.ContainsFunc(docs, func(d *resource.Document) bool { return d.Before != nil }) {
		out.Before = world(docs, before)
	}
	for _, doc := range docs {
		out.Incomplete, out.Gaps = append(out.Incomplete, doc.Incomplete...), append(out.Gaps, doc.Gaps...)
	}
	out.Cases = cases(docs, out)
	if note := assumed(out.Resources); note != "" {
		out.Notes = append(out.Notes, note)
	}
	out.Locate = func(address string) *resource.Resource {
		for _, doc := range docs {
			if doc.Locate == nil {
				continue
			}
			if r := doc.Locate(address); r != nil {
				return r
			}
		}
		return nil
	}
	out.InlineWaivers = func() (all []*resource.InlineWaiver) {
		for _, doc := range docs {
			if doc.InlineWaivers != nil {
				all = append(all, doc.InlineWaivers()...)
			}
		}
		return all
	}
	return out
}

// join gives a resource the provider of the combination.
func join(r *resource.Resource) {
	w := resource.Rewriting{Ref: func(r resource.Ref) resource.Ref { return r }, Text: func(s string) string {
		for _, symbol := range resource.Symbols(s) {
			if what, _, ok := strings.Cut(symbol, resource.OfProvider("", "")); ok {
				s = strings.ReplaceAll(s, resource.Symbol(symbol), resource.Symbol(resource.OfProvider(what, everybody)))
			}
		}
		return s
	}}
	r.Attributes, r.Scope.Provider = w.Value(r.Attributes), everybody
	for _, name := range []*string{&r.Scope.RegionOf, &r.Scope.AccountOf} {
		if resource.IsOfProvider(*name) {
			*name = ""
		}
	}
}

func after(d *resource.Document) []*resource.Resource { return d.Resources }

func before(d *resource.Document) []*resource.Resource {
	if d.Before != nil {
		return d.Before
	}
	return d.Resources
}

// world is what several inputs have together. What two of them have is there
// once: as a plan says it, else as the first one does.
func world(docs []*resource.Document, of func(*resource.Document) []*resource.Resource) []*resource.Resource {
	ordered := slices.Clone(docs)
	slices.SortStableFunc(ordered, func(a, b *resource.Document) int { return states(a) - states(b) })
	var all []*resource.Resource
	seen := map[string]bool{}
	for _, doc := range ordered {
		for _, r := range of(doc) {
			id := identity(r)
			if id != "" && seen[id] {
				continue
			}
			seen[id] = true
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
	return all
}

func states(d *resource.Document) int {
	if d.Format == resource.State {
		return 1
	}
	return 0
}

// identity is what two inputs know one resource by: its ARN, or its id with type
// and region. "" where neither is known for certain.
func identity(r *resource.Resource) string {
	if r.Mode == resource.Data {
		return ""
	}
	for _, attribute := range []string{"arn", "id"} {
		text, ok := r.Attr(attribute).Text()
		if ok && text != "" && len(resource.Symbols(text)) == 0 {
			return fmt.Sprintf("%s %s %s %s", r.Type, attribute, r.Scope.Region, text)
		}
	}
	return ""
}

// cases are those of the one document that has them, each with what the others
// have.
func cases(docs []*resource.Document, whole *resource.Document) []resource.Case {
	for i, doc := range docs {
		if len(doc.Cases) == 0 {
			continue
		}
		var out []resource.Case
		for _, c := range doc.Cases {
			one := *doc
			one.Resources = c.Resources
			others := slices.Clone(docs)
			others[i] = &one
			c.Resources = world(others, after)
			c.Incomplete = append(slices.Clone(whole.Incomplete), c.Incomplete...)
			c.Gaps = append(slices.Clone(whole.Gaps), c.Gaps...)
			out = append(out, c)
		}
		return out
	}
	return nil
}

// assumed says that regions or accounts are taken to be one where some input
// does not tell them.
func assumed(resources []*resource.Resource) string {
	for _, r := range resources {
		if r.Scope.Region == "" || r.Scope.Account == "" {
			return "a region or account that an input does not tell is taken to be that of the others"
		}
	}
	return ""
}
