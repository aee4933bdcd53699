package cover

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// number finds a JSON number for the facts at n. Facts that compare values cut
// the numbers into regions, of which one sample each is tried. Facts that
// compare printed text are decided by automata where they contradict each
// other; otherwise samples are tried, and the answer may be maybe.
func (t *texts) number(n *node) choice {
	if n.kinds&NumberValue == 0 {
		return choice{}
	}
	var literals []filterpattern.Decimal
	var tests []textTest
	for _, f := range n.facts {
		switch c := f.atom.condition; {
		case !c.Op.Compares() && f.truth:
			return choice{} // IS NULL and the like
		case !c.Op.Compares():
		case c.Value.Kind == filterpattern.NumberLiteral:
			literals = append(literals, c.Value.Number)
		default:
			tests = append(tests, textTest{c.Value, f.truth == (c.Op == filterpattern.Equal)})
		}
	}
	samples, fixed := n.fixedNumber()
	if !fixed {
		samples = sampleNumbers(literals)
	}
	t.budget.spend(len(samples) * (1 + len(n.facts)))
	if c := n.firstNumber(samples); c.some == found || fixed || len(tests) == 0 {
		return c
	}
	return t.printedNumber(n, tests, samples)
}

// fixedNumber returns, where a fact fixes the number's value, a spelling for
// each of the texts that the value prints as: as a whole number and as a
// double. A number without a value passes for fixed too: != is as false there
// as it is on the literal.
func (n *node) fixedNumber() (spellings []string, fixed bool) {
	for _, f := range n.facts {
		c := f.atom.condition
		if !comparesValue(c) || f.truth != (c.Op == filterpattern.Equal) || c.Op.Orders() {
			continue
		}
		if r := rational(c.Value.Number); r != nil {
			return append(spell(r), beyondDoubles...), true
		}
	}
	return nil, false
}

// spell writes a value in each of the ways that print differently.
func spell(r *big.Rat) []string {
	switch text := exactDecimal(r); {
	case r.Sign() == 0:
		return []string{"0", "0.0", "-0.0"}
	case r.IsInt():
		return []string{text, text + ".0"}
	default:
		return []string{text}
	}
}

// firstNumber tries numbers in order.
func (n *node) firstNumber(lexemes []string) choice {
	for _, lexeme := range lexemes {
		if n.admitsValue(NumberValue, json.Number(lexeme)) {
			return choice{some: found, value: json.Number(lexeme)}
		}
	}
	return choice{}
}

// beyondDoubles are numbers without a value, on which no comparison by value
// holds.
var beyondDoubles = []string{"1e309", "-1e309"}

// sampleNumbers returns JSON numbers such that every number that an event can
// hold compares with all literals as one of them does. Short ones come first.
func sampleNumbers(literals []filterpattern.Decimal) []string {
	points := samplePoints(literals)
	var samples []string
	for i, p := range points {
		samples = append(samples, exactDecimal(p))
		if i > 0 && points[i-1].Cmp(p) < 0 {
			samples = append(samples, between(points[i-1], p)...)
		}
	}
	samples = slices.DeleteFunc(samples, func(s string) bool { return !isFinite(s) })
	slices.SortStableFunc(samples, func(a, b string) int { return len(a) - len(b) })
	return append(samples, beyondDoubles...)
}

// samplePoints returns zero, the literals and one number beyond them on either
// side, sorted. Near the ends of the range the bounds themselves take part.
func samplePoints(literals []filterpattern.Decimal) []*big.Rat {
	points := []*big.Rat{new(big.Rat)}
	extreme := false
	for _, d := range literals {
		extreme = extreme || d.Exp > 290 || d.Exp < -290
		if r := rational(d); r != nil {
			points = append(points, r)
		}
	}
	slices.SortFunc(points, (*big.Rat).Cmp)
	one := big.NewRat(1, 1)
	first, last := points[0], points[len(points)-1]
	points = append(points, new(big.Rat).Sub(first, one), new(big.Rat).Add(last, one))
	if extreme {
		points = append(points, rangeBounds()...)
	}
	slices.SortFunc(points, (*big.Rat).Cmp)
	return points
}

// rangeBounds returns where doubles begin and end: a decimal at or beyond the
// outer bounds reads as infinite, one at or within the inner bounds as zero.
func rangeBounds() []*big.Rat {
	outer := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 1024), new(big.Int).Lsh(big.NewInt(1), 970))
	inner := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), 1075))
	high := new(big.Rat).SetInt(outer)
	return []*big.Rat{high, new(big.Rat).Neg(high), inner, new(big.Rat).Neg(inner)}
}

// rational returns the number as a fraction, nil if it lies outside the range of
// doubles, where it parts no numbers that events can hold.
func rational(d filterpattern.Decimal) *big.Rat {
	if d.Exp > 310 || d.Exp < -330 {
		return nil
	}
	sign := ""
	if d.Negative {
		sign = "-"
	}
	r, ok := new(big.Rat).SetString(sign + "0." + d.Digits + "0e" + fmt.Sprintf("%d", d.Exp))
	if !ok {
		return nil
	}
	return r
}

// exactDecimal writes a fraction whose denominator has no factors but 2 and 5.
func exactDecimal(r *big.Rat) string {
	n, _ := r.FloatPrec()
	return r.FloatString(n)
}

// between returns numbers strictly between two others: the whole ones next to
// the lower bound, the upper bound and zero, and the middle.
func between(low, high *big.Rat) []string {
	middle := new(big.Rat).Mul(new(big.Rat).Add(low, high), big.NewRat(1, 2))
	var found []string
	above := floor(low)
	below := new(big.Int).Neg(floor(new(big.Rat).Neg(high)))
	for _, step := range []int64{1, 2, 3} {
		for _, whole := range []*big.Int{
			new(big.Int).Add(above, big.NewInt(step)),
			new(big.Int).Sub(below, big.NewInt(step)),
		} {
			if r := new(big.Rat).SetInt(whole); low.Cmp(r) < 0 && r.Cmp(high) < 0 {
				found = append(found, whole.String())
			}
		}
	}
	return append(found, shortDecimal(low, middle, high))
}

func floor(r *big.Rat) *big.Int {
	return new(big.Int).Div(r.Num(), r.Denom()) // Euclidean, and the denominator is positive
}

// shortDecimal rounds the middle of an open interval as far as it stays
// inside.
func shortDecimal(low, middle, high *big.Rat) string {
	digits, _ := middle.FloatPrec()
	for n := 1; n < min(digits, 20); n++ {
		short := middle.FloatString(n)
		r, ok := new(big.Rat).SetString(short)
		if ok && low.Cmp(r) < 0 && r.Cmp(high) < 0 {
			return short
		}
	}
	return exactDecimal(middle)
}

// printedNumber decides facts that compare a number's printed text.
func (t *texts) printedNumber(n *node, tests []textTest, samples []string) choice {
	if !anyComparable(n, samples) {
		return choice{} // the comparisons by value alone exclude each other
	}
	verdict := choice{}
	for _, form := range []string{wholeNumbers, doubles} {
		text, a := t.shortest(append(slices.Clone(tests), textTest{t.form(form), true}))
		if a == none {
			continue
		}
		if c := n.firstNumber([]string{lexemeOf(text)}); a == found && c.some == found {
			return c
		}
		if a == found && form == wholeNumbers && wantsOnly(tests, text) {
			continue // no other whole number prints so
		}
		verdict = choice{some: maybe, reason: "texts are compared with numbers that are also compared by value"}
	}
	return verdict
}

// The texts that numbers print as, as regular expressions.
const (
	wholeNumbers = `^(-?[1-9][0-9]*|0)$`
	doubles      = `^(-?(0|[1-9][0-9]*)\.[0-9]+(E-?[1-9][0-9]*)?|-?Infinity)$`
)

// form returns a literal for one of the constants above, which always compile.
func (t *texts) form(source string) *filterpattern.Literal {
	if known := t.forms[source]; known != nil {
		return known
	}
	form := filterpattern.NewText("*")
	if re, err := filterpattern.NewRegexp(source); err == nil {
		form = re
	}
	t.forms[source] = form
	return form
}

func lexemeOf(printed string) string {
	switch printed {
	case "Infinity":
		return beyondDoubles[0]
	case "-Infinity":
		return beyondDoubles[1]
	}
	return printed
}

func wantsOnly(tests []textTest, text string) bool {
	return slices.ContainsFunc(tests, func(t textTest) bool {
		return t.want && t.literal.IsExact() && t.literal.Text == text
	})
}

// anyComparable reports whether one of the samples agrees with the facts that
// compare by value.
func anyComparable(n *node, samples []string) bool {
	return slices.ContainsFunc(samples, func(lexeme string) bool {
		return !slices.ContainsFunc(n.facts, func(f fact) bool {
			return comparesValue(f.atom.condition) && f.atom.condition.HoldsFor(json.Number(lexeme)) != f.truth
		})
	})
}

// comparesValue reports whether the condition compares numbers by value.
func comparesValue(c *filterpattern.Condition) bool {
	return c.Op.Compares() && c.Value.Kind == filterpattern.NumberLiteral
}

// isFinite reports whether a JSON number lies in the range of doubles.
func isFinite(lexeme string) bool {
	double, _ := strconv.ParseFloat(lexeme, 64)
	return !math.IsInf(double, 0)
}
