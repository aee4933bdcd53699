package funcs

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// maxParts bounds the parts into which one call splits a text.
const maxParts = 250_000

var errTooManyParts = value.NewLimitError(fmt.Sprintf("more than %d parts of a string", maxParts))

var wide = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%[^a-zA-Z%]*[0-9]{5,}`) })

// formatSize refuses huge widths, as in format("%999999999d", 1), and formats that
// repeat an argument too often.
func formatSize(args []cty.Value) error {
	_, err := formatBound(args)
	return err
}

// formatBound returns how many bytes a format makes at most. A value has no more digits
// and letters than its weight.
func formatBound(args []cty.Value) (bytes int, err error) {
	if len(args) == 0 {
		return 0, nil
	}
	layout, _ := value.KnownString(args[0])
	if wide().MatchString(layout) {
		return 0, value.NewLimitError("a width of five digits")
	}
	all, largest, star := 0, 0, 0
	numbers := formatsNumber(layout)
	for _, a := range args[1:] {
		if numbers && value.CheckNumeral(a) != nil {
			return 0, value.ErrLongNumeral
		}
		w, err := value.Weigh(a)
		if err != nil {
			return 0, err
		}
		if n, ok := value.KnownNumber(a); ok && n > 0 {
			star = max(star, int(min(n, value.MaxText)))
		}
		all, largest = all+w.Size(), max(largest, w.Size())
	}
	if star > 1<<20 && strings.Contains(layout, "*") {
		return 0, value.NewLimitError("a width of seven digits")
	}
	widths, verbs := widthsIn(layout, star)
	if strings.Contains(layout, "[") { // any verb may name any argument
		all = verbs * largest
	}
	if bytes = len(layout) + widths + all; bytes > value.MaxText {
		return 0, value.ErrTextTooLong
	}
	return bytes, nil
}

// widthsIn returns the widths and precisions of the verbs of a format together, where
// an asterisk is at most star.
func widthsIn(layout string, star int) (widths, verbs int) {
	for _, verb := range strings.Split(layout, "%")[1:] {
		end := strings.IndexFunc(verb, func(r rune) bool { return !strings.ContainsRune(" #+-.[]*0123456789", r) })
		if end < 0 {
			end = len(verb)
		}
		verbs++
		n := 0
		for _, c := range verb[:end] + " " {
			switch {
			case c == '*':
				widths, n = widths+star, 0
			case '0' <= c && c <= '9':
				n = min(n*10+int(c-'0'), value.MaxText)
			default:
				widths, n = widths+n, 0
			}
		}
	}
	return widths, verbs
}

func indentSize(args []cty.Value) error {
	n, ok := value.KnownNumber(args[0])
	if !ok || n <= 0 {
		return nil
	}
	if n > 1000 {
		return value.NewLimitError("more than 1000 spaces")
	}
	text, _ := value.KnownString(args[1])
	return replaceSize(text, strings.Count(text, "\n"), strings.Repeat(" ", int(n)))
}

func joinSize(args []cty.Value) error {
	separator, _ := value.KnownString(args[0])
	w, err := value.Weigh(args[1:]...)
	if err == nil && w.Bytes+w.Values*len(separator) > value.MaxText {
		err = value.ErrTextTooLong
	}
	return err
}

func productSize(args []cty.Value) error {
	n := 1
	for _, a := range args {
		a, _ = a.Unmark()
		if a.IsKnown() && !a.IsNull() && a.CanIterateElements() {
			if n *= a.LengthInt(); n*len(args) > value.MaxValues/10 {
				return value.NewLimitError(fmt.Sprintf("more than %d values", value.MaxValues/10))
			}
		}
	}
	return nil
}

func splitSize(args []cty.Value) error {
	separator, _ := value.KnownString(args[0])
	text, ok := value.KnownString(args[1])
	if ok && strings.Count(text, separator) >= maxParts {
		return errTooManyParts
	}
	return nil
}

func csvSize(args []cty.Value) error {
	text, _ := value.KnownString(args[0])
	return partsSize(text, ",\n")
}

func yamlSize(args []cty.Value) error {
	text, _ := value.KnownString(args[0])
	return partsSize(text, ",:[{\n")
}

// partsSize refuses a text with too many of the characters after which a part
// of it begins.
func partsSize(text, begin string) error {
	parts := 0
	for i := range len(text) {
		if strings.IndexByte(begin, text[i]) >= 0 {
			if parts++; parts >= maxParts {
				return errTooManyParts
			}
		}
	}
	return nil
}

// jsonSize refuses JSON that nests too deep, because its decoder recurses, and
// JSON of too many parts.
func jsonSize(args []cty.Value) error {
	text, ok := value.KnownString(args[0])
	if !ok {
		return nil
	}
	if err := partsSize(text, ",:[{"); err != nil {
		return err
	}
	if d := syntax.CheckJSON([]byte(text), ""); d != nil {
		if _, ours := d.Extra.(value.LimitError); ours {
			return value.NewLimitError(d.Summary)
		}
		return errors.New(d.Summary)
	}
	return nil
}

// replaceSize returns the length of a text after a replacement.
func replaceSize(text string, found int, with string) error {
	if len(text)+found*len(with) > value.MaxText {
		return value.ErrTextTooLong
	}
	return nil
}

// trimSize counts the work of a trim, which compares all characters that are not ASCII
// one by one.
func (l *Library) trimSize(args []cty.Value) error {
	text, _ := value.KnownString(args[0])
	cutset, _ := value.KnownString(args[1])
	if len(cutset) == utf8.RuneCountInString(cutset) {
		return nil
	}
	return l.budget.TouchEach(len(text), len(cutset))
}

func numeralSize(args []cty.Value) error { return value.CheckNumeral(args[0]) }

// formatsNumber reports whether a verb of a format writes a number.
func formatsNumber(layout string) bool {
	for _, verb := range strings.Split(layout, "%")[1:] {
		if end := strings.IndexFunc(verb, isLetter); end >= 0 && strings.IndexByte("bdeEfFgGoxX", verb[end]) >= 0 {
			return true
		}
	}
	return false
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
