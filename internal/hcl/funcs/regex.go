package funcs

import (
	"io"
	"regexp"
	"regexp/syntax"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

// maxPattern bounds a regular expression in bytes; x{1000} is a thousand
// instructions.
const maxPattern = 4096

var errLongPattern = value.NewLimitError("a regular expression of more than 4096 bytes")

// instructionCost is the cost of one instruction of a regular expression at one byte of
// a text.
const instructionCost = 8

func (l *Library) regexSize(args []cty.Value) error {
	pattern, _ := value.KnownString(args[0])
	text, ok := value.KnownString(args[1])
	if !ok {
		return nil
	}
	_, err := l.countMatches(pattern, text, 1)
	return err
}

func (l *Library) regexAllSize(args []cty.Value) error {
	pattern, _ := value.KnownString(args[0])
	text, ok := value.KnownString(args[1])
	if !ok {
		return nil
	}
	_, err := l.countMatches(pattern, text, maxParts)
	return err
}

// countMatches counts the matches of a regular expression up to a number, empty ones
// behind others too, and what finding them goes through: in a text of the letter a, each match of a.*b|a
// looks as far as the end. Text that is not a regular expression matches nothing; the
// function that compiles it reports the error.
func (l *Library) countMatches(pattern, text string, most int) (found int, err error) {
	if len(pattern) > maxPattern {
		return 0, errLongPattern
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0, nil
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return 0, nil
	}
	instructions := len(program.Inst)
	groups := 1 + parsed.MaxCap()
	if err := l.budget.Touch(instructions * value.ElementWork); err != nil {
		return 0, err
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return 0, nil
	}
	for at := 0; found < most && at <= len(text); found++ {
		r := &meteredText{Budget: l.budget, price: instructions * instructionCost, text: text[at:]}
		match := re.FindReaderIndex(r)
		if r.err != nil || match == nil {
			return found, r.err
		}
		if (found+1)*groups >= maxParts {
			return 0, errTooManyParts
		}
		_, next := utf8.DecodeRuneInString(text[min(len(text), at+match[0]):])
		at += max(match[1], match[0]+max(1, next))
	}
	return found, nil
}

// A meteredText counts each byte that is read from it. It ends where the budget is
// spent.
type meteredText struct {
	*value.Budget
	price int
	text  string
	err   error
}

func (r *meteredText) ReadRune() (rune, int, error) {
	c, size := utf8.DecodeRuneInString(r.text)
	r.text = r.text[size:]
	if r.err = r.Touch(r.price * max(size, 1)); r.err != nil || size == 0 {
		return 0, 0, io.EOF
	}
	return c, size, nil
}
