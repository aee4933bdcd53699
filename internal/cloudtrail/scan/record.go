package scan

import (
	"time"
)

// A Record is what a scanner tells of one record. Its bytes are those of the window: who
// keeps them copies them.
type Record struct {
	JSON    []byte
	Logged  time.Time // of its log event; zero where the file does not say
	Matched Set

	walker  *walker
	program *Program
}

// Raw returns the JSON of a field, nil where the record has none or an object.
func (r *Record) Raw(field int) []byte { return r.walker.raw(r.program.fields[field]) }

// Text returns a field that is a text, "" for anything else.
func (r *Record) Text(field int) string {
	s, _ := r.walker.words.decode(r.Raw(field)).(string)
	return s
}
