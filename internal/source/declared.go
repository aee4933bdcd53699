package source

import (
	"maps"
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/nearest"
)

// declaredNames are the parameters of all templates, or the variables of all root
// modules, that are read: what is given to a run need be declared by one of them.
type declaredNames struct {
	mu    sync.Mutex
	asked bool // something was read that may declare names
	known map[string]bool
}

func newDeclaredNames() *declaredNames { return &declaredNames{known: map[string]bool{}} }

func (n *declaredNames) add(name string) { n.addAll([]string{name}) }

func (n *declaredNames) addAll(names []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked = true
	for _, name := range names {
		n.known[name] = true
	}
}

// refuse is an error about a name that nothing declares.
func (n *declaredNames) refuse(flag, name, what string) error {
	n.mu.Lock() // an input that took too long may still add to them
	defer n.mu.Unlock()
	if n.known[name] {
		return nil
	}
	e := &Error{Path: flag + name, What: what}
	if near, ok := nearest.To(name, slices.Collect(maps.Keys(n.known))); ok {
		e.Hint = "did you mean " + near + "?"
	}
	return e
}
