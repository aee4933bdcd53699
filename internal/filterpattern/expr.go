package filterpattern

// An expr is a Boolean formula over conditions. The interface is sealed: and,
// or, *condition and constant are all there are. Nested ands and ors of the
// same kind are flat, and both have at least two operands.
type expr interface {
	precedence() int
}

type (
	and      []expr
	or       []expr
	constant bool // only in what Without returns
)

func (or) precedence() int         { return 1 }
func (and) precedence() int        { return 2 }
func (*condition) precedence() int { return 3 }
func (constant) precedence() int   { return 3 }

// conjunction joins operands with &&, flat and without constants.
func conjunction(operands ...expr) expr {
	var flat and
	for _, x := range operands {
		switch x := x.(type) {
		case and:
			flat = append(flat, x...)
		case constant:
			if !x {
				return x
			}
		default:
			flat = append(flat, x)
		}
	}
	switch len(flat) {
	case 0:
		return constant(true)
	case 1:
		return flat[0]
	}
	return flat
}

// disjunction joins operands with ||, flat and without constants.
func disjunction(operands ...expr) expr {
	var flat or
	for _, x := range operands {
		switch x := x.(type) {
		case or:
			flat = append(flat, x...)
		case constant:
			if x {
				return x
			}
		default:
			flat = append(flat, x)
		}
	}
	switch len(flat) {
	case 0:
		return constant(false)
	case 1:
		return flat[0]
	}
	return flat
}

// holds evaluates x, asking leaf about conditions.
func holds(x expr, leaf func(*condition) bool) bool {
	switch x := x.(type) {
	case and:
		for _, operand := range x {
			if !holds(operand, leaf) {
				return false
			}
		}
		return true
	case or:
		for _, operand := range x {
			if holds(operand, leaf) {
				return true
			}
		}
		return false
	case *condition:
		return leaf(x)
	case constant:
		return bool(x)
	}
	return false
}

// conditions calls visit for every condition, in reading order.
func conditions(x expr, visit func(*condition)) {
	switch x := x.(type) {
	case and:
		for _, operand := range x {
			conditions(operand, visit)
		}
	case or:
		for _, operand := range x {
			conditions(operand, visit)
		}
	case *condition:
		visit(x)
	}
}

// parseExpr reads operands of leaf joined by && and ||, with parentheses;
// && binds tighter. The nesting is bounded by MaxLength.
func parseExpr(s *scanner, leaf func(*scanner) (expr, *SyntaxError)) (expr, *SyntaxError) {
	return parseJoined(s, "||", disjunction, func(s *scanner) (expr, *SyntaxError) {
		return parseJoined(s, "&&", conjunction, func(s *scanner) (expr, *SyntaxError) {
			return parseOperand(s, leaf)
		})
	})
}

func parseJoined(s *scanner, operator string, join func(...expr) expr, operand func(*scanner) (expr, *SyntaxError)) (expr, *SyntaxError) {
	var operands []expr
	for {
		x, err := operand(s)
		if err != nil {
			return nil, err
		}
		operands = append(operands, x)
		s.skipBlanks()
		if !s.accept(operator) {
			return join(operands...), nil
		}
	}
}

func parseOperand(s *scanner, leaf func(*scanner) (expr, *SyntaxError)) (expr, *SyntaxError) {
	s.skipBlanks()
	if !s.accept("(") {
		return leaf(s)
	}
	x, err := parseExpr(s, leaf)
	if err != nil {
		return nil, err
	}
	s.skipBlanks()
	if !s.accept(")") {
		return nil, s.unexpected("a closing parenthesis, && or ||")
	}
	return x, nil
}

// printExpr writes x with parentheses only where precedence asks for them.
func printExpr(x expr, compact bool, leaf func(*condition, bool) string) string {
	join := func(operands []expr, operator string) string {
		if !compact {
			operator = " " + operator + " "
		}
		text := ""
		for i, operand := range operands {
			if i > 0 {
				text += operator
			}
			if operand.precedence() < x.precedence() {
				text += "(" + printExpr(operand, compact, leaf) + ")"
			} else {
				text += printExpr(operand, compact, leaf)
			}
		}
		return text
	}
	switch x := x.(type) {
	case and:
		return join(x, "&&")
	case or:
		return join(x, "||")
	case *condition:
		return leaf(x, compact)
	case constant:
		return sprintf("%t", bool(x))
	}
	return ""
}
