// Package gate runs the one path from resources to verdicts: graph, analysis,
// policy, verdict, first for the world before a plan where there is one, then
// for the world after it.
//
// It reads no files and prints nothing; readers stand before it and reports
// behind it.
package gate

import (
	"context"

	"github.com/iacgate/iacgate/internal/analysis"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Gate judges inputs by a set of controls under one configuration. It is
// ready for any number of inputs, one after the other or at once.
type Gate struct {
	controls []verdict.Control
	config   config.Config
	engine   *policy.Engine
}

// New makes the policies ready.
func New(ctx context.Context, controls []verdict.Control, c config.Config) (*Gate, error) {
	engine, err := policy.Load(ctx, controls)
	if err != nil {
		return nil, err
	}
	return &Gate{controls, c, engine}, nil
}

// A Judgement is what there is to say of one input.
type Judgement struct {
	Input    verdict.Input
	Results  []verdict.Result // one for each control, in their order
	Document []byte           // what was judged, as JSON, without sensitive values
}

// Judge judges one input.
func (g *Gate) Judge(ctx context.Context, doc *resource.Document) (Judgement, error) {
	before, err := g.past(ctx, doc)
	if err != nil {
		return Judgement{}, err
	}
	facts, world, err := g.facts(doc, doc.Resources, before)
	if err != nil {
		return Judgement{}, err
	}
	answers, err := g.engine.Judge(ctx, facts)
	if err != nil {
		return Judgement{}, err
	}
	r := reporter{doc, world, analysis.NewRedactor(doc.Secrets)}
	j := Judgement{Input: r.input(), Document: facts}
	for _, c := range g.controls {
		j.Results = append(j.Results, r.result(c, answers[c.ID]))
	}
	return j, nil
}

// past judges the world before the plan.
func (g *Gate) past(ctx context.Context, doc *resource.Document) (map[string]analysis.Past, error) {
	if doc.Before == nil {
		return nil, nil
	}
	facts, _, err := g.facts(&resource.Document{Path: doc.Path, Format: doc.Format, Secrets: doc.Secrets}, doc.Before, nil)
	if err != nil {
		return nil, err
	}
	answers, err := g.engine.Judge(ctx, facts)
	if err != nil {
		return nil, err
	}
	past := map[string]analysis.Past{}
	for id, a := range answers {
		past[id] = analysis.Past{Verdict: a.Verdict, Chain: a.Chain, Findings: a.Findings}
	}
	return past, nil
}

// facts builds the document of one world.
func (g *Gate) facts(doc *resource.Document, resources []*resource.Resource, before map[string]analysis.Past) ([]byte, *graph.Graph, error) {
	world := graph.Build(resources)
	facts, err := analysis.Build(doc, world, analysis.Question{
		Controls: g.controls, Others: policy.Controls, Config: g.config, Before: before,
	})
	if err != nil {
		return nil, nil, err
	}
	raw, err := facts.JSON(analysis.NewRedactor(doc.Secrets))
	return raw, world, err
}
