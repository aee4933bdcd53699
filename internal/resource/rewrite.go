package resource

// A Rewriting changes the texts and references inside values: those of one of
// several inputs that are taken as one.
type Rewriting struct {
	Text func(string) string // of texts and of what stands for unknown ones
	Ref  func(Ref) Ref
}

// Value returns v with everything inside it rewritten.
func (w Rewriting) Value(v Value) Value {
	if v.origin != nil {
		o := *v.origin
		o.Symbolic = w.Text(o.Symbolic)
		o.Refs = make([]Ref, len(v.origin.Refs))
		for i, r := range v.origin.Refs {
			o.Refs[i] = w.Ref(r)
		}
		v.origin = &o
	}
	switch v.kind {
	case String:
		v.text = w.Text(v.text)
	case List:
		list := make([]Value, len(v.list))
		for i, e := range v.list {
			list[i] = w.Value(e)
		}
		v.list = list
	case Map:
		fields := make(map[string]Value, len(v.fields))
		for k, e := range v.fields {
			fields[k] = w.Value(e)
		}
		v.fields = fields
	}
	return v
}
