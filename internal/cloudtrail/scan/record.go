package scan

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"
	"unicode/utf8"
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

// errValue says that a value that a pattern asks for is none.
var errValue = errors.New("not JSON")

// decode returns a value as encoding/json does, with numbers as json.Number; an error if
// it is none.
func decode(raw []byte) any {
	if len(raw) == 0 {
		return errValue
	}
	if raw[0] == '"' {
		return decodeText(raw)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil || d.More() {
		return errValue
	}
	return v
}

// A vocabulary keeps decoded values that come again and again, by their JSON: to find one costs
// less than to make it.
type vocabulary map[string]any

// Bounds of a vocabulary.
const (
	maxWords = 4096 // then everything is forgotten
	maxWord  = 64   // bytes
)

// decode is decode.
func (v *vocabulary) decode(raw []byte) any {
	if len(raw) > maxWord {
		return decode(raw)
	}
	value, known := (*v)[string(raw)]
	if !known {
		if len(*v) == maxWords || *v == nil {
			*v = vocabulary{}
		}
		value = decode(raw)
		(*v)[string(raw)] = value
	}
	return value
}

// decodeText is decode for a text.
func decodeText(raw []byte) any {
	if inside := raw[1 : len(raw)-1]; isPlain(inside) {
		return string(inside)
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return errValue
	}
	return s
}

// isPlain reports whether the inside of a text stands for itself.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
