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
func (js judged) accepted(cfg config.Config) (verdict.Acceptance, error) {
	a := verdict.Acceptance{Levels: cfg.Levels, Now: time.Now()}
	for i := range cfg.Waivers {
		a.Waivers = append(a.Waivers, &cfg.Waivers[i])
	}
	known, err := knownControls(nil)
	if err != nil {
		return a, err
	}
	said := map[string]bool{} // a module may be read for several inputs
	var errs []error
	for _, j := range js {
		a.Waivers = append(a.Waivers, j.Waivers...)
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

func checkIgnore(i *resource.Ignore, known config.Known) error {
	switch {
	case i.Problem != "":
		return misplaced{i.Position, i.Problem, i.Hint}
	case !known.HasControl(i.Control):
		return misplaced{i.Position, fmt.Sprintf("no control %q", i.Control), known.Suggest(i.Control)}
	}
	return nil
}
