package plan

import "github.com/iacgate/iacgate/internal/resource"

// A tape is a copy of what a scanner reads, for policies that ask for the plan as
// it is written. Where they say which types of resources they read, its lists of
// resources have these alone, so that it is no larger than what is asked for.
type tape struct {
	text   []byte
	from   int  // in the scanner's buffer: what is read from here on is not on the tape yet
	paused bool // inside a list of resources

	types  func(typ string) bool // that stay in lists, besides the kept ones; nil for all
	hidden hider                 // what is sensitive in resources that do not stay
}

func newTape(types func(typ string) bool) *tape { return &tape{types: types, hidden: newHider()} }

// sieves says whether resources are left out.
func (t *tape) sieves() bool { return t != nil && t.types != nil }

// document decodes the tape, without what is sensitive.
func (t *tape) document(veil resource.Veil) (any, error) { return t.hidden.raw(t.text, veil) }

// slide follows the buffer when its first bytes are dropped.
func (t *tape) slide(by int) {
	if t != nil {
		t.from = max(t.from-by, 0)
	}
}

// roll copies what is read, up to a place in the buffer.
func (s *scanner) roll(to int) {
	if t := s.tape; t != nil && !t.paused && t.from < to {
		t.text = append(t.text, s.buf[t.from:to]...)
		t.from = to
	}
}

// resources reads a list of resources, or null. Of what is sieved the tape has
// those elements only that sift puts there.
func (r *reader) resources(element func() error) error {
	if !r.tape.sieves() || r.peek() != '[' {
		return r.array(element)
	}
	t := r.tape
	r.roll(r.pos)
	t.paused, t.text = true, append(t.text, '[')
	if err := r.array(element); err != nil {
		return err
	}
	t.paused, t.text, t.from = false, append(t.text, ']'), r.pos
	return nil
}

// plannedResource reads a resource of planned values, for the tape and for what it
// marks as sensitive.
func (r *reader) plannedResource() error {
	_, err := r.element()
	return err
}

// sift puts the resource of the outline on the tape. Of one that is left out it
// remembers what it marks as sensitive: the same text may stand elsewhere.
func (r *reader) sift(raw []byte, kept bool) error {
	t := r.tape
	if !t.sieves() {
		return nil
	}
	if !kept && !t.types(r.outline.typ) {
		return r.overhear(raw)
	}
	if key := repeated(raw); key != "" {
		return r.fault("%q appears twice in one object", key)
	}
	if t.text[len(t.text)-1] != '[' {
		t.text = append(t.text, ',')
	}
	t.text = append(t.text, raw...)
	return nil
}

// overhear remembers the sensitive texts of a resource.
func (r *reader) overhear(raw []byte) error {
	if !marks(raw) {
		return nil
	}
	var element any
	if err := r.unmarshal(raw, &element); err != nil {
		return err
	}
	r.tape.hidden.document(element)
	return nil
}

// marks says whether a well-formed text may mark anything as sensitive. Hardly
// any does, and one that does not need not be decoded.
func marks(text []byte) bool {
	s := scanBytes(text)
	found := false
	var walk func() error
	walk = func() error {
		switch s.peek() {
		case '{':
			return s.members(func(key []byte) error {
				if !isMarker(string(key)) {
					return walk()
				}
				marked, err := s.anyTrue()
				found = found || marked
				return err
			})
		case '[':
			return s.array(walk)
		}
		return s.skip()
	}
	_ = walk() // the text was scanned before
	return found
}

func isMarker(key string) bool { return markedBy[key] != "" || key == "sensitive" }
