package jsonstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
)

// texts are JSON, and what is nearly JSON.
var texts = []string{
	`{}`, `[]`, `{"a":1}`, ` { "a" : [ 1 , -0.5e+3 , true , false , null , "x\u00e9\n" ] } `, `"x"`, `0`, `-1E5`, "[[[[]]]]", `{"a":{"b":[{}]}}`,
	"", "{", "[1,]", `{"a"}`, `{"a":}`, `{"a":1,}`, `{a:1}`, `[1 2]`, "nul", "tru", "01", "-", "1.", "1e", `"`, `"\x"`, `"\u12g4"`, "\"\x01\"", "]", "[}", "{]", `{"a":1]`, "[\x00]",
	strings.Repeat("[", 100) + strings.Repeat("]", 100), strings.Repeat(`{"a":`, 70) + "1" + strings.Repeat("}", 70), strings.Repeat("[", 70) + strings.Repeat("]", 69) + "}",
	strings.Repeat("[", MaxDepth+1), `["` + strings.Repeat("long ", 1<<17) + `"]`,
}

// skips reports whether a scanner takes all of a text for one value.
func skips(s *Scanner) bool { return s.Skip() == nil && s.Finish() }

// TestSkip: what is skipped is held to the grammar that encoding/json has.
func TestSkip(t *testing.T) {
	for _, text := range texts {
		for name, s := range map[string]*Scanner{
			"in memory":    FromBytes([]byte(text)),
			"in one piece": NewScanner(strings.NewReader(text)),
			"in bytes":     NewScanner(iotest.OneByteReader(strings.NewReader(text))),
			"with its end": NewScanner(iotest.DataErrReader(strings.NewReader(text))),
		} {
			if got, want := skips(s), json.Valid([]byte(text)); got != want {
				t.Errorf("%.60q %s: %v, want %v", text, name, got, want)
			}
		}
	}
}

func FuzzSkip(f *testing.F) {
	for _, text := range texts[:len(texts)-2] {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if got, want := skips(NewScanner(iotest.HalfReader(bytes.NewReader(text)))), json.Valid(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	})
}

// TestFault: an error has the place of the byte at fault.
func TestFault(t *testing.T) {
	for _, tt := range []struct {
		text, message string
		line, column  int
	}{
		{`[1,]`, `not JSON: expected a value, got ']'`, 1, 4},
		{"{\n \"a\": tru\n}", `not JSON: expected true, got '\n'`, 2, 10},
		{"[\n\n1", "ends in the middle: expected a comma or ]", 3, 2},
		{`["\q"]`, `not JSON: expected an escape, got 'q'`, 1, 4},
		{strings.Repeat("[\n", MaxDepth+1), "nested more than 10000 levels deep", MaxDepth + 1, 2},
	} {
		err := NewScanner(iotest.OneByteReader(strings.NewReader(tt.text))).Skip()
		d, _ := errors.AsType[*diag.Diagnostic](err)
		if diff := cmp.Diff(&diag.Diagnostic{Message: tt.message, Line: tt.line, Column: tt.column}, d); diff != "" {
			t.Errorf("%.20q (-want +got)\n%s", tt.text, diff)
		}
	}
	s := NewScanner(strings.NewReader("["))
	s.TruncatedHint = "write all of it"
	if d, _ := errors.AsType[*diag.Diagnostic](s.Skip()); d == nil || d.Hint != "write all of it" {
		t.Errorf("%+v", d)
	}
}

// TestInputFails: reading returns the error of the input.
func TestInputFails(t *testing.T) {
	broken := errors.New("broken")
	s := NewScanner(io.MultiReader(strings.NewReader(`{"a":[`), iotest.ErrReader(broken)))
	if err := s.Skip(); !errors.Is(err, broken) || !errors.Is(s.Failure(), broken) {
		t.Error(err)
	}
	if err := NewScanner(iotest.ErrReader(nil)).Skip(); !errors.Is(err, io.ErrNoProgress) {
		t.Error(err)
	}
}

// TestMembers: keys and elements come in their order, and a part of them can be kept.
func TestMembers(t *testing.T) {
	const text = ` {"a": [1, "\u00e9\ud834\udd1e", {}], "b": null, "c\n": {"d": 1.50}, "e": null}`
	for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
		s := NewScanner(r)
		var got []string
		err := s.Members(func(key []byte) error {
			name := string(key)
			got = append(got, name)
			switch name {
			case "a":
				return s.Array(func() error {
					if s.Peek() == '"' {
						text, err := s.Text()
						got = append(got, string(text))
						return err
					}
					raw, err := s.Raw()
					got = append(got, string(raw))
					return err
				})
			case "b":
				return s.Object(func([]byte) error { t.Error("null has a member"); return nil })
			case "e":
				return s.Array(func() error { t.Error("null has an element"); return nil })
			}
			return s.Object(func(key []byte) error {
				got = append(got, string(key))
				s.Capture()
				err := s.Skip()
				value, _ := s.Captured()
				got = append(got, string(value))
				return err
			})
		})
		if want := []string{"a", "1", "é𝄞", "{}", "b", "c\n", "d", "1.50", "e"}; err != nil || !cmp.Equal(got, want) || !s.AtEnd() {
			t.Errorf("%q, want %q: %v", got, want, err)
		}
	}
	for text, read := range map[string]func(*Scanner) error{
		`[`:            func(s *Scanner) error { return s.Members(nil) },
		`{1`:           func(s *Scanner) error { return s.Members(nil) },
		`{"a" 1`:       func(s *Scanner) error { return s.Members(nil) },
		`{"a":1 "b"`:   func(s *Scanner) error { return s.Members(func([]byte) error { return s.Skip() }) },
		`1`:            func(s *Scanner) error { _, err := s.Text(); return err },
		"\"\\u12\"":    func(s *Scanner) error { _, err := s.Text(); return err },
		`[[[["`:        func(s *Scanner) error { _, err := s.Raw(); return err },
		"{\"\\ud8\":1": func(s *Scanner) error { return s.Object(nil) },
	} {
		if err := read(FromBytes([]byte(text))); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

// TestTooLarge: a value that is too large is walked through and not kept.
func TestTooLarge(t *testing.T) {
	large := func() io.Reader {
		return io.MultiReader(strings.NewReader(`"`), io.LimitReader(letters{}, MaxElement+window), strings.NewReader(`"`))
	}
	if _, err := NewScanner(large()).Raw(); err == nil || !strings.HasSuffix(err.Error(), "a single value of more than 64 MB") {
		t.Error(err)
	}
	if _, err := NewScanner(large()).Text(); err == nil || !strings.HasSuffix(err.Error(), "a single value of more than 64 MB") {
		t.Error(err)
	}
}

// letters is a text without an end.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestCopy: a copy has what was read, but for the time that it is paused.
func TestCopy(t *testing.T) {
	long := strings.Repeat("x", 2*window)
	text := ` {"a": 1, "` + long + `": [1, 2], "b":2} `
	s := NewScanner(iotest.HalfReader(strings.NewReader(text)))
	var c Copy
	s.CopyTo(&c)
	err := s.Members(func(key []byte) error {
		if len(key) == 1 {
			return s.Skip()
		}
		s.PauseCopy()
		err := s.Skip()
		s.ResumeCopy()
		return err
	})
	if err != nil || !s.Finish() {
		t.Fatal(err)
	}
	if want := ` {"a": 1, "` + long + `":, "b":2} `; string(c.Text) != want {
		t.Errorf("%d bytes, want %d", len(c.Text), len(want))
	}
	if s := NewScanner(strings.NewReader("{} x")); skips(s) || !s.HasPrefix("x") || s.AtEnd() {
		t.Error("text after the end")
	}
}

func TestUnmarshal(t *testing.T) {
	var v any
	if err := Unmarshal([]byte(`{"a": 1.50}`), &v); err != nil || !cmp.Equal(v, map[string]any{"a": json.Number("1.50")}) {
		t.Errorf("%v, %v", v, err)
	}
	for text, want := range map[string]string{`{"a":{"a":1}}`: "", `[{"a":1,"b":2},{"a":1}]`: "", `{"x":[{"a":1,"b":2,"\u0061":3}]}`: "a", `{"":1,"b":{"c":1,"c":1}}`: "c"} {
		if got := RepeatedKey([]byte(text)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestUTF8Reader(t *testing.T) {
	for text, want := range map[string]string{
		"{}":                                  "{}",
		"":                                    "",
		"\xEF\xBB\xBF{}":                      "{}",
		"\xFF\xFE{\x00\"\x00\xe9\x00":         `{"é`,
		"\xFE\xFF\x00{\x00\"\xd8\x34\xdd\x1e": `{"𝄞`,
		"{\x00}\x00":                          "{}",
		"\x00{\x00}":                          "{}",
		"\xFF\xFE{\x00\x34\xd8":               "{\uFFFD", // half a character
		"\xFF\xFE{\x00\x34\xd8\x61\x00":       "{\uFFFDa",
		"\xFF\xFE{\x00}":                      "{\uFFFD",
	} {
		got, err := io.ReadAll(UTF8Reader(iotest.OneByteReader(strings.NewReader(text))))
		if err != nil || string(got) != want {
			t.Errorf("%q: %q, want %q (%v)", text, got, want, err)
		}
	}
}
