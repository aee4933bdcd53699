package plan

// markedBy are the members of which others say which parts are sensitive.
var markedBy = map[string]string{
	"before_sensitive": "before", "after_sensitive": "after", "sensitive_values": "values", "config_sensitive": "config_values",
}

func isMarker(key string) bool { return markedBy[key] != "" || key == "sensitive" }

// mayMark says whether a well-formed text may mark anything as sensitive. Hardly any
// does, and one that does not need not be decoded.
func mayMark(text []byte) bool {
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
				marked, err := anyTrue(s)
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

// markedTexts visits the texts that a resource, a well-formed text, marks as sensitive.
// Another one may have them without a mark, as the endpoint of a subscription has the
// password that random_password makes; so they are remembered of all resources, also
// of those that are skipped.
//
// Values may be written before their marks, so the marks are read first.
func markedTexts(raw []byte, visit func(text string)) {
	marks := map[string][]any{} // by the member that they are of
	eachMember(raw, func(key string, value []byte) {
		if member := markedBy[key]; member != "" {
			var mirror any
			if unmarshal(value, &mirror) == nil && marksAny(mirror) {
				marks[member] = append(marks[member], mirror)
			}
		}
	})
	eachMember(raw, func(key string, value []byte) {
		for _, mirror := range marks[key] {
			markedWalk{scanBytes(value), visit}.pick(mirror)
		}
		if key == "change" || key == "resource_change" {
			markedTexts(value, visit)
		}
	})
}

// eachMember visits the members of an object; of a name that appears twice both.
func eachMember(object []byte, visit func(key string, value []byte)) {
	s := scanBytes(object)
	_ = s.object(func(key []byte) error { // the text was scanned before
		name := string(key)
		s.capture()
		err := s.skip()
		value, _ := s.captured()
		visit(name, value)
		return err
	})
}

// A markedWalk walks one value along the marks of what is sensitive in it.
type markedWalk struct {
	*scanner
	visit func(text string)
}

// pick visits what marks point at: true for all of a value, else objects and lists
// of marks.
func (w markedWalk) pick(marks any) {
	switch m := marks.(type) {
	case map[string]any:
		if w.peek() == '{' {
			_ = w.members(func(key []byte) error { w.pick(m[string(key)]); return nil })
			return
		}
	case []any:
		if i := 0; w.peek() == '[' {
			_ = w.array(func() error { w.pick(elementAt(m, i)); i++; return nil })
			return
		}
	}
	if marksAny(marks) { // the mirror has another shape: whatever it means is in here
		w.all()
		return
	}
	_ = w.skip()
}

// all visits all texts and numbers of a value.
func (w markedWalk) all() {
	switch c := w.peek(); {
	case c == '{':
		_ = w.members(func([]byte) error { w.all(); return nil })
	case c == '[':
		_ = w.array(func() error { w.all(); return nil })
	case c == '"':
		if text, err := w.text(); err == nil {
			w.visit(string(text))
		}
	default:
		w.capture()
		_ = w.skip()
		if number, _ := w.captured(); c == '-' || '0' <= c && c <= '9' {
			w.visit(string(number))
		}
	}
}

// anyTrue reads a value and says whether true is in it.
func anyTrue(s *scanner) (found bool, err error) {
	in := func() error {
		t, err := anyTrue(s)
		found = found || t
		return err
	}
	switch s.peek() {
	case '{':
		err = s.members(func([]byte) error { return in() })
	case '[':
		err = s.array(in)
	case 't':
		found, err = true, s.skip()
	default:
		err = s.skip()
	}
	return found, err
}
