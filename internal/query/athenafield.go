package query

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
)

// absent is a place that no record has.
type absent struct{}

func (absent) condition(c *filterpattern.Condition) (string, error) {
	return fmt.Sprint(c.Op == filterpattern.NotExists), nil
}

// A column is a column of the table, or a member of one: NULL where the record has none
// and where it is null.
type column struct {
	expr, name string
	typ        Type
	path       []string
}

func (f column) condition(c *filterpattern.Condition) (string, error) {
	isJSON := f.typ.Kind == String && len(f.path) == 1 && cloudtrail.IsField(f.path) && !cloudtrail.HoldsText(f.path) && !cloudtrail.HoldsBoolean(f.path)
	switch {
	case c.Op == filterpattern.IsNull:
		return "", cannot(c, "the column %s does not tell null from absent", f.name).WithHint("--query duckdb and logs can say it")
	case isJSON && c.Op == filterpattern.NotExists:
		return "", cannot(c, "the column %s does not tell absent from null, which most records have there", f.name).WithHint("--query duckdb and logs can say it")
	case c.Op == filterpattern.NotExists:
		return "(" + f.expr + " IS NULL)", nil
	case isJSON:
		return "", cannot(c, "the column %s holds JSON; ask for something in it", f.name)
	}
	switch f.typ.Kind {
	case String:
		return f.string(c)
	case Boolean:
		return f.boolean(c, f.expr, "NOT "+f.expr)
	case Integer:
		if c.Op.Compares() && c.Value.Kind == filterpattern.NumberLiteral {
			return known(f.expr + " " + operator(c.Op) + " " + c.Value.Text), nil
		}
	case Struct, Array, Map:
		return "false", nil // no operator is true of them
	}
	return "", cannot(c, "the column %s is of the type %s, which does not say that", f.name, f.typ.Text).WithHint("--query duckdb and logs can say it")
}

// string is a condition on a column of the type string, which holds other values as text.
func (f column) string(c *filterpattern.Condition) (string, error) {
	if cloudtrail.HoldsBoolean(f.path) {
		return f.boolean(c, f.expr+" = 'true'", f.expr+" = 'false'")
	}
	text := cloudtrail.HoldsText(f.path)
	number := c.Value != nil && c.Value.Kind == filterpattern.NumberLiteral
	if !c.Op.Compares() || c.Op.Orders() || !text && (number || c.Op == filterpattern.NotEqual || !onlyText(c.Value)) {
		return "", cannot(c, "the column %s is a string, which does not tell numbers and Booleans from their text", f.name).
			WithHint("--query duckdb and logs can say it")
	}
	equal, err := athenaEquals(f.expr, c)
	if c.Op == filterpattern.NotEqual {
		equal = "NOT " + equal
	}
	return known(equal), err
}

// boolean is a condition on a column that holds Booleans, with which nothing compares.
func (f column) boolean(c *filterpattern.Condition, yes, no string) (string, error) {
	switch c.Op {
	case filterpattern.IsTrue:
		return known(yes), nil
	case filterpattern.IsFalse:
		return known(no), nil
	}
	return "", cannot(c, "%s holds true or false, with which a filter pattern compares nothing", strings.Join(f.path, ".")).
		WithHint("write IS TRUE or IS FALSE")
}

// operator is SQL's.
func operator(op filterpattern.Operator) string {
	if op == filterpattern.NotEqual {
		return "<>"
	}
	return op.String()
}

// athenaEquals compares a text with a text, with and without stars, or with a regular
// expression.
func athenaEquals(expr string, c *filterpattern.Condition) (string, error) {
	l := c.Value
	switch {
	case l.Kind == filterpattern.RegexpLiteral:
		re, err := portable(c)
		return "regexp_like(" + expr + ", " + quote(re) + ")", err
	case l.Kind == filterpattern.NumberLiteral || len(l.Parts()) == 1:
		return "(" + expr + " = " + quote(l.Text) + ")", nil
	}
	return "(" + expr + " LIKE " + quote(like(l.Parts())) + ` ESCAPE '\')`, nil
}

// A jsonPlace is a place in a column that holds JSON, by its number: j has it as JSON, s as
// text if it is a string, a number or a Boolean, k the first character of its JSON, which
// tells its kind.
type jsonPlace int

func (i jsonPlace) condition(c *filterpattern.Condition) (string, error) {
	j, k := fmt.Sprintf("j%d", i), fmt.Sprintf("k%d", i)
	switch c.Op {
	case filterpattern.IsNull:
		return known(fmt.Sprintf("%s = 'n' OR %s = '[' AND cardinality(filter(TRY_CAST(%s AS array(json)), e -> coalesce(json_format(e) = 'null', true))) > 0", k, k, j)), nil
	case filterpattern.IsTrue:
		return known(k + " = 't'"), nil
	case filterpattern.IsFalse:
		return known(k + " = 'f'"), nil
	case filterpattern.NotExists:
		return "(" + k + " IS NULL)", nil
	}
	s := fmt.Sprintf("s%d", i)
	if c.Value.Kind == filterpattern.NumberLiteral {
		return known(jsonNumber(s, k, c)), nil
	}
	equal, err := athenaEquals(s, c)
	if c.Op == filterpattern.NotEqual {
		equal = "NOT " + equal
	}
	return known("strpos('\"-0123456789', " + k + ") > 0 AND " + equal), err
}

// jsonNumber compares with a number by value, and a string with its spelling. Whole
// numbers are exact, others doubles.
func jsonNumber(s, k string, c *filterpattern.Condition) string {
	op := operator(c.Op)
	isNumber := "strpos('-0123456789', " + k + ") > 0"
	double := "TRY_CAST(" + s + " AS double)"
	cases := fmt.Sprintf("WHEN %s THEN is_finite(%s) AND %s %s CAST(%s AS double)", isNumber, double, double, op, quote(c.Value.Text))
	if isWhole(c.Value) {
		cases = fmt.Sprintf("WHEN %s AND regexp_like(%s, '^-?[0-9]{1,37}\\z') THEN TRY_CAST(%s AS decimal(38,0)) %s CAST(%s AS decimal(38,0)) ", isNumber, s, s, op, quote(c.Value.Text)) + cases
	}
	if !c.Op.Orders() {
		cases = fmt.Sprintf("WHEN %s = '\"' THEN %s %s %s ", k, s, op, quote(c.Value.Text)) + cases
	}
	return "CASE " + cases + " END"
}
