package filterpattern

import "strings"

// A condition compares what a selector names, or the text of a space-delimited
// field, with a literal.
type condition struct {
	selector Selector // JSON patterns
	field    string   // space-delimited patterns
	op       operator
	value    *literal // for the operators that take one
}

// An operator is a condition's verb.
type operator uint8

const (
	equal operator = iota
	notEqual
	less
	lessEqual
	greater
	greaterEqual
	isNull
	isTrue
	isFalse
	notExists
	exists   // has no spelling in AWS's language; only in what Without returns
	contains // has none either; a string, no number, in which a literal is found
)

var operatorNames = [...]string{"=", "!=", "<", "<=", ">", ">=", "IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS", "EXISTS", "CONTAINS"}

func (o operator) String() string { return operatorNames[o] }

// orders reports whether the operator asks for a number's order.
func (o operator) orders() bool { return less <= o && o <= greaterEqual }

// compares reports whether the operator takes a literal.
func (o operator) compares() bool { return o <= greaterEqual }

// admits reports whether the operator accepts the outcome of a comparison:
// negative, zero or positive.
func (o operator) admits(cmp int) bool {
	switch o {
	case equal:
		return cmp == 0
	case notEqual:
		return cmp != 0
	case less:
		return cmp < 0
	case lessEqual:
		return cmp <= 0
	case greater:
		return cmp > 0
	case greaterEqual:
		return cmp >= 0
	}
	return false
}

// parseComparison reads an operator and its literal.
func parseComparison(s *scanner) (operator, *literal, *SyntaxError) {
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
	if op.orders() && value.kind != numberLiteral {
		return 0, nil, &SyntaxError{Pos: pos, Msg: sprintf("%s compares numbers, and this is none", op), AWS: awsInvalid}
	}
	return op, value, nil
}

// parseOperator takes all characters that look like an operator, so that ==,
// <> and =~ are reported as what they are. AWS rejects them (recorded).
func parseOperator(s *scanner) (operator, *SyntaxError) {
	pos := s.pos
	text := s.take(func(r rune) bool { return strings.ContainsRune("=!<>~", r) })
	for op := equal; op <= greaterEqual; op++ {
		if text == operatorNames[op] {
			return op, nil
		}
	}
	if text == "" {
		return 0, s.unexpected("one of = != < <= > >=")
	}
	return 0, &SyntaxError{Pos: pos, Msg: sprintf("%s is no operator of filter patterns", text), AWS: awsInvalid}
}

// key identifies the condition: conditions with one key answer alike.
func (c *condition) key() string { return c.print(true) }

func (c *condition) print(compact bool) string {
	subject := c.field
	if subject == "" {
		subject = c.selector.String()
	}
	switch {
	case c.value == nil:
		return subject + " " + c.op.String()
	case compact && c.op.compares():
		return subject + c.op.String() + c.value.print(true)
	}
	return subject + " " + c.op.String() + " " + c.value.print(false)
}
