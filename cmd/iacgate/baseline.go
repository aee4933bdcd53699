package main

import (
	"context"

	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/verdict"
)

// applyBaseline waives what is known. With --update-baseline that is what there
// is, and what the file is to hold.
func (o checkFlags) applyBaseline(ctx context.Context, results []verdict.Result) ([]verdict.Result, replacement, error) {
	var none replacement
	switch {
	case o.baseline == "" && o.updateBaseline:
		return nil, none, usagef("--update-baseline: name the file with --baseline")
	case o.baseline == "":
		return results, none, nil
	case o.updateBaseline:
		b := verdict.NewBaseline(results)
		raw, err := b.Encode()
		if err != nil {
			return nil, none, err
		}
		return b.Apply(results), replacement{o.baseline, raw}, nil
	}
	raw, err := timely(ctx, o.input.timeout, func() ([]byte, error) { return intake.Any(o.baseline, verdict.MaxBaseline) })
	if err != nil {
		return nil, none, named(o.baseline, err)
	}
	b, err := verdict.ParseBaseline(raw)
	if err != nil {
		return nil, none, named(o.baseline, err)
	}
	return b.Apply(results), none, nil
}
