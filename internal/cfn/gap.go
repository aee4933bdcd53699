package cfn

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// gap notes what was not read, and may hold anything.
func (w *world) gap(format string, args ...any) {
	w.addGap(resource.Gap{Text: fmt.Sprintf(format, args...)})
}

func (w *world) addGap(g resource.Gap) {
	if !slices.ContainsFunc(w.gaps, func(o resource.Gap) bool { return o.Text == g.Text }) {
		w.gaps = append(w.gaps, g)
	}
}

// unlisted notes that nobody knows what a loop makes. Of resources it may be any
// number of those that stand in it; of anything else nothing can be told.
func (u *unroller) unlisted(loop string, body *node) {
	said := fmt.Sprintf("%s: the list that %s goes through is not known; give it by --parameter", u.unit(), loop)
	types := typesIn(body)
	if len(types) == 0 {
		u.note(&u.incomplete, "%s", said)
		return
	}
	g := resource.Gap{Text: said, Types: []string{}}
	for _, typ := range types {
		switch t := catalog.ByTemplate(typ); {
		case nestedTypes[typ] != "" || makesElsewhere(typ):
			u.gap("%s", said)
			return
		case t != nil:
			g.Types = append(g.Types, t.Type.Name)
		}
	}
	u.addGap(g)
}

// typesIn are the types of the resources in a node.
func typesIn(body *node) (types []string) {
	body.walk(func(n *node) bool {
		if t := n.get("Type"); t != nil && t.kind == text && !slices.Contains(types, t.text) {
			types = append(types, t.text)
		}
		return true
	})
	return types
}
