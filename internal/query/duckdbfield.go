package query

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A duckdbField has three expressions: a value as text, the kind of it, and the kinds of
// its elements if it is an array. The text is NULL where there is none and where it is
// null; the kind is NULL only where there is none.
type duckdbField struct{ text, kind, elements string }

const (
	duckdbIntegers = "'BIGINT','UBIGINT','HUGEINT','UHUGEINT'"
	duckdbNumbers  = duckdbIntegers + ",'DOUBLE'"
)

func (f duckdbField) condition(c *filterpattern.Condition) (string, error) {
	if err := checkValue(c); err != nil {
		return "", err
	}
	switch c.Op {
	case filterpattern.IsNull:
		return known(fmt.Sprintf("%s = 'NULL' OR %s = 'ARRAY' AND list_contains(%s, 'NULL')", f.kind, f.kind, f.elements)), nil
	case filterpattern.IsTrue:
		return known(fmt.Sprintf("%s = 'BOOLEAN' AND %s = 'true'", f.kind, f.text)), nil
	case filterpattern.IsFalse:
		return known(fmt.Sprintf("%s = 'BOOLEAN' AND %s = 'false'", f.kind, f.text)), nil
	case filterpattern.NotExists:
		return "(" + f.kind + " IS NULL)", nil
	}
	if c.Value.Kind == filterpattern.NumberLiteral {
		return known(f.number(c)), nil
	}
	equal, err := f.equals(c)
	switch {
	case err != nil:
		return "", err
	case c.Op == filterpattern.NotEqual:
		return known(f.compares() + " AND NOT " + equal), nil
	case onlyText(c.Value):
		return known(equal), nil
	}
	return known(f.compares() + " AND " + equal), nil
}

// compares: only strings and numbers compare, for != as well.
func (f duckdbField) compares() string { return f.kind + " IN ('VARCHAR'," + duckdbNumbers + ")" }

// known makes NULL false.
func known(condition string) string { return "coalesce(" + condition + ", false)" }

// equals compares texts, with and without stars, and regular expressions.
func (f duckdbField) equals(c *filterpattern.Condition) (string, error) {
	l := c.Value
	if l.Kind == filterpattern.RegexpLiteral {
		re, err := portable(c)
		return fmt.Sprintf("regexp_matches(%s, %s)", f.text, quote(re)), err
	}
	parts := l.Parts()
	first, last := parts[0], parts[len(parts)-1]
	switch {
	case len(parts) == 1:
		return fmt.Sprintf("(%s = %s)", f.text, quote(l.Text)), nil
	case len(parts) == 2 && last == "":
		return fmt.Sprintf("starts_with(%s, %s)", f.text, quote(first)), nil
	case len(parts) == 2 && first == "":
		return fmt.Sprintf("suffix(%s, %s)", f.text, quote(last)), nil
	case len(parts) == 3 && first == "" && last == "":
		return fmt.Sprintf("contains(%s, %s)", f.text, quote(parts[1])), nil
	}
	return fmt.Sprintf("(%s LIKE %s ESCAPE '\\')", f.text, quote(like(parts))), nil
}

// onlyText reports whether no Boolean, object or array prints as what the literal equals,
// so that the kind needs no look.
func onlyText(l *filterpattern.Literal) bool {
	if l.Kind != filterpattern.TextLiteral {
		return false
	}
	parts := l.Parts()
	first, last := parts[0], parts[len(parts)-1]
	return first != "" && !strings.Contains("{[tf", first[:1]) || last != "" && !strings.Contains("}]e", last[len(last)-1:])
}

// number compares with a number by value, and a string with its spelling. Whole numbers
// are exact, others doubles. Guarded branches are evaluated, too, so that every cast has
// to be one that may fail.
func (f duckdbField) number(c *filterpattern.Condition) string {
	operator := c.Op.String()
	double := fmt.Sprintf("TRY_CAST(%s AS DOUBLE)", f.text)
	cases := fmt.Sprintf("WHEN %s IN (%s) THEN isfinite(%s) AND %s %s %s::DOUBLE", f.kind, duckdbNumbers, double, double, operator, quote(c.Value.Text))
	if isWhole(c.Value) {
		cases = fmt.Sprintf("WHEN %s IN (%s) THEN TRY_CAST(%s AS HUGEINT) %s TRY_CAST(%s AS HUGEINT) ", f.kind, duckdbIntegers, f.text, operator, quote(c.Value.Text)) + cases
	}
	if !c.Op.Orders() {
		cases = fmt.Sprintf("WHEN %s = 'VARCHAR' THEN %s %s %s ", f.kind, f.text, operator, quote(c.Value.Text)) + cases
	}
	return "CASE " + cases + " END"
}
