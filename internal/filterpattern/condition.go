package filterpattern

import "strings"

// A Condition compares what a selector names, or the text of a space-delimited
// field, with a literal.
type Condition struct {
	Selector Selector // of JSON patterns
	Field    string   // of space-delimited patterns
	Op       Operator
	Value    *Literal // for the operators that take one
}

// An Operator is the comparison of a condition.
type Operator uint8

// The operators. AWS's language spells all but the last two: only what
// [Pattern.Without] returns asks for Exists, and nothing that is parsed for
// Contains: a string, no number, in which a literal is found.
const (
	Equal Operator = iota
	NotEqual
	Less
	LessEqual
	Greater
	GreaterEqual
	IsNull
	IsTrue
	IsFalse
	NotExists
	Exists
	Contains
)

var operatorNames = [...]string{"=", "!=", "<", "<=", ">", ">=", "IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS", "EXISTS", "CONTAINS"}

// String returns the operator as AWS spells it.
func (o Operator) String() string { return operatorNames[o] }

// Orders reports whether the operator asks for a number's order.
func (o Operator) Orders() bool { return Less <= o && o <= GreaterEqual }

// Compares reports whether the operator takes a literal.
func (o Operator) Compares() bool { return o <= GreaterEqual }

// admits reports whether the operator accepts the outcome of a comparison:
// negative, zero or positive.
func (o Operator) admits(cmp int) bool {
	switch o {
	case Equal:
		return cmp == 0
	case NotEqual:
		return cmp != 0
	case Less:
		return cmp < 0
	case LessEqual:
		return cmp <= 0
	case Greater:
		return cmp > 0
	case GreaterEqual:
		return cmp >= 0
	}
	return false
}

// parseComparison reads an operator and its literal.
func parseComparison(s *scanner) (Operator, *Literal, *SyntaxError) {
	op, err := parseOperator(s)
	if err != nil {
		return 0, nil, err
	}
	s.skipBlanks()
	pos := s.pos
	value, err := parseLiteral(s)
	if err != nil {
		return 0, nil, err
	}
	if op.Orders() && value.Kind != NumberLiteral {
		return 0, nil, &SyntaxError{Pos: pos, Msg: sprintf("%s compares numbers, and this is none", op), AWS: awsInvalid}
	}
	return op, value, nil
}

// parseOperator takes all characters that look like an operator, so that ==,
// <> and =~ are reported as what they are. AWS rejects them (recorded).
func parseOperator(s *scanner) (Operator, *SyntaxError) {
	pos := s.pos
	text := s.take(func(r rune) bool { return strings.ContainsRune("=!<>~", r) })
	for op := Equal; op <= GreaterEqual; op++ {
		if text == operatorNames[op] {
			return op, nil
		}
	}
	if text == "" {
		return 0, s.unexpected("one of = != < <= > >=")
	}
	return 0, &SyntaxError{Pos: pos, Msg: sprintf("%s is not an operator of filter patterns", text), AWS: awsInvalid}
}

// Key identifies the condition: conditions with one key answer alike.
func (c *Condition) Key() string { return c.print(true) }

// String returns the condition in canonical form.
func (c *Condition) String() string { return c.print(false) }

func (c *Condition) print(compact bool) string {
	subject := c.Field
	if subject == "" {
		subject = c.Selector.String()
	}
	switch {
	case c.Value == nil:
		return subject + " " + c.Op.String()
	case compact && c.Op.Compares():
		return subject + c.Op.String() + c.Value.print(true)
	}
	return subject + " " + c.Op.String() + " " + c.Value.print(false)
}
