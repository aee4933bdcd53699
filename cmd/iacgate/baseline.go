package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/verdict"
)

// baselined is what a baseline leaves of results, the file that it was read from,
// and what that is to hold.
type baselined struct {
	results []verdict.Result
	file    *verdict.BaselineFile
	update  replacement
}

// applyBaseline waives what is known. With --update-baseline that is what there
// is, and what the file is to hold.
func (o checkFlags) applyBaseline(ctx context.Context, results []verdict.Result) (baselined, error) {
	switch {
	case o.baseline == "" && o.updateBaseline:
		return baselined{}, usagef("--update-baseline: name the file with --baseline")
	case o.baseline == "":
		return baselined{results: results}, nil
	case o.updateBaseline:
		b := verdict.NewBaseline(results)
		raw, err := b.Encode()
		if err != nil {
			return baselined{}, err
		}
		return o.withBaseline(b, raw, results, replacement{o.baseline, raw}), nil
	}
	raw, err := timely(ctx, o.input.timeout, func() ([]byte, error) { return intake.Any(o.baseline, verdict.MaxBaseline) })
	if err != nil {
		return baselined{}, named(o.baseline, err)
	}
	b, err := verdict.ParseBaseline(raw)
	if err != nil {
		return baselined{}, named(o.baseline, err)
	}
	return o.withBaseline(b, raw, results, replacement{}), nil
}

func (o checkFlags) withBaseline(b verdict.Baseline, raw []byte, results []verdict.Result, update replacement) baselined {
	sum := sha256.Sum256(raw)
	file := &verdict.BaselineFile{File: o.baseline, SHA256: hex.EncodeToString(sum[:]), Known: len(b.Known)}
	return baselined{b.Apply(results), file, update}
}
