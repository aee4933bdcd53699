package cover

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
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
	if !p.canMatch(start) {
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

// canMatch reports whether no automaton has settled on the wrong answer.
func (p *product) canMatch(states []int32) bool {
	for k, s := range states {
		if p.cannotMatch(k, s) {
			return false
		}
	}
	return true
}

func (p *product) cannotMatch(k int, s int32) bool {
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

// advance visits the state after one more character, if it is new and
// hopeful.
func (p *product) advance(i int, r rune) {
	states := make([]int32, len(p.automata))
	for k, from := range p.visits[i].states {
		p.budget.spend(1)
		states[k] = p.automata[k].step(from, r, p.budget)
		if p.cannotMatch(k, states[k]) {
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

// alphabet returns one character for each class of characters that the
// machines tell apart. Every text has one of the same length over the alphabet
// that they answer alike.
func alphabet(automata []*automaton, b *budget) []rune {
	cuts := []rune{0, surrogateMin, surrogateMax + 1}
	var sets [][]rune
	for _, a := range automata {
		for _, bounds := range a.sets {
			b.spend(len(bounds))
			sets = append(sets, bounds)
			for i := 0; i+1 < len(bounds); i += 2 {
				cuts = append(cuts, bounds[i], bounds[i+1]+1)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	return representatives(cuts, classify(cuts, sets, b))
}

const (
	surrogateMin = 0xD800
	surrogateMax = 0xDFFF
)

// classify numbers the intervals between cuts such that two have one number if
// and only if no set tells them apart. It refines a partition set by set.
func classify(cuts []rune, sets [][]rune, b *budget) []int {
	class := make([]int, len(cuts))
	classes := 1
	for _, set := range sets {
		split := map[int]int{}
		for i := 0; i+1 < len(set); i += 2 {
			from, _ := slices.BinarySearch(cuts, set[i])
			to, _ := slices.BinarySearch(cuts, set[i+1]+1)
			b.spend(1 + to - from)
			for j := from; j < to; j++ {
				fresh, ok := split[class[j]]
				if !ok {
					fresh = classes
					split[class[j]] = fresh
					classes++
				}
				class[j] = fresh
			}
		}
	}
	return class
}

// representatives picks the most readable character of each class, and orders
// them by readability, which decides between shortest texts.
func representatives(cuts []rune, class []int) []rune {
	best := map[int]rune{}
	for i, from := range cuts {
		to := rune(utf8.MaxRune)
		if i+1 < len(cuts) {
			to = cuts[i+1] - 1
		}
		if from > utf8.MaxRune || surrogateMin <= from && from <= surrogateMax {
			continue
		}
		r := readable(from, to)
		if old, ok := best[class[i]]; !ok || readability(r) < readability(old) {
			best[class[i]] = r
		}
	}
	runes := make([]rune, 0, len(best))
	for _, r := range best {
		runes = append(runes, r)
	}
	slices.SortFunc(runes, func(a, b rune) int { return readability(a) - readability(b) })
	return runes
}

// readable returns the most readable character between two bounds.
func readable(from, to rune) rune {
	best := from
	for r := max(from, ' '); r <= min(to, '~'); r++ {
		if readability(r) < readability(best) {
			best = r
		}
	}
	return best
}

// readability ranks characters: small letters, capitals, digits, other
// printable ASCII, everything else.
func readability(r rune) int {
	switch {
	case 'a' <= r && r <= 'z':
		return int(r)
	case 'A' <= r && r <= 'Z':
		return 1<<8 + int(r)
	case '0' <= r && r <= '9':
		return 2<<8 + int(r)
	case ' ' <= r && r <= '~':
		return 3<<8 + int(r)
	}
	return 4<<8 + int(r)
}
