package scan

import (
	"encoding/binary"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// answers are those to values that were seen before: most records have the values of
// others. Equal bytes have equal answers.
type answers struct {
	known map[string]Set
	size  int // of the keys, in bytes
	key   []byte
}

// maxKnown bounds the keys in bytes; beyond it everything is forgotten.
const maxKnown = 2 << 20

// of returns the patterns that match a record that was walked.
func (a *answers) of(p *Program, w *walker, raw []byte) (Set, error) {
	a.key = appendKey(a.key[:0], p, w)
	set, ok := a.known[string(a.key)]
	if !ok {
		event, err := eventOf(p.root, w)
		if err != nil {
			return Set{}, err
		}
		set = p.matching(p.onFields, filterpattern.Object(event))
		a.remember(set)
	}
	for i := range p.rare {
		found, err := p.rare[i].matches(p, w)
		if err != nil {
			return Set{}, err
		}
		if found {
			set.Add(p.rare[i].pattern)
		}
	}
	if len(p.onText) > 0 {
		for i, word := range p.matching(p.onText, filterpattern.NewMessage(raw)) {
			set[i] |= word
		}
	}
	return set, nil
}

// matching returns those of some patterns that match.
func (p *Program) matching(patterns []int, m *filterpattern.Message) (set Set) {
	for _, i := range patterns {
		if p.patterns[i].MatchMessage(m) {
			set.Add(i)
		}
	}
	return set
}

func (a *answers) remember(set Set) {
	if a.size += len(a.key); a.size > maxKnown || a.known == nil {
		a.known, a.size = map[string]Set{}, len(a.key)
	}
	a.known[string(a.key)] = set
}

// appendKey writes the values of all tested fields, so that two records have one key
// only if they have the same bytes at each of them.
func appendKey(key []byte, p *Program, w *walker) []byte {
	for _, n := range p.tested {
		if n.slot < 0 {
			continue
		}
		v := w.values[n.slot]
		key = append(key, byte(v.kind))
		if v.kind == written {
			key = binary.AppendUvarint(key, uint64(v.end-v.start))
			key = append(key, w.text[v.start:v.end]...)
		}
	}
	return key
}

// eventOf returns the event that has what patterns ask for and nothing else.
func eventOf(n *node, w *walker) (map[string]any, error) {
	event := map[string]any{}
	for _, c := range n.children {
		if !c.tested || c.slot < 0 {
			continue
		}
		var err error
		switch w.values[c.slot].kind {
		case object:
			event[c.name], err = eventOf(c, w)
		case written:
			v := decode(w.raw(c.slot))
			err, _ = v.(error)
			event[c.name] = v
		}
		if err != nil {
			return nil, err
		}
	}
	return event, nil
}
