package filterpattern

import (
	"math"
	"strconv"
	"strings"
)

// A number is a JSON number of an event. Beyond the range of doubles it has no
// value, below the range it counts as zero, and in between its value is exact
// (recorded: 1e309, 1e-999, 9007199254740993).
type number struct {
	lexeme string
	finite bool
	value  Decimal
}

func newNumber(lexeme string) number {
	n := number{lexeme: lexeme}
	double, _ := strconv.ParseFloat(lexeme, 64)
	if math.IsInf(double, 0) {
		return n
	}
	n.finite = true
	if double != 0 {
		n.value, _ = parseDecimal(lexeme)
	}
	return n
}

// print returns the text that AWS compares with quoted values: integers print
// as integers, all others as Java prints a double (recorded: "1" is 1 and not
// 1.0, and nothing prints as "1e0").
func (n number) print() string {
	if strings.ContainsAny(n.lexeme, ".eE") {
		double, _ := strconv.ParseFloat(n.lexeme, 64)
		return printDouble(double)
	}
	if n.lexeme == "-0" {
		return "0"
	}
	return n.lexeme
}

// printDouble follows Double.toString: plain from 0.001 up to ten million,
// computerized scientific notation elsewhere, always with a decimal point.
func printDouble(f float64) string {
	switch magnitude := math.Abs(f); {
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case magnitude == 0 || 1e-3 <= magnitude && magnitude < 1e7:
		return withPoint(strconv.FormatFloat(f, 'f', -1, 64))
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	exp, _ := strconv.Atoi(exponent)
	return withPoint(mantissa) + "E" + strconv.Itoa(exp)
}

func withPoint(s string) string {
	if strings.Contains(s, ".") {
		return s
	}
	return s + ".0"
}
