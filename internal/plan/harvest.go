package plan

// What a resource marks as sensitive may stand unmarked in another one: the
// password that random_password makes in the endpoint of a subscription. So the
// marked texts of all resources are remembered, also of those that are skipped.

// A harvest walks one value along marks of what is sensitive in it.
type harvest struct {
	*scanner
	take func(text string)
}

// harvest remembers what a resource, a well-formed text, marks as sensitive. Values
// may stand before their marks, so the marks are read first.
func (r *reader) harvest(raw []byte) error {
	harvest{scanBytes(raw), r.into.marked.add}.element()
	if problem := r.into.marked.problem(); problem != "" {
		return r.fault("%s", problem)
	}
	return nil
}

// markings reads what is no resource and marks parts of itself as sensitive, for the
// sake of these.
func (r *reader) markings() error {
	raw, err := r.raw()
	if err != nil {
		return err
	}
	return r.harvest(raw)
}

// element walks a resource, and the change in it.
func (h harvest) element() {
	text := h.buf
	marks := map[string][]any{} // by the member that they are of
	h.each(text, func(key string, value []byte) {
		if member := markedBy[key]; member != "" {
			var mirror any
			if unmarshal(value, &mirror) == nil && holds(mirror) {
				marks[member] = append(marks[member], mirror)
			}
		}
	})
	h.each(text, func(key string, value []byte) {
		for _, mirror := range marks[key] {
			harvest{scanBytes(value), h.take}.pick(mirror)
		}
		if key == "change" || key == "resource_change" {
			harvest{scanBytes(value), h.take}.element()
		}
	})
}

// each visits the members of an object; of a name that stands twice both.
func (h harvest) each(text []byte, visit func(key string, value []byte)) {
	s := scanBytes(text)
	_ = s.object(func(key []byte) error { // the text was scanned before
		name := string(key)
		s.peek()
		from := s.pos
		err := s.skip()
		visit(name, text[from:s.pos])
		return err
	})
}

// pick takes what marks point at: true for all of a value, else objects and lists
// of marks.
func (h harvest) pick(marks any) {
	switch m := marks.(type) {
	case map[string]any:
		if h.peek() == '{' {
			_ = h.members(func(key []byte) error { h.pick(m[string(key)]); return nil })
			return
		}
	case []any:
		if i := 0; h.peek() == '[' {
			_ = h.array(func() error { h.pick(at(m, i)); i++; return nil })
			return
		}
	}
	if holds(marks) { // the mirror has another shape: whatever it means is in here
		h.all()
		return
	}
	_ = h.skip()
}

// all takes all texts and numbers of a value.
func (h harvest) all() {
	switch c := h.peek(); {
	case c == '{':
		_ = h.members(func([]byte) error { h.all(); return nil })
	case c == '[':
		_ = h.array(func() error { h.all(); return nil })
	case c == '"':
		if text, err := h.text(); err == nil {
			h.take(string(text))
		}
	default:
		from := h.pos
		_ = h.skip()
		if c == '-' || '0' <= c && c <= '9' {
			h.take(string(h.buf[from:h.pos]))
		}
	}
}
