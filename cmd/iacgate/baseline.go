package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/verdict"
)

// baselineFlags name the file of known findings.
type baselineFlags struct {
	file   string // "" for none
	update bool
}

// A baselineOutcome has the results after the baseline, the baseline's file, and its new
// content.
type baselineOutcome struct {
	results []verdict.Result
	file    *verdict.BaselineFile
	update  replacement
}

// apply waives known findings. With --update-baseline those are the present
// ones, which become the content of the file.
func (o baselineFlags) apply(ctx context.Context, results []verdict.Result, limit time.Duration) (baselineOutcome, error) {
	switch {
	case o.file == "" && o.update:
		return baselineOutcome{}, usagef("--update-baseline: name the file with --baseline")
	case o.file == "":
		return baselineOutcome{results: results}, nil
	case o.update:
		b := verdict.NewBaseline(results)
		raw, err := b.Encode()
		if err != nil {
			return baselineOutcome{}, err
		}
		return o.outcome(b, raw, results, replacement{o.file, raw}), nil
	}
	raw, err := inTime(ctx, limit, func() ([]byte, error) { return intake.Any(o.file, verdict.MaxBaseline) })
	if err != nil {
		return baselineOutcome{}, diag.At(o.file, err)
	}
	b, err := verdict.ParseBaseline(raw)
	if err != nil {
		return baselineOutcome{}, diag.At(o.file, err)
	}
	return o.outcome(b, raw, results, replacement{}), nil
}

func (o baselineFlags) outcome(b verdict.Baseline, raw []byte, results []verdict.Result, update replacement) baselineOutcome {
	sum := sha256.Sum256(raw)
	file := &verdict.BaselineFile{File: o.file, SHA256: hex.EncodeToString(sum[:]), Known: len(b.Known)}
	return baselineOutcome{b.Apply(results), file, update}
}
