package cover

import "encoding/binary"

// A machine is a nondeterministic automaton over characters. A set is a sorted
// list of places at which it is at once.
type machine interface {
	start() []uint32
	next(set []uint32, r rune) []uint32
	accepts(set []uint32) bool
	universal(set []uint32) bool // every continuation is accepted
	classes(visit func([]rune))  // the sets of characters it tells apart, as pairs of bounds
	effort(set []uint32) int     // the steps that next takes
}

// An automaton determinises a machine as far as it is walked.
type automaton struct {
	machine machine
	sets    [][]rune // the distinct sets of characters that the machine tells apart
	states  []state
	byKey   map[string]int32
	moves   map[move]int32
}

type state struct {
	set                      []uint32
	accepts, universal, dead bool
}

type move struct {
	from int32
	by   rune
}

func newAutomaton(m machine, b *budget) *automaton {
	a := &automaton{machine: m, byKey: map[string]int32{}, moves: map[move]int32{}}
	seen := map[string]bool{}
	m.classes(func(bounds []rune) {
		b.spend(1)
		if key := string(bounds); !seen[key] {
			seen[key] = true
			a.sets = append(a.sets, bounds)
		}
	})
	a.intern(m.start())
	return a
}

// step returns the state after a character; the start state is 0.
func (a *automaton) step(from int32, r rune, b *budget) int32 {
	if a.states[from].dead || a.states[from].universal {
		return from
	}
	m := move{from, r}
	to, known := a.moves[m]
	if !known {
		set := a.states[from].set
		b.spend(4 + a.machine.effort(set))
		to = a.intern(a.machine.next(set, r))
		a.moves[m] = to
	}
	return to
}

func (a *automaton) intern(set []uint32) int32 {
	key := make([]byte, 0, 4*len(set))
	for _, place := range set {
		key = binary.LittleEndian.AppendUint32(key, place)
	}
	if id, known := a.byKey[string(key)]; known {
		return id
	}
	id := int32(len(a.states))
	a.byKey[string(key)] = id
	a.states = append(a.states, state{
		set:       set,
		accepts:   a.machine.accepts(set),
		universal: a.machine.universal(set),
		dead:      len(set) == 0,
	})
	return id
}

// A globMachine accepts what a text with wildcards fits. Its places lie before
// the characters of the text and after the last.
type globMachine struct {
	runes []rune
}

func newGlobMachine(text string) globMachine { return globMachine{[]rune(text)} }

func (m globMachine) start() []uint32 { return m.enter(nil, 0) }

func (m globMachine) effort(set []uint32) int { return 2 * len(set) }

func (m globMachine) next(set []uint32, r rune) []uint32 {
	var to []uint32
	for _, place := range set {
		switch {
		case int(place) == len(m.runes):
		case m.runes[place] == '*':
			to = m.enter(to, place)
		case m.runes[place] == r:
			to = m.enter(to, place+1)
		}
	}
	return to
}

// enter adds a place. A star is also passed without a character, and whatever
// lies before a star that is reached no longer matters: the star absorbs what
// the earlier places wait for. This keeps the states few.
func (m globMachine) enter(set []uint32, place uint32) []uint32 {
	for int(place) < len(m.runes) && m.runes[place] == '*' {
		set = append(set[:0], place)
		place++
	}
	if n := len(set); n == 0 || set[n-1] < place {
		set = append(set, place)
	}
	return set
}

func (m globMachine) accepts(set []uint32) bool {
	n := len(set)
	return n > 0 && int(set[n-1]) == len(m.runes)
}

func (m globMachine) universal(set []uint32) bool {
	last := len(m.runes) - 1
	return last >= 0 && m.runes[last] == '*' && m.accepts(set)
}

func (m globMachine) classes(visit func([]rune)) {
	for _, r := range m.runes {
		if r != '*' {
			visit([]rune{r, r})
		}
	}
}
