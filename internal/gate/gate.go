// Package gate runs the path from resources to verdicts: graph, facts, candidates,
// policies, verdict. If an input says what exists before it, the path runs first for that
// state and then for the state after it; if an input has several scenarios, it runs for
// each.
//
// It reads no files and prints nothing: readers come before it, reports after it.
package gate

import (
	"context"
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/present"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Gate judges inputs by a set of controls under one configuration. It is
// ready for any number of inputs, one after the other or at once.
type Gate struct {
	Candidates bool // results tell every chain that was considered
	Instead    bool // findings can make the change that adds another resource; they hold their input
	Documents  bool // judgements keep the documents that were judged, which are much larger than the results
	// Excerpt returns the code around a line and the number of its first line; nil
	// where findings need not show code.
	Excerpt func(file string, line int) (first int, lines []string)

	controls []verdict.Control
	config   config.Config
	engine   *policy.Engine
	asked    func() (*coverage.Controls, error) // read for the first input
}

// New returns a gate for the controls that the engine has the policies of.
func New(engine *policy.Engine, controls []verdict.Control, c config.Config) *Gate {
	c = placeless(c)
	return &Gate{engine: engine, controls: controls, config: c, asked: sync.OnceValues(func() (*coverage.Controls, error) {
		return coverage.NewControls(controls, control.With(c.CustomControls).All, c)
	})}
}

// placeless returns the configuration as policies see it: places are not part of what
// is judged.
func placeless(c config.Config) config.Config {
	c.Waivers = slices.Clone(c.Waivers)
	for i := range c.Waivers {
		c.Waivers[i].Location = nil
	}
	return c
}

// A Judgement is the outcome for one input.
type Judgement struct {
	Input   verdict.Input
	Results []verdict.Result // one for each control, in their order
	// Waivers are those in the code, at the resources of the findings.
	// InlineWaivers are those in the code as they are written, and comments that are none.
	Waivers       []*verdict.Waiver
	InlineWaivers []*resource.InlineWaiver
	// Modules are those of the input, as its document has them.
	Modules map[string]string
	// Redactor takes what is sensitive in the input out of texts.
	Redactor document.Redactor
	// Documents are the judged documents, without sensitive values: one, or one for each
	// case. None if the gate does not keep them.
	Documents []document.Judged
}

// judgeOne judges one world and, where there is one, the world before it.
func (g *Gate) judgeOne(ctx context.Context, doc *resource.Document, waivers *inlineWaivers) (Judgement, error) {
	past, err := g.judgePast(ctx, doc)
	if err != nil {
		return Judgement{}, err
	}
	w, err := g.judge(ctx, doc, doc.Resources, past)
	if err != nil {
		return Judgement{}, err
	}
	j := Judgement{Input: w.presenter.InputSummary(), Documents: w.documents}
	for _, c := range g.controls {
		result := w.presenter.Result(c, w.answers[c.ID])
		waivers.attach(&result, w.presenter.World)
		j.Results = append(j.Results, result)
	}
	return j, nil
}

// judgePast judges the world before the plan.
func (g *Gate) judgePast(ctx context.Context, doc *resource.Document) (map[string]chain.Past, error) {
	if doc.Before == nil {
		return nil, nil
	}
	before := &resource.Document{Path: doc.Path, Format: doc.Format, Secrets: doc.Secrets}
	w, err := g.judge(ctx, before, doc.Before, nil)
	if err != nil {
		return nil, err
	}
	past := map[string]chain.Past{}
	for _, c := range g.controls {
		r := w.presenter.Result(c, w.answers[c.ID])
		past[c.ID] = chain.Past{Verdict: r.Verdict, Chain: r.Chain}
	}
	return past, nil
}

// judgedWorld is one world with its answers.
type judgedWorld struct {
	presenter present.Presenter
	documents []document.Judged // if they are kept
	answers   map[string]policy.Answer
}

// judge judges one world of an input: resources are a graph, of which the facts and the
// candidates make the document that policies answer.
func (g *Gate) judge(ctx context.Context, doc *resource.Document, world []*resource.Resource, past map[string]chain.Past) (w judgedWorld, err error) {
	asked, err := g.asked()
	if err != nil {
		return w, err
	}
	built, redactor := graph.Build(world), document.NewRedactor(document.Secrets(doc))
	base, err := facts.Build(doc, built, asked)
	if err != nil {
		return w, err
	}
	chain.Find(base, past)
	base.Document.Unused = append(base.Document.Unused, chain.UnusedExternals(base.Document, doc.Gaps)...)
	base.Document.Case = present.CaseOf(doc)
	w.presenter = present.Presenter{
		Candidates: g.Candidates, Instead: g.Instead, Excerpt: g.Excerpt, Input: doc, World: built, Facts: base.Document, Past: past, Redactor: redactor,
	}
	judged, err := base.Document.Judged(redactor)
	if err != nil {
		return w, err
	}
	if g.Documents {
		w.documents = []document.Judged{judged}
	}
	w.answers, err = g.engine.Judge(ctx, judged.Tree)
	return w, err
}
