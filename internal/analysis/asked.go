package analysis

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Controls are the controls that are asked for under one configuration, read once
// for all inputs of a run. What a pattern means for one of them is decided once,
// however many filters have it. Controls are safe for concurrent use.
type Controls struct {
	list   []verdict.Control
	config config.Config
	// references are those of the list, others those of all controls there are.
	references map[string]reference
	others     func() map[string]reference

	coverages once[pairing, Coverage]
	floods    once[pairing, flood]
	losses    once[string, Coverage] // by control and patterns, what these lose together
	meant     once[string, string]   // by pattern, the control that it is a near miss of
	serves    once[string, string]   // by pattern, a control that it covers
}

// A pairing is a pattern, as it is written, and a control.
type pairing struct {
	pattern, control string
	audit            bool // on a group that is known to hold CloudTrail records
}

// NewControls reads controls. all returns every control there is: a filter that is
// aimed at one of them is no near miss of another. It is called only when that
// matters. An error is a control or an exclusion whose pattern does not parse.
func NewControls(asked []verdict.Control, all func() ([]verdict.Control, error), c config.Config) (*Controls, error) {
	oracle := cloudtrail.NewOracle()
	references, err := readReferences(asked, c, oracle)
	if err != nil {
		return nil, err
	}
	return &Controls{list: asked, config: c, references: references, others: sync.OnceValue(func() map[string]reference {
		if controls, err := all(); err == nil {
			if known, err := readReferences(controls, c, oracle); err == nil {
				return known
			}
		}
		return references // those that are asked for are known at least
	})}, nil
}

func readReferences(controls []verdict.Control, cfg config.Config, oracle *cloudtrail.Oracle) (map[string]reference, error) {
	all := map[string]reference{}
	for _, c := range controls {
		r, err := newReference(c, exclusions(cfg), oracle)
		if err != nil {
			return nil, err
		}
		if cfg.Profile == "security-hub" && len(c.Variants) > 0 {
			r.differs = c.Variants[0].Says
		}
		all[c.ID] = r
	}
	return all, nil
}

// coverage says what a pattern means for a control.
func (a *Controls) coverage(m pairing) Coverage {
	return a.coverages.get(m, func() Coverage {
		c := a.references[m.control].cover(m.pattern, m.audit)
		switch {
		case c.Aimed == truth.No:
			a.missed(m, &c)
		case !c.covers():
			c.Serves = a.served(m.pattern, m.control)
		}
		return c
	})
}

// decide works out what patterns mean for every control, on all cores.
func (a *Controls) decide(patterns []pairing) {
	todo := make(chan pairing)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for m := range todo {
				a.coverage(m)
			}
		})
	}
	for _, m := range patterns {
		for id := range a.references {
			m.control = id
			todo <- m
		}
	}
	close(todo)
	workers.Wait()
}

// missed makes a near miss of what is not aimed and was meant for this control.
func (a *Controls) missed(m pairing, c *Coverage) {
	r := a.references[m.control]
	if _, near := r.fits(m.pattern); !near {
		return
	}
	c.Near = a.meant.get(m.pattern, func() string {
		best := nearMiss(m.pattern, a.others())
		if best != "" && a.served(m.pattern, best) != "" {
			return ""
		}
		return best
	}) == m.control
	if !c.Near || c.Invalid != "" {
		return
	}
	if have, err := filterpattern.Parse(m.pattern); err == nil {
		r.extent(have, c)
	}
}

// served is the control, "" for none, that a pattern covers beside one.
func (a *Controls) served(text, beside string) string {
	by := a.serves.get(text, func() string {
		have, err := filterpattern.Parse(text)
		if err != nil || len(strange(have)) > 0 {
			return ""
		}
		return serves(have, a.others())
	})
	if by == beside {
		return ""
	}
	return by
}

// A flood is an everyday event that a pattern matches, if it matches one.
type flood struct {
	event  cloudtrail.Event
	floods bool
}

// flood looks for one of a pattern beside a control; AWS refuses a pattern that does
// not parse.
func (a *Controls) flood(m pairing) flood {
	return a.floods.get(m, func() flood {
		have, err := filterpattern.Parse(m.pattern)
		if err != nil {
			return flood{}
		}
		e, floods := a.references[m.control].flood(have)
		return flood{e, floods}
	})
}

// together says what patterns lose of a control's events that none of them matches.
func (a *Controls) together(control string, patterns []*filterpattern.Pattern) Coverage {
	return a.losses.get(fmt.Sprintf("%s %q", control, patterns), func() Coverage {
		c := notAimed()
		a.references[control].loss(&c, patterns...)
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
