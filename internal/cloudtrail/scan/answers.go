package scan

import (
	"encoding/binary"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// answers are those to values that were seen before: most records have the values of
// others. Equal bytes have equal answers.
type answers struct {
	known    map[string]*answer
	distinct map[answer]*answer // which are few
	size     int                // of the keys, in bytes
	key      []byte
}

// An answer is the patterns that match, and those of the rare ones that are still open.
type answer struct{ matched, open Set }

// maxKnown bounds the keys in bytes; beyond it everything is forgotten.
const maxKnown = 2 << 20

// of returns the patterns that match a record that was walked.
func (a *answers) of(p *Program, w *walker, raw []byte) (Set, error) {
	a.key = appendKey(a.key[:0], p, w)
	known, ok := a.known[string(a.key)]
	if !ok {
		found, err := p.answer(w)
		if err != nil {
			return Set{}, err
		}
		known = a.remember(found)
	}
	set := known.matched
	if !known.open.IsEmpty() {
		for i := range p.rare {
			d := &p.rare[i]
			if !known.open.Has(d.pattern) {
				continue
			}
			found, err := d.matches(p, w)
			if err != nil {
				return Set{}, err
			}
			if found {
				set.Add(d.pattern)
			}
		}
	}
	if len(p.onText) > 0 {
		for i, word := range p.matching(p.onText, filterpattern.NewMessage(raw)) {
			set[i] |= word
		}
	}
	return set, nil
}

// answer asks the patterns about the fields of a record that are not unique.
func (p *Program) answer(w *walker) (out answer, err error) {
	event, err := eventOf(p.root, w)
	if err != nil {
		return out, err
	}
	out.matched = p.matching(p.onFields, filterpattern.Object(event))
	for i := range p.rare {
		d := &p.rare[i]
		matches, open, err := d.decided(p, w)
		switch {
		case err != nil:
			return out, err
		case matches:
			out.matched.Add(d.pattern)
		case open:
			out.open.Add(d.pattern)
		}
	}
	return out, nil
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

func (a *answers) remember(found answer) *answer {
	if a.size += len(a.key); a.size > maxKnown || a.known == nil {
		a.known, a.distinct, a.size = map[string]*answer{}, map[answer]*answer{}, len(a.key)
	}
	shared, ok := a.distinct[found]
	if !ok {
		shared = &found
		a.distinct[found] = shared
	}
	a.known[string(a.key)] = shared
	return shared
}

// appendKey writes the values of all tested fields and which unique ones there are, so that two
// records have one key only if they have the same bytes at each of them.
func appendKey(key []byte, p *Program, w *walker) []byte {
	for _, slot := range p.unique {
		key = append(key, byte(w.values[slot].kind))
	}
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
