package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// raw reads one value and returns a copy of its text.
func (s *scanner) raw() ([]byte, error) {
	s.capture()
	if err := s.skip(); err != nil {
		return nil, err
	}
	text, ok := s.captured()
	if !ok {
		return nil, s.fault("a single value of more than %d MB", maxElement>>20)
	}
	return bytes.Clone(text), nil
}

// decode reads one value into v. Numbers keep their text.
func (s *scanner) decode(v any) error {
	raw, err := s.raw()
	if err != nil {
		return err
	}
	return s.unmarshal(raw, v)
}

func (s *scanner) unmarshal(raw []byte, v any) error {
	if key := repeated(raw); key != "" {
		return s.fault("%q appears twice in one object", key)
	}
	if err := unmarshal(raw, v); err != nil {
		return s.fault("not a plan: %s", complaint(err))
	}
	return nil
}

// complaint says what encoding/json says, in words of JSON.
func complaint(err error) string {
	e, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return strings.TrimPrefix(err.Error(), "json: ")
	}
	want := "an object"
	switch e.Type.Kind() {
	case reflect.String:
		want = "a string"
	case reflect.Bool:
		want = "true or false"
	case reflect.Slice:
		want = "an array"
	}
	kind, _, _ := strings.Cut(e.Value, " ") // the value itself may be a secret
	return strings.TrimPrefix(fmt.Sprintf("%s: %s expected, not %s", e.Field, want, kind), ": ")
}

// unmarshal is json.Unmarshal with numbers as they are written.
func unmarshal(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return d.Decode(v)
}

// repeated returns a key that appears twice in one object of a well-formed
// text, "" if none does. JSON readers disagree on such a text.
func repeated(text []byte) string {
	s := scanBytes(text)
	var found string
	var walk func() error
	walk = func() error {
		switch s.peek() {
		case '{':
			seen := map[string]bool{}
			return s.members(func(key []byte) error {
				if seen[string(key)] && found == "" {
					found = string(key)
				}
				seen[string(key)] = true
				return walk()
			})
		case '[':
			return s.array(walk)
		}
		return s.skip()
	}
	_ = walk() // the text was scanned before
	return found
}
