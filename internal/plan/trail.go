package plan

import (
	"cmp"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// maxSteps bounds how many references one value is traced through, maxRefs how
// many it can end in. Real values need a few dozen.
const (
	maxSteps = 10000
	maxRefs  = 1000
)

// A trail is what following the references of one value has met.
type trail struct {
	refs   map[resource.Ref]bool
	via    []passed
	gained int // all finds, to tell a way that leads somewhere from one that does not

	inside   bool         // a ref leads to a resource or data source of the plan
	locals   []modulePath // the module instances in which the way ends at a local
	variable bool         // an input variable without a value
	choice   bool         // something could choose among the refs

	seen map[string]bool
}

// passed is a name that the value passes through.
type passed struct {
	name  string
	local bool
}

func newTrail() *trail { return &trail{refs: map[resource.Ref]bool{}, seen: map[string]bool{}} }

func (tr *trail) local() bool { return len(tr.locals) > 0 }

func (tr *trail) add(r resource.Ref) {
	if len(tr.refs) >= maxRefs {
		tr.choice = true
		return
	}
	tr.refs[r] = true
	tr.gained++
}

// through walks on behind a name, which it notes if the way leads somewhere.
func (tr *trail) through(name string, walk func()) (gained bool) {
	before, length := tr.gained, len(tr.via)
	tr.via = append(tr.via, passed{name: name})
	walk()
	if tr.gained == before {
		tr.via = tr.via[:length]
	}
	return tr.gained > before
}

// oneOf walks on where the value is only a part of what the references behind
// make up, so that several refs are a choice.
func (tr *trail) oneOf(walk func()) {
	before := len(tr.refs)
	walk()
	tr.choice = tr.choice || len(tr.refs)-before > 1
}

func (tr *trail) sorted() []resource.Ref {
	refs := make([]resource.Ref, 0, len(tr.refs))
	for r := range tr.refs {
		refs = append(refs, r)
	}
	slices.SortFunc(refs, compareRefs)
	return refs
}

func compareRefs(a, b resource.Ref) int {
	return cmp.Or(cmp.Compare(a.Address, b.Address), cmp.Compare(a.Attribute, b.Attribute))
}

// names returns what the value passes through, outermost first; where it leads
// to resources, locals come last, which only may lead there too.
func (tr *trail) names() []string {
	via := slices.Clone(tr.via)
	if len(tr.refs) > 0 {
		slices.SortStableFunc(via, func(a, b passed) int { return cmp.Compare(rank(a), rank(b)) })
	}
	var names []string
	for _, p := range via {
		if !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

func rank(p passed) int {
	if p.local {
		return 1
	}
	return 0
}
