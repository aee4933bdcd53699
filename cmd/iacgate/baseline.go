package main

import (
	"errors"
	"os"

	"github.com/iacgate/iacgate/internal/verdict"
)

// applyBaseline waives what is known, or writes down what is.
func (o checkFlags) applyBaseline(results []verdict.Result) ([]verdict.Result, error) {
	switch {
	case o.baseline == "" && o.updateBaseline:
		return nil, usagef("--update-baseline: name the file with --baseline")
	case o.baseline == "":
		return results, nil
	case o.updateBaseline:
		b := verdict.NewBaseline(results)
		raw, err := b.Encode()
		if err != nil {
			return nil, err
		}
		return b.Apply(results), writeFile(o.baseline, raw)
	}
	raw, err := os.ReadFile(o.baseline)
	if err != nil {
		return nil, errors.New(o.baseline + ": " + cause(err).Error())
	}
	b, err := verdict.ParseBaseline(raw)
	if err != nil {
		return nil, named(o.baseline, err)
	}
	return b.Apply(results), nil
}
