package format

import (
	"maps"
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/nearest"
)

// Names are the variables or parameters that the inputs of a run declare: a value
// that is given to the run need be declared by one of them. The zero value is ready for
// use, by several goroutines.
type Names struct {
	mu    sync.Mutex
	asked bool // something was read that may declare names
	known map[string]bool
}

// Add adds the names that one input declares, which may be none.
func (n *Names) Add(names ...string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = map[string]bool{}
	}
	n.asked = true
	for _, name := range names {
		n.known[name] = true
	}
}

// HasInputs reports whether any input was read that may declare names.
func (n *Names) HasInputs() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.asked
}

// Check returns an error if no input declares a name. The error says so in the words of
// message, of the flag that gave the name.
func (n *Names) Check(flag, name, message string) error {
	n.mu.Lock() // an input that took too long may still add to them
	defer n.mu.Unlock()
	if n.known[name] {
		return nil
	}
	d := diag.New(flag+" "+name, "%s", message)
	if near, ok := nearest.To(name, slices.Collect(maps.Keys(n.known))); ok {
		d.Hint = "did you mean " + near + "?"
	}
	return d
}
