package gate

import (
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// inlineWaivers are the waivers in the code of one input, as verdicts know
// them. Policies do not see them: they need a clock.
type inlineWaivers struct {
	doc      *resource.Document
	redactor document.Redactor
	made     map[*resource.InlineWaiver]*verdict.Waiver
}

func newInlineWaivers(doc *resource.Document) *inlineWaivers {
	return &inlineWaivers{doc: doc, redactor: document.NewRedactor(document.Secrets(doc)), made: map[*resource.InlineWaiver]*verdict.Waiver{}}
}

// waiver makes one waiver of one comment, once.
func (n *inlineWaivers) waiver(i *resource.InlineWaiver) *verdict.Waiver {
	if w := n.made[i]; w != nil {
		return w
	}
	w := &verdict.Waiver{
		Control: i.Control, Reason: n.redactor.Text(i.Reason), Owner: n.redactor.Text(i.Owner), Ticket: n.redactor.Text(i.Ticket), Expires: verdict.Date{Time: i.Until},
		Location: &verdict.Location{File: i.Position.File, Line: i.Position.Line, Column: i.Position.Column},
		Inline:   true, Input: n.doc.Path,
	}
	n.made[i] = w
	return w
}

// at returns the waivers at a resource: in the input, or in the code
// beside it, which is read only for what somebody has to fix.
func (n *inlineWaivers) at(x *resource.Resource, level verdict.Level) (found []*verdict.Waiver) {
	if x == nil || level == verdict.Note {
		return nil
	}
	if x.Position == nil && n.doc.Locate != nil {
		if x = n.doc.Locate(x.Address); x == nil {
			return nil
		}
	}
	for _, i := range x.InlineWaivers {
		if i.Problem == "" {
			found = append(found, n.waiver(i))
		}
	}
	return found
}

// whole returns the waivers about the input, for what is missing.
func (n *inlineWaivers) whole() (found []*verdict.Waiver) {
	if n.doc.Locate != nil {
		n.doc.Locate("") // reads the code beside the input
	}
	for _, i := range n.ignores() {
		if i.Whole {
			found = append(found, n.waiver(i))
		}
	}
	return found
}

// all returns all waivers of the input that are some.
func (n *inlineWaivers) all() (found []*verdict.Waiver) {
	for _, i := range n.ignores() {
		if i.Problem == "" {
			found = append(found, n.waiver(i))
		}
	}
	return found
}

func (n *inlineWaivers) ignores() []*resource.InlineWaiver {
	if n.doc.InlineWaivers == nil {
		return nil
	}
	return n.doc.InlineWaivers()
}

// attach gives the findings of a result the waivers at their places.
// What is about no resource is missing: it is waived where it should be, or for
// the whole input.
func (n *inlineWaivers) attach(out *verdict.Result, world *graph.Graph) {
	for i := range out.Findings {
		f := &out.Findings[i]
		if f.Level == verdict.Note {
			continue
		}
		if f.Resource != "" {
			f.Inline = n.at(world.Resource(f.Resource), f.Level)
			continue
		}
		f.Inline = append(n.at(world.Resource(f.Beside), f.Level), n.whole()...)
	}
}
