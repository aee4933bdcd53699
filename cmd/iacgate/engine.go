package main

import (
	"context"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// judge answers the controls on every input. The results stand in the order of
// the inputs; waivers are not applied and nothing is counted yet.
func judge(ctx context.Context, docs []*resource.Document, cfg config.Config, controls []string) (verdict.Report, error) {
	judgements, err := judgeEach(ctx, docs, cfg, controls)
	if err != nil {
		return verdict.Report{}, err
	}
	var r verdict.Report
	for _, j := range judgements {
		r.Inputs = append(r.Inputs, j.Input)
		r.Results = append(r.Results, j.Results...)
	}
	return r, nil
}

// judgeEach makes the policies ready once and judges one input after the other.
func judgeEach(ctx context.Context, docs []*resource.Document, cfg config.Config, controls []string) ([]gate.Judgement, error) {
	selected, err := policy.Select(controls)
	if err != nil {
		return nil, err
	}
	g, err := gate.New(ctx, selected, cfg)
	if err != nil {
		return nil, err
	}
	judgements := make([]gate.Judgement, len(docs))
	for i, doc := range docs {
		if judgements[i], err = g.Judge(ctx, doc); err != nil {
			return nil, err
		}
	}
	return judgements, nil
}
