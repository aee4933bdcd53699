package plan

import "github.com/iacgate/iacgate/internal/plan/jsonstream"

// markedBy maps members to those with their marks of sensitivity.
var markedBy = map[string]string{
	"before_sensitive": "before", "after_sensitive": "after", "sensitive_values": "values", "config_sensitive": "config_values",
}

func isMarker(key string) bool { return markedBy[key] != "" || key == "sensitive" }

// mayMark reports whether a well-formed text may mark anything as sensitive. Hardly any
// does, and one that does not need not be decoded.
func mayMark(text []byte) bool {
	s := jsonstream.FromBytes(text)
	found := false
	var walk func() error
	walk = func() error {
		switch s.Peek() {
		case '{':
			return s.Members(func(key []byte) error {
				if !isMarker(string(key)) {
					return walk()
				}
				marked, err := anyTrue(s)
				found = found || marked
				return err
			})
		case '[':
			return s.Array(walk)
		}
		return s.Skip()
	}
	_ = walk() // the text was scanned before
	return found
}

// markedTexts visits the texts that a resource, a well-formed text, marks as sensitive.
// Another resource may have them without a mark, as the endpoint of a subscription has
// the password of a random_password, so those of skipped resources count, too.
//
// Values may be written before their marks, so the marks are read first.
func markedTexts(raw []byte, visit func(text string)) {
	marks := map[string][]any{} // by the member that they are of
	eachMember(raw, func(key string, value []byte) {
		if member := markedBy[key]; member != "" {
			var mirror any
			if jsonstream.Unmarshal(value, &mirror) == nil && marksAny(mirror) {
				marks[member] = append(marks[member], mirror)
			}
		}
	})
	eachMember(raw, func(key string, value []byte) {
		for _, mirror := range marks[key] {
			markedWalk{jsonstream.FromBytes(value), visit}.pick(mirror)
		}
		if key == "change" || key == "resource_change" {
			markedTexts(value, visit)
		}
	})
}

// eachMember visits the members of an object; of a name that appears twice both.
func eachMember(object []byte, visit func(key string, value []byte)) {
	s := jsonstream.FromBytes(object)
	_ = s.Object(func(key []byte) error { // the text was scanned before
		name := string(key)
		s.Capture()
		err := s.Skip()
		value, _ := s.Captured()
		visit(name, value)
		return err
	})
}

// A markedWalk walks one value along its marks of sensitivity.
type markedWalk struct {
	*jsonstream.Scanner
	visit func(text string)
}

// pick visits the marked parts of a value: true marks all of it, objects and lists mark
// parts.
func (w markedWalk) pick(marks any) {
	switch m := marks.(type) {
	case map[string]any:
		if w.Peek() == '{' {
			_ = w.Members(func(key []byte) error { w.pick(m[string(key)]); return nil })
			return
		}
	case []any:
		if i := 0; w.Peek() == '[' {
			_ = w.Array(func() error { w.pick(elementAt(m, i)); i++; return nil })
			return
		}
	}
	if marksAny(marks) { // the mirror has another shape: whatever it means is in here
		w.all()
		return
	}
	_ = w.Skip()
}

// all visits all texts and numbers of a value.
func (w markedWalk) all() {
	switch c := w.Peek(); {
	case c == '{':
		_ = w.Members(func([]byte) error { w.all(); return nil })
	case c == '[':
		_ = w.Array(func() error { w.all(); return nil })
	case c == '"':
		if text, err := w.Text(); err == nil {
			w.visit(string(text))
		}
	default:
		w.Capture()
		_ = w.Skip()
		if number, _ := w.Captured(); c == '-' || '0' <= c && c <= '9' {
			w.visit(string(number))
		}
	}
}

// anyTrue reads a value and reports whether true is in it.
func anyTrue(s *jsonstream.Scanner) (found bool, err error) {
	in := func() error {
		t, err := anyTrue(s)
		found = found || t
		return err
	}
	switch s.Peek() {
	case '{':
		err = s.Members(func([]byte) error { return in() })
	case '[':
		err = s.Array(in)
	case 't':
		found, err = true, s.Skip()
	default:
		err = s.Skip()
	}
	return found, err
}
