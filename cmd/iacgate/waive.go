package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// accepted is what the configuration and the code of the inputs accept today.
// Everything in the code that looks like a waiver and is none is an error.
func (js judged) accepted(cfg config.Config, noInline bool) (verdict.Acceptance, error) {
	a := verdict.Acceptance{Levels: cfg.Levels, Now: time.Now()}
	var errs []error
	for i := range cfg.Waivers {
		a.Waivers = append(a.Waivers, &cfg.Waivers[i])
		errs = append(errs, unwanted(cfg, &cfg.Waivers[i], a.Now))
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
			if err := unwanted(cfg, w, a.Now); err != nil && !said[err.Error()] {
				said[err.Error()] = true
				errs = append(errs, err)
			}
		}
		for _, i := range j.Ignores {
			e := checkIgnore(i, known)
			if e == nil || said[e.Error()] {
				continue
			}
			said[e.Error()] = true
			errs = append(errs, e)
		}
	}
	return a, errors.Join(errs...)
}

// unwanted is what the owner of the configuration has against a waiver.
func unwanted(cfg config.Config, w *verdict.Waiver, now time.Time) error {
	why := cfg.Refuses(*w, now)
	if why == "" || w.Location == nil {
		return nil
	}
	return fmt.Errorf("%s:%d: a waiver of %s: %s", w.Location.File, w.Location.Line, w.Control, why)
}

// misplaced is what is wrong with a waiver in code.
type misplaced struct {
	at         resource.Position
	what, hint string
}

func (m misplaced) Error() string {
	return fmt.Sprintf("%s:%d:%d: iacgate:ignore: %s", m.at.File, m.at.Line, m.at.Column, m.what)
}

// Hints returns how to mend it.
func (m misplaced) Hints() []string {
	if m.hint == "" {
		return nil
	}
	return []string{m.hint}
}

func checkIgnore(i *resource.InlineWaiver, known config.Known) error {
	switch {
	case i.Problem != "":
		return misplaced{i.Position, i.Problem, i.Hint}
	case !known.HasControl(i.Control):
		return misplaced{i.Position, fmt.Sprintf("no control %q", i.Control), known.Suggest(i.Control)}
	}
	return nil
}
