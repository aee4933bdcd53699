package plan

import (
	"cmp"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// A tracer finds where unknown values come from: a plan only says that a value is not
// known, and the configuration which references its expression has.
type tracer struct {
	config    *config
	world     *world
	keep      func(resource.Mode, string) bool
	skipped   map[string][]*skippedInstance // by address without keys
	modules   map[string][]modulePath       // module instances by path without keys
	variables map[string]variable           // of the root module
	locals    []candidate                   // what locals could hold
	reaches   map[string][]candidate        // by module instance
}

// A scene is the context of an expression: a module instance, and the instance of the
// block that it belongs to.
type scene struct {
	module  modulePath
	key     resource.Key // each.key or count.index
	forEach *expression
	byKey   bool // the value is the element of a collection at key

	eachKnown bool // each.value is known, so no unknown value comes from it
}

// A candidate is a value that a local could have: plans do not show locals, but list
// every attribute that an expression of the configuration uses.
type candidate struct {
	ref    resource.Ref
	static string // the resource, without instance keys
}

// A refTrace collects the results of following the references of one value.
type refTrace struct {
	refs   map[resource.Ref]bool
	via    []hop
	gained int // all finds, to tell a way that leads somewhere from one that does not

	inside   bool         // a ref leads to a resource or data source of the plan
	locals   []modulePath // the module instances in which the way ends at a local
	variable bool         // an input variable without a value
	choice   bool         // something could choose among the refs

	seen map[string]bool
}

// A hop is a name that the value passes through.
type hop struct {
	name  string
	local bool
}

// maxSteps bounds how many references one value is traced through, maxRefs how
// many it can end in. Real values need a few dozen.
const (
	maxSteps = 10000
	maxRefs  = 1000
)

func newRefTrace() *refTrace {
	return &refTrace{refs: map[resource.Ref]bool{}, seen: map[string]bool{}}
}

func (tr *refTrace) local() bool { return len(tr.locals) > 0 }

func (tr *refTrace) add(r resource.Ref) {
	if len(tr.refs) >= maxRefs {
		tr.choice = true
		return
	}
	tr.refs[r] = true
	tr.gained++
}

// through continues after a name, and notes the name if the path leads somewhere.
func (tr *refTrace) through(name string, walk func()) (gained bool) {
	before, length := tr.gained, len(tr.via)
	tr.via = append(tr.via, hop{name: name})
	walk()
	if tr.gained == before {
		tr.via = tr.via[:length]
	}
	return tr.gained > before
}

// oneOf continues with a value that is a part of its references, so that several refs
// are a choice.
func (tr *refTrace) oneOf(walk func()) {
	before := len(tr.refs)
	walk()
	tr.choice = tr.choice || len(tr.refs)-before > 1
}

func (tr *refTrace) sorted() []resource.Ref {
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

// names returns the names that the value passes through, outermost first; if it leads to
// resources, locals come last, because they only may lead there.
func (tr *refTrace) names() []string {
	via := slices.Clone(tr.via)
	if len(tr.refs) > 0 {
		slices.SortStableFunc(via, func(a, b hop) int { return cmp.Compare(rank(a), rank(b)) })
	}
	var names []string
	for _, p := range via {
		if !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

func rank(p hop) int {
	if p.local {
		return 1
	}
	return 0
}
