package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// acceptance returns the waivers of the configuration and the code that are in force today.
// A malformed waiver in code is an error.
func (js judgements) acceptance(cfg config.Config, noInline bool) (verdict.Acceptance, error) {
	a := verdict.Acceptance{Levels: cfg.Levels, Now: time.Now()}
	var errs []error
	for i := range cfg.Waivers {
		a.Waivers = append(a.Waivers, &cfg.Waivers[i])
		errs = append(errs, waiverRefusal(cfg, &cfg.Waivers[i], a.Now))
	}
	if noInline {
		return a, errors.Join(errs...)
	}
	known, err := knownControls(nil)
	if err != nil {
		return a, err
	}
	known.Controls = append(known.Controls, verdict.IDs(cfg.CustomControls)...)
	said := map[string]bool{} // a module may be read for several inputs
	for _, j := range js {
		a.Waivers = append(a.Waivers, j.Waivers...)
		for _, w := range j.Waivers {
			if err := waiverRefusal(cfg, w, a.Now); err != nil && !said[err.Error()] {
				said[err.Error()] = true
				errs = append(errs, err)
			}
		}
		for _, i := range j.InlineWaivers {
			e := checkInlineWaiver(i, known)
			if e == nil || said[e.Error()] {
				continue
			}
			said[e.Error()] = true
			errs = append(errs, e)
		}
	}
	return a, errors.Join(errs...)
}

// waiverRefusal returns why the configuration does not allow a waiver; nil if it does.
func waiverRefusal(cfg config.Config, w *verdict.Waiver, now time.Time) error {
	why := cfg.WaiverObjection(*w, now)
	if why == "" || w.Location == nil {
		return nil
	}
	return &diag.Diagnostic{File: w.Location.File, Line: w.Location.Line, Message: fmt.Sprintf("a waiver of %s: %s", w.Control, why)}
}

// checkInlineWaiver returns the error of a waiver in code.
func checkInlineWaiver(i *resource.InlineWaiver, known config.Known) error {
	switch {
	case i.Problem != "":
		return inlineError(i.Position, i.Problem, i.Hint)
	case !known.HasControl(i.Control):
		return inlineError(i.Position, fmt.Sprintf("no control %q", i.Control), known.Suggest(i.Control))
	}
	return nil
}

func inlineError(at resource.Position, message, hint string) error {
	return &diag.Diagnostic{File: at.File, Line: at.Line, Column: at.Column, Message: "iacgate:ignore: " + message, Hint: hint}
}
