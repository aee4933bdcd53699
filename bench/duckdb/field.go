package main

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A field has three expressions: its value as text, the kind of it, and the kinds of its elements
// if it is an array. The text is NULL where there is none and where it is null;
// the kind is NULL only where there is none.
type field struct{ text, kind, elements string }

const (
	integers = "'BIGINT','UBIGINT','HUGEINT','UHUGEINT'"
	numbers  = integers + ",'DOUBLE'"
)

func (f field) isNumber() string { return f.kind + " IN (" + numbers + ")" }

// compares: only strings and numbers compare, for != as well.
func (f field) compares() string { return f.kind + " IN ('VARCHAR'," + numbers + ")" }

func known(condition string) string { return "coalesce(" + condition + ", false)" }

func (f field) condition(c *filterpattern.Condition) string {
	switch c.Op {
	case filterpattern.IsNull:
		return known(fmt.Sprintf("%s = 'NULL' OR %s = 'ARRAY' AND list_contains(%s, 'NULL')", f.kind, f.kind, f.elements))
	case filterpattern.IsTrue:
		return known(fmt.Sprintf("%s = 'BOOLEAN' AND %s = 'true'", f.kind, f.text))
	case filterpattern.IsFalse:
		return known(fmt.Sprintf("%s = 'BOOLEAN' AND %s = 'false'", f.kind, f.text))
	case filterpattern.NotExists:
		return "(" + f.kind + " IS NULL)"
	}
	if c.Value.Kind == filterpattern.NumberLiteral {
		return known(f.number(c))
	}
	equal := f.equals(c.Value)
	switch {
	case c.Op == filterpattern.NotEqual:
		return known(f.compares() + " AND NOT " + equal)
	case onlyText(c.Value):
		return known(equal)
	}
	return known(f.compares() + " AND " + equal)
}

// equals compares texts, with and without stars, and regular expressions.
func (f field) equals(l *filterpattern.Literal) string {
	if l.Kind == filterpattern.RegexpLiteral {
		return fmt.Sprintf("regexp_matches(%s, %s)", f.text, quote(l.Text))
	}
	parts := l.Parts()
	first, last := parts[0], parts[len(parts)-1]
	switch {
	case len(parts) == 1:
		return fmt.Sprintf("(%s = %s)", f.text, quote(l.Text))
	case len(parts) == 2 && last == "":
		return fmt.Sprintf("starts_with(%s, %s)", f.text, quote(first))
	case len(parts) == 2 && first == "":
		return fmt.Sprintf("suffix(%s, %s)", f.text, quote(last))
	case len(parts) == 3 && first == "" && last == "":
		return fmt.Sprintf("contains(%s, %s)", f.text, quote(parts[1]))
	}
	escape := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	var escaped []string
	for _, part := range parts {
		escaped = append(escaped, escape.Replace(part))
	}
	return fmt.Sprintf("(%s LIKE %s ESCAPE '\\')", f.text, quote(strings.Join(escaped, "%")))
}

// onlyText reports whether no Boolean, object or array prints as what the literal equals, so that
// the kind needs no look.
func onlyText(l *filterpattern.Literal) bool {
	if l.Kind != filterpattern.TextLiteral {
		return false
	}
	parts := l.Parts()
	first, last := parts[0], parts[len(parts)-1]
	return first != "" && !strings.Contains("{[tf", first[:1]) || last != "" && !strings.Contains("}]e", last[len(last)-1:])
}

// number compares with a number by value, and a string with its spelling. Whole numbers are exact, others
// doubles.
func (f field) number(c *filterpattern.Condition) string {
	operator := c.Op.String()
	double := fmt.Sprintf("TRY_CAST(%s AS DOUBLE)", f.text)
	cases := fmt.Sprintf("WHEN %s THEN isfinite(%s) AND %s %s %s::DOUBLE", f.isNumber(), double, double, operator, quote(c.Value.Text))
	if !strings.ContainsAny(c.Value.Text, ".eE") {
		cases = fmt.Sprintf("WHEN %s IN (%s) THEN TRY_CAST(%s AS HUGEINT) %s TRY_CAST(%s AS HUGEINT) ", f.kind, integers, f.text, operator, quote(c.Value.Text)) + cases
	}
	if !c.Op.Orders() {
		cases = fmt.Sprintf("WHEN %s = 'VARCHAR' THEN %s %s %s ", f.kind, f.text, operator, quote(c.Value.Text)) + cases
	}
	return "CASE " + cases + " END"
}
