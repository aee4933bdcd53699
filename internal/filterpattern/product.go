package filterpattern

import (
	"encoding/binary"
	"slices"
)

// A product walks several automata at once to find a text on which each of
// them answers as wanted.
type product struct {
	budget   *budget
	automata []*automaton
	want     []bool
	visits   []visit
	seen     map[string]bool
}

// A visit is a state of the product and how it was reached.
type visit struct {
	states []int32
	from   int // index of the visit before, -1 at the start
	by     rune
}

func (p *product) add(a *automaton, want bool) {
	p.automata = append(p.automata, a)
	p.want = append(p.want, want)
}

// shortest searches breadth first, so that the first text is a shortest one.
func (p *product) shortest() (string, answer) {
	p.seen = map[string]bool{}
	runes := alphabet(p.automata, p.budget)
	start := make([]int32, len(p.automata))
	if !p.hopeful(start) {
		return "", none
	}
	p.record(start, -1, 0)
	for i := 0; i < len(p.visits); i++ {
		if p.accepted(p.visits[i].states) {
			return p.spell(i), found
		}
		for _, r := range runes {
			p.advance(i, r)
			if p.budget.spent() {
				return "", maybe
			}
		}
	}
	return "", none
}

// hopeful reports whether no automaton has settled on the wrong answer.
func (p *product) hopeful(states []int32) bool {
	for k, s := range states {
		if p.hopeless(k, s) {
			return false
		}
	}
	return true
}

func (p *product) hopeless(k int, s int32) bool {
	if p.want[k] {
		return p.automata[k].states[s].dead
	}
	return p.automata[k].states[s].universal
}

func (p *product) accepted(states []int32) bool {
	for k, s := range states {
		if p.automata[k].states[s].accepts != p.want[k] {
			return false
		}
	}
	return true
}

// advance visits the state behind one more character, if it is new and
// hopeful.
func (p *product) advance(i int, r rune) {
	states := make([]int32, len(p.automata))
	for k, from := range p.visits[i].states {
		p.budget.spend(1)
		states[k] = p.automata[k].step(from, r, p.budget)
		if p.hopeless(k, states[k]) {
			return
		}
	}
	p.record(states, i, r)
}

func (p *product) record(states []int32, from int, by rune) {
	key := make([]byte, 0, 2*len(states))
	for _, s := range states {
		key = binary.AppendUvarint(key, uint64(s))
	}
	if p.seen[string(key)] {
		return
	}
	p.budget.spend(8 + len(states))
	p.seen[string(key)] = true
	p.visits = append(p.visits, visit{states, from, by})
}

// spell reads the characters that led to a visit.
func (p *product) spell(i int) string {
	var runes []rune
	for ; p.visits[i].from >= 0; i = p.visits[i].from {
		runes = append(runes, p.visits[i].by)
	}
	slices.Reverse(runes)
	return string(runes)
}
