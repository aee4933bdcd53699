package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A dialect says conditions in the language of an engine. What it returns is true or
// false, never NULL.
type dialect interface {
	condition(*filterpattern.Condition) (string, error)
	words() words
}

// words are the operators between conditions.
type words struct{ and, or, not string }

var sqlWords = words{" AND ", " OR ", "NOT "}

// formulas returns the patterns of a query as formulas of a dialect.
func (q Query) formulas(d dialect) ([]string, error) {
	var out []string
	for _, p := range q.patterns() {
		text, err := formula(p, d)
		if err != nil {
			return nil, diag.At(q.titleOf(p), err)
		}
		out = append(out, text)
	}
	return out, nil
}

// formula returns one pattern as a formula.
func formula(p *filterpattern.Pattern, d dialect) (string, error) {
	switch body := p.Body().(type) {
	case filterpattern.Document:
		return expression(body.Expr, d)
	case filterpattern.Empty:
		return "true", nil // matches every event
	}
	return "", diag.New("", "%s is no JSON pattern, and this engine sees fields, not the text of the event", p).
		WithHint("--query logs takes patterns of every kind")
}

func expression(x filterpattern.Expr, d dialect) (string, error) {
	switch x := x.(type) {
	case filterpattern.And:
		return join(x, d.words().and, d)
	case filterpattern.Or:
		return join(x, d.words().or, d)
	case filterpattern.Constant:
		return fmt.Sprint(bool(x)), nil
	case *filterpattern.Condition:
		if x.Op > filterpattern.NotExists {
			return "", cannot(x, "is not an operator of filter patterns")
		}
		return d.condition(x)
	}
	return "", fmt.Errorf("no formula of %T", x)
}

func join(operands []filterpattern.Expr, operator string, d dialect) (string, error) {
	var all []string
	for _, operand := range operands {
		text, err := expression(operand, d)
		if err != nil {
			return "", err
		}
		all = append(all, text)
	}
	return "(" + strings.Join(all, operator) + ")", nil
}

// cannot is the error of a condition that a dialect cannot say.
func cannot(c *filterpattern.Condition, format string, args ...any) *diag.Diagnostic {
	return diag.New("", "%s: %s", c, fmt.Sprintf(format, args...))
}

// counted returns what a column counts, in terms of its patterns by their numbers.
func (q Query) counted(c Column, w words, name func(i int) string) string {
	all := q.patterns()
	var parts []string
	for _, p := range c.All {
		parts = append(parts, name(indexOf(all, p)))
	}
	for _, p := range c.None {
		parts = append(parts, w.not+name(indexOf(all, p)))
	}
	return strings.Join(slices.Compact(parts), w.and)
}

// checkValue refuses what no text and no number of SQL can hold.
func checkValue(c *filterpattern.Condition) error {
	switch l := c.Value; {
	case l == nil:
	case strings.Contains(l.Text, "\x00"):
		return cannot(c, "a text of SQL has no NUL")
	case l.Kind == filterpattern.NumberLiteral && l.Number.Digits != "":
		if double, _ := strconv.ParseFloat(l.Text, 64); double == 0 {
			return cannot(c, "the number is so small that SQL takes it for 0")
		}
	}
	return nil
}

// isWhole reports whether a number is a whole one that the widest integers of the engines
// hold: Trino's have 38 digits.
func isWhole(l *filterpattern.Literal) bool {
	return !strings.ContainsAny(l.Text, ".eE") && len(l.Text) < 38
}
