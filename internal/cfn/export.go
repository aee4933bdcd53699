package cfn

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// export returns what one of the templates exports under a name.
func (w *world) export(name string) (resource.Value, bool) {
	if len(w.roots) < 2 || slices.Contains(w.importing, name) || len(w.importing) > maxNested {
		return resource.Value{}, false
	}
	w.importing = append(w.importing, name)
	defer func() { w.importing = w.importing[:len(w.importing)-1] }()
	var likely []exported
	for _, s := range w.roots {
		for _, e := range s.exports() {
			if e.name == name {
				return s.value(e.value), true
			}
			if stack, ok := e.couldBe(name); ok {
				e.stackName = stack
				likely = append(likely, e)
			}
		}
	}
	if len(likely) != 1 {
		return resource.Value{}, false
	}
	e := likely[0]
	w.note(&w.notes, "%s: its stack is taken to be named %s, as %q is imported", strings.TrimSuffix(e.stack.prefix, ":"), e.stackName, name)
	return e.stack.value(e.value), true
}

// exported is one export of a stack.
type exported struct {
	stack     *stack
	name      string
	value     *node
	stackName string
}

func (s *stack) exports() []exported {
	if s.outputs == nil || s.listed {
		return s.exported
	}
	s.listed = true // where a name leads back here
	s.exported = s.readExports()
	return s.exported
}

func (s *stack) readExports() []exported {
	var all []exported
	for _, m := range s.outputs.members {
		export, value := m.value.get("Export"), m.value.get("Value")
		if export == nil || value == nil || export.get("Name") == nil {
			continue
		}
		if c := m.value.get("Condition"); c != nil && s.condition(c.text, c.place) == truth.No {
			continue
		}
		name, _ := scalarText(s.value(export.get("Name")))
		all = append(all, exported{stack: s, name: name, value: value})
	}
	return all
}

// couldBe says whether the export has a name if only its stack is named so.
func (e exported) couldBe(name string) (stack string, ok bool) {
	hole := resource.Symbol(e.stack.symbol("name of the stack"))
	before, after, found := strings.Cut(e.name, hole)
	if !found || len(resource.Symbols(e.name)) > 1 || len(resource.Symbols(name)) > 0 || len(name) <= len(before)+len(after) {
		return "", false
	}
	if !strings.HasPrefix(name, before) || !strings.HasSuffix(name, after) {
		return "", false
	}
	return name[len(before) : len(name)-len(after)], true
}
