package hcl

import (
	"io"
	"regexp"
	"regexp/syntax"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
)

// maxPattern bounds a regular expression in bytes; x{1000} is a thousand
// instructions.
const maxPattern = 4096

var errLongPattern = beyond("a regular expression of more than 4096 bytes")

// stepSize is what one instruction of a regular expression counts at one byte of
// a text.
const stepSize = 8

func (l *library) regexSize(args []cty.Value) error {
	pattern, _ := plainText(args[0])
	text, ok := plainText(args[1])
	if !ok {
		return nil
	}
	_, err := l.matches(pattern, text, 1)
	return err
}

func (l *library) regexAllSize(args []cty.Value) error {
	pattern, _ := plainText(args[0])
	text, ok := plainText(args[1])
	if !ok {
		return nil
	}
	_, err := l.matches(pattern, text, maxParts)
	return err
}

// matches counts the matches of a regular expression up to a number, empty ones
// behind others too, and what finding them goes through: in a text of the letter a, each match of a.*b|a
// looks as far as the end. What is no regular expression is not found; whoever is
// to find it says what is wrong with it.
func (l *library) matches(pattern, text string, most int) (found int, err error) {
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
	if err := l.budget.touch(instructions * valueWork); err != nil {
		return 0, err
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return 0, nil
	}
	for at := 0; found < most && at <= len(text); found++ {
		r := &costly{budget: l.budget, price: instructions * stepSize, text: text[at:]}
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

// A costly text has a price for each byte that is read of it. It ends where
// nothing is left to pay with.
type costly struct {
	*budget
	price int
	text  string
	err   error
}

func (r *costly) ReadRune() (rune, int, error) {
	c, size := utf8.DecodeRuneInString(r.text)
	r.text = r.text[size:]
	if r.err = r.touch(r.price * max(size, 1)); r.err != nil || size == 0 {
		return 0, 0, io.EOF
	}
	return c, size, nil
}
