package gate

import (
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Watch is what an input has that watches for the events of controls.
type Watch struct {
	When       []string // what is assumed, where the input may be one of several worlds
	Monitors   []facts.Monitor
	Composites []facts.CompositeMonitor
	// Of are the addresses of the alarms on the events of each control.
	Of map[string][]string
}

// Watching returns the alarms of an input, after it is applied and before: one watch for
// each world that it may be. Before is nil where the input does not say.
func (g *Gate) Watching(doc *resource.Document) (after []Watch, before *Watch, err error) {
	worlds := doc.Cases
	if len(worlds) == 0 {
		worlds = []resource.Case{{Resources: doc.Resources}}
	}
	for _, c := range worlds {
		w, err := g.watch(doc, c.Resources)
		if err != nil {
			return nil, nil, err
		}
		w.When = c.When
		after = append(after, w)
	}
	if doc.Before == nil {
		return after, nil, nil
	}
	w, err := g.watch(&resource.Document{Path: doc.Path, Format: doc.Format, Secrets: doc.Secrets}, doc.Before)
	return after, &w, err
}

func (g *Gate) watch(doc *resource.Document, world []*resource.Resource) (Watch, error) {
	w := Watch{Of: map[string][]string{}}
	asked, err := g.asked()
	if err != nil {
		return w, err
	}
	base, err := facts.Build(doc, graph.Build(world), asked)
	if err != nil {
		return w, err
	}
	known := map[string]bool{}
	for _, c := range g.controls {
		for _, m := range base.Monitors(c.ID) {
			w.Of[c.ID] = append(w.Of[c.ID], m.Alarm)
			if !known[m.Alarm] {
				known[m.Alarm] = true
				w.Monitors = append(w.Monitors, m)
			}
		}
	}
	composites, more := base.Composites(w.Monitors)
	w.Composites, w.Monitors = composites, append(w.Monitors, more...)
	return w, nil
}

// Declared returns the patterns of the events that the configuration declares no reason
// for an alarm of a control.
func (g *Gate) Declared(c verdict.Control) ([]*filterpattern.Pattern, error) {
	asked, err := g.asked()
	if err != nil {
		return nil, err
	}
	return asked.Exclusions(c.ID), nil
}
