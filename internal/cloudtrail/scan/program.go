package scan

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// MaxPatterns is how many patterns may be asked at once.
const MaxPatterns = 256

// A Set is a set of patterns, by their numbers.
type Set [MaxPatterns / 64]uint64

// Has reports whether a pattern is in the set.
func (s Set) Has(pattern int) bool { return s[pattern/64]&(1<<(pattern%64)) != 0 }

// IsEmpty reports whether none is.
func (s Set) IsEmpty() bool { return s == Set{} }

// Each calls do with the number of each pattern, smallest first.
func (s Set) Each(do func(pattern int)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			do(i*64 + bits.TrailingZeros64(word))
		}
	}
}

// Add adds a pattern.
func (s *Set) Add(pattern int) { s[pattern/64] |= 1 << (pattern % 64) }

// A Program is what scanners ask. It is safe for concurrent use.
type Program struct {
	patterns []*filterpattern.Pattern
	onFields []int    // the patterns that fields decide whose values come again and again
	rare     []direct // those that test fields that are nearly unique, too
	onText   []int    // those that look at the text of the whole record
	root     *node
	nodes    int
	slots    int
	fields   []int   // the slots of the caller's fields
	tested   []*node // those that patterns test, in order
	unique   []int   // the slots of fields of rare patterns of which only the kind is remembered
	marks    []int   // the slots of fields by which a record is known
	source   int
}

// marks are fields that every record has; by one of them it is known.
var marks = []string{"eventName", "eventID", "eventTime", "eventVersion"}

// Compile returns the program that asks patterns, and gives the values of fields, which
// are paths of names with dots between them.
func Compile(patterns []*filterpattern.Pattern, fields ...string) (*Program, error) {
	if len(patterns) > MaxPatterns {
		return nil, fmt.Errorf("more than %d different patterns", MaxPatterns)
	}
	p := &Program{patterns: patterns, root: &node{slot: -1}}
	for i, pattern := range patterns {
		p.add(i, pattern)
	}
	for _, f := range fields {
		p.fields = append(p.fields, p.slotOf(strings.Split(f, ".")))
	}
	for _, m := range marks {
		p.marks = append(p.marks, p.slotOf([]string{m}))
	}
	p.source = p.slotOf([]string{"eventSource"})
	p.nodes = 1 // the root
	p.root.each(func(n *node) {
		n.id = p.nodes
		p.nodes++
		if n.tested {
			p.tested = append(p.tested, n)
		}
	})
	return p, nil
}

// add adds a pattern with the fields that it tests.
func (p *Program) add(i int, pattern *filterpattern.Pattern) {
	selectors := pattern.Selectors()
	inside := func(s filterpattern.Selector) bool { return len(s) > 0 && s[0].Kind == filterpattern.Property }
	switch {
	case pattern.Kind() != filterpattern.JSON || slices.ContainsFunc(selectors, func(s filterpattern.Selector) bool { return !inside(s) }):
		p.onText = append(p.onText, i)
	case isRare(selectors):
		p.rare = append(p.rare, p.direct(i, pattern))
		for _, s := range selectors {
			if !isUnique(s) {
				p.test(s)
			}
		}
	default:
		p.onFields = append(p.onFields, i)
		for _, s := range selectors {
			p.test(s)
		}
	}
}

// test adds the field of a selector to those that answers are remembered by.
func (p *Program) test(s filterpattern.Selector) {
	n := p.root
	for _, step := range s {
		if step.Kind != filterpattern.Property {
			n.whole = true
			break
		}
		n = n.child(step.Name)
		n.tested = true
	}
	p.number(n)
}

// slotOf returns the place of the value of a field.
func (p *Program) slotOf(names []string) int {
	n := p.root
	for _, name := range names {
		n = n.child(name)
		p.number(n)
	}
	return n.slot
}

// number gives a node, and those above it, places for their values.
func (p *Program) number(n *node) {
	for ; n != nil && n != p.root && n.slot < 0; n = n.parent {
		n.slot = p.slots
		p.slots++
	}
}

// unique are the first names of fields whose values are nearly never the same: answers to
// them are not worth remembering.
var unique = []string{
	"errorMessage", "userAgent", "sourceIPAddress", "eventID", "requestID", "sharedEventID", "eventTime", "requestParameters", "resources",
}

// isUnique reports whether a selector names such a field.
func isUnique(s filterpattern.Selector) bool { return slices.Contains(unique, s[0].Name) }

// isRare reports whether some selector names such a field, and all name one place.
func isRare(selectors []filterpattern.Selector) bool {
	return slices.ContainsFunc(selectors, isUnique) &&
		!slices.ContainsFunc(selectors, func(s filterpattern.Selector) bool { return len(s.Names()) != len(s) })
}
