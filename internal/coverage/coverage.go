// Package coverage decides what a filter pattern means for a control: which of the
// control's events the pattern matches, which it loses, and what it matches besides. It
// decides each pattern once per run. What a loss means for the verdict is written in
// Rego.
package coverage

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/parallel"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Controls are the controls that are asked for under one configuration, read once
// for all inputs of a run. What a pattern means for one of them is decided once,
// however many filters have it. Controls are safe for concurrent use.
type Controls struct {
	list   []verdict.Control
	config config.Config
	levels map[string]string // of finding codes
	// references are those of the list, others those of all controls there are.
	references map[string]reference
	others     func() map[string]reference

	patterns  once[string, *written]
	coverages once[Question, document.Coverage]
	losses    once[string, document.Coverage] // by control and patterns, what these lose together
	meant     once[string, string]            // by pattern, the control that it is a near miss of
	serves    once[string, string]            // by pattern, a control that it covers
}

// A Question is a pattern, as it is written, and a control.
type Question struct {
	Pattern, Control string
	Audit            bool // on a group that is known to hold CloudTrail records
}

// NewControls reads controls. all returns every control there is: a filter that is
// aimed at one of them is not a near miss of another. It is called only when that
// matters. An error is a control or an exclusion whose pattern does not parse.
func NewControls(asked []verdict.Control, all func() ([]verdict.Control, error), c config.Config) (*Controls, error) {
	oracle := cloudtrail.NewOracle()
	references, err := readReferences(asked, nil, c, oracle)
	if err != nil {
		return nil, err
	}
	return &Controls{list: asked, config: c, levels: document.Levels(c), references: references, others: sync.OnceValue(func() map[string]reference {
		if controls, err := all(); err == nil {
			if known, err := readReferences(controls, references, c, oracle); err == nil {
				return known
			}
		}
		return references // those that are asked for are known at least
	})}, nil
}

// readReferences reads those of controls that are not read already.
func readReferences(controls []verdict.Control, already map[string]reference, cfg config.Config, oracle *cloudtrail.Oracle) (map[string]reference, error) {
	type result struct {
		reference
		err error
	}
	all := map[string]reference{}
	for _, r := range parallel.Map(controls, func(c verdict.Control) string { return c.ID }, func(c verdict.Control) (r result) {
		known, ok := already[c.ID]
		if ok {
			return result{known, nil}
		}
		r.reference, r.err = readReference(c, cfg, oracle)
		return r
	}) {
		if r.err != nil {
			return nil, r.err
		}
		all[r.id] = r.reference
	}
	return all, nil
}

func readReference(c verdict.Control, cfg config.Config, oracle *cloudtrail.Oracle) (reference, error) {
	r, err := newReference(c, oracle)
	if err != nil {
		return r, err
	}
	if cfg.Profile == "security-hub" && len(c.Variants) > 0 {
		r.differs = c.Variants[0].Says
	}
	r.exclusions, err = exclusions(cfg).of(c, r)
	return r, err
}

// List returns the controls that are asked for.
func (a *Controls) List() []verdict.Control { return a.list }

// Config returns the configuration that they are asked under.
func (a *Controls) Config() config.Config { return a.config }

// Levels returns the level of each finding code under the configuration. Nobody may change
// them: all documents of a run share them.
func (a *Controls) Levels() map[string]string { return a.levels }

// MustMatch returns the pattern that a control asks for, in canonical form.
func (a *Controls) MustMatch(control string) string { return a.references[control].text }

// Exclusions returns the patterns of the events that are declared no reason for an alarm of
// a control.
func (a *Controls) Exclusions(control string) []*filterpattern.Pattern {
	return a.references[control].exclusions
}

// Sources returns the services that write a control's events; none if any may.
func (a *Controls) Sources(control string) []string { return a.references[control].sources }

// Cover says what a pattern means for a control.
func (a *Controls) Cover(m Question) document.Coverage {
	return a.coverages.get(m, func() document.Coverage {
		c := a.references[m.Control].cover(a.read(m.Pattern), m.Audit)
		switch {
		case c.Aimed == truth.No:
			a.markNearMiss(m, &c)
		case !coversAll(c):
			c.Serves = a.coveredBeside(m.Pattern, m.Control)
		}
		return c
	})
}

func (a *Controls) read(text string) *written {
	return a.patterns.get(text, func() *written {
		p, err := filterpattern.Parse(text)
		return &written{text: text, pattern: p, err: err}
	})
}

// Decide works out what patterns mean for every control, on all cores.
func (a *Controls) Decide(patterns []Question) {
	todo := make(chan Question)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for m := range todo {
				a.Cover(m)
			}
		})
	}
	for _, m := range patterns {
		for id := range a.references {
			m.Control = id
			todo <- m
		}
	}
	close(todo)
	workers.Wait()
}

// markNearMiss makes a near miss of what is not aimed and was meant for this control.
func (a *Controls) markNearMiss(m Question, c *document.Coverage) {
	if a.isAnothers(m) {
		return
	}
	r, w := a.references[m.Control], a.read(m.Pattern)
	if _, near := r.similarTo(w); !near {
		return
	}
	c.Near = a.meant.get(m.Pattern, func() string {
		best := nearMiss(w, a.others())
		if best != "" && a.coveredBeside(m.Pattern, best) != "" {
			return ""
		}
		return best
	}) == m.Control
	if c.Near && w.err == nil {
		r.fillExtent(w.pattern, c)
	}
}

// isAnothers reports whether a pattern is just the one that another of the controls
// asks for.
func (a *Controls) isAnothers(m Question) bool {
	for id, r := range a.references {
		if id != m.Control && (m.Pattern == r.written || m.Pattern == r.text) {
			return true
		}
	}
	return false
}

// coveredBeside returns the control, "" for none, that a pattern covers beside one.
func (a *Controls) coveredBeside(text, beside string) string {
	by := a.serves.get(text, func() string {
		w := a.read(text)
		if w.err != nil || len(unknownFields(w.pattern)) > 0 {
			return ""
		}
		return coveredControl(w.pattern, a.others())
	})
	if by == beside {
		return ""
	}
	return by
}

// Everyday looks for an everyday event that a pattern matches beside a control. AWS refuses
// a pattern that does not parse.
func (a *Controls) Everyday(m Question) (cloudtrail.Event, bool) {
	w := a.read(m.Pattern)
	if w.err != nil {
		return nil, false
	}
	return a.references[m.Control].everydayEvent(w.pattern)
}

// Together says what patterns lose of a control's events that none of them matches.
func (a *Controls) Together(control string, patterns []*filterpattern.Pattern) document.Coverage {
	return a.losses.get(fmt.Sprintf("%s %q", control, patterns), func() document.Coverage {
		c := NotAimed()
		a.references[control].fillLoss(&c, patterns...)
		return c
	})
}

// once has values by keys, each of which is worked out once.
type once[K comparable, V any] struct{ values sync.Map }

func (o *once[K, V]) get(k K, make func() V) V {
	v, ok := o.values.Load(k)
	if !ok {
		v, _ = o.values.LoadOrStore(k, sync.OnceValue(make))
	}
	return v.(func() V)()
}
