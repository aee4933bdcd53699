package main

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// checkExclusions returns notes about exclusions that match every event of a control and
// are not applied to it. One that matches every event of all its controls is a problem of
// the configuration.
func checkExclusions(asked []verdict.Control, cfg config.Config) (notes []string, err error) {
	known, err := controlsNamedByExclusions(cfg)
	if err != nil {
		return nil, err
	}
	found, err := coverage.FindOverbroad(asked, known, cfg)
	if err != nil {
		return nil, err
	}
	var problems diag.List
	for _, s := range found {
		what, leave, is := "exclusions: together they", "leave", "are"
		if s.Exclusion.Pattern != "" {
			what, leave, is = "the exclusion "+s.Exclusion.Pattern, "leaves", "is"
		}
		what += fmt.Sprintf(" %s out every event of %s", leave, nearest.List(s.Controls))
		if s.Mistaken {
			problems = append(problems, &diag.Diagnostic{File: cfg.Read.File, Line: s.Exclusion.Line, Message: what, Hint: "narrow it to the events that may be left out, or name the controls that it is for under controls:"})
			continue
		}
		notes = append(notes, fmt.Sprintf("%s: %s, and %s not applied there", cfg.Read.File, what, is))
	}
	return notes, problems.Err()
}

// controlsNamedByExclusions returns all controls if an exclusion names some, because it may
// name one that is not checked.
func controlsNamedByExclusions(cfg config.Config) ([]verdict.Control, error) {
	if !slices.ContainsFunc(cfg.Exclusions, func(e config.Exclusion) bool { return len(e.Controls) > 0 }) {
		return nil, nil
	}
	known, err := control.With(cfg.CustomControls).All()
	for i, c := range known {
		known[i] = c.For(cfg.Profile)
	}
	return known, err
}
