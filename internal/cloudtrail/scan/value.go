package scan

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

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
	maxWord  = 36   // bytes: a UUID in quotes is longer, and nearly never comes again
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
