package filterpattern

// A globMachine accepts what a text with wildcards fits. Its places lie before
// the characters of the text and behind the last.
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
