package filterpattern

import (
	"cmp"
	"strconv"
	"strings"
)

// A Decimal is an exact number: 0.Digits times ten to the power of Exp. Zero
// has no digits; other numbers neither start nor end with a 0 digit. Literals
// such as 1e2000000000 stay small this way.
type Decimal struct {
	Negative bool
	Digits   string
	Exp      int64
}

// numberPrefix returns the length of the number that text starts with, 0 if it
// starts with none. The guide: an integer or a decimal with an optional sign,
// followed by an optional exponent.
func numberPrefix(text string) int {
	i := signPrefix(text)
	whole := digitPrefix(text[i:])
	if whole == 0 {
		return 0
	}
	i += whole
	if strings.HasPrefix(text[i:], ".") {
		if n := digitPrefix(text[i+1:]); n > 0 {
			i += 1 + n
		}
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		sign := signPrefix(text[i+1:])
		if n := digitPrefix(text[i+1+sign:]); n > 0 {
			i += 1 + sign + n
		}
	}
	return i
}

func signPrefix(text string) int {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		return 1
	}
	return 0
}

func digitPrefix(text string) int {
	n := 0
	for n < len(text) && isDigit(rune(text[n])) {
		n++
	}
	return n
}

// maxExponent bounds a pattern's exponents: AWS rejects what exceeds 32 bits
// (recorded).
const maxExponent = 1<<31 - 1

// parseLiteralDecimal reads a number of a pattern.
func parseLiteralDecimal(text string) (Decimal, bool) { return parseBounded(text, maxExponent) }

// parseDecimal reads a number that fills the whole text. ok is false if it is
// none or its exponent is beyond all reason.
func parseDecimal(text string) (d Decimal, ok bool) { return parseBounded(text, 1<<40) }

func parseBounded(text string, maxExponent int64) (d Decimal, ok bool) {
	if text == "" || numberPrefix(text) != len(text) {
		return d, false
	}
	d.Negative = text[0] == '-'
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(text[signPrefix(text):]), "e")
	if scientific {
		exp, err := strconv.ParseInt(exponent, 10, 64)
		if err != nil || exp > maxExponent || exp < -maxExponent {
			return d, false
		}
		d.Exp = exp
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	return d.normal(whole+fraction, int64(len(whole))), true
}

// normal sets the digits, the first point of them before the decimal point.
func (d Decimal) normal(digits string, point int64) Decimal {
	significant := strings.TrimLeft(digits, "0")
	if significant == "" {
		return Decimal{}
	}
	d.Exp += point - int64(len(digits)-len(significant))
	d.Digits = strings.TrimRight(significant, "0")
	return d
}

func (d Decimal) isZero() bool { return d.Digits == "" }

// cmp compares by value.
func (d Decimal) cmp(e Decimal) int {
	switch {
	case d.sign() != e.sign():
		return cmp.Compare(d.sign(), e.sign())
	case d.Negative:
		return d.cmpMagnitude(e) * -1
	}
	return d.cmpMagnitude(e)
}

func (d Decimal) cmpMagnitude(e Decimal) int {
	if d.Exp != e.Exp {
		return cmp.Compare(d.Exp, e.Exp)
	}
	return strings.Compare(d.Digits, e.Digits)
}

func (d Decimal) sign() int {
	switch {
	case d.isZero():
		return 0
	case d.Negative:
		return -1
	}
	return 1
}
