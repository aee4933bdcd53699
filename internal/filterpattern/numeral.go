package filterpattern

import (
	"encoding/json"
	"math/big"
	"slices"
)

// number finds a JSON number for the facts at n. Facts that compare values cut
// the numbers into regions, of which one sample each is tried. Facts that
// compare printed text are decided by automata where they contradict each
// other; otherwise samples are tried, and the answer may be maybe.
func (t *theory) number(n *node) choice {
	if n.kinds&NumberValue == 0 {
		return choice{}
	}
	var literals []decimal
	var tests []textTest
	for _, f := range n.facts {
		switch c := f.atom.condition; {
		case !c.op.compares() && f.truth:
			return choice{} // IS NULL and the like
		case !c.op.compares():
		case c.value.kind == numberLiteral:
			literals = append(literals, c.value.number)
		default:
			tests = append(tests, textTest{c.value, f.truth == (c.op == equal)})
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
		if !c.comparesValue() || f.truth != (c.op == equal) || c.op.orders() {
			continue
		}
		if r := c.value.number.rat(); r != nil {
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
func sampleNumbers(literals []decimal) []string {
	points := samplePoints(literals)
	var samples []string
	for i, p := range points {
		samples = append(samples, exactDecimal(p))
		if i > 0 && points[i-1].Cmp(p) < 0 {
			samples = append(samples, between(points[i-1], p)...)
		}
	}
	samples = slices.DeleteFunc(samples, func(s string) bool { return !newNumber(s).finite })
	slices.SortStableFunc(samples, func(a, b string) int { return len(a) - len(b) })
	return append(samples, beyondDoubles...)
}

// samplePoints returns zero, the literals and one number beyond them on either
// side, sorted. Near the ends of the range the bounds themselves take part.
func samplePoints(literals []decimal) []*big.Rat {
	points := []*big.Rat{new(big.Rat)}
	extreme := false
	for _, d := range literals {
		extreme = extreme || d.exp > 290 || d.exp < -290
		if r := d.rat(); r != nil {
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

// rat returns the number as a fraction, nil if it lies outside the range of
// doubles, where it parts no numbers that events can hold.
func (d decimal) rat() *big.Rat {
	if d.exp > 310 || d.exp < -330 {
		return nil
	}
	sign := ""
	if d.negative {
		sign = "-"
	}
	r, ok := new(big.Rat).SetString(sign + "0." + d.digits + "0e" + sprintf("%d", d.exp))
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
