package filterpattern

// An Expr is a Boolean formula over conditions. The interface is sealed: And,
// Or, *Condition and Constant are all there are. Nested Ands and Ors of the
// same kind are flat, and both have at least two operands.
type Expr interface {
	precedence() int
}

type (
	And      []Expr
	Or       []Expr
	Constant bool // only in what Without returns
)

func (Or) precedence() int         { return 1 }
func (And) precedence() int        { return 2 }
func (*Condition) precedence() int { return 3 }
func (Constant) precedence() int   { return 3 }

// conjunction joins operands with &&, flat and without constants.
func conjunction(operands ...Expr) Expr {
	var flat And
	for _, x := range operands {
		switch x := x.(type) {
		case And:
			flat = append(flat, x...)
		case Constant:
			if !x {
				return x
			}
		default:
			flat = append(flat, x)
		}
	}
	switch len(flat) {
	case 0:
		return Constant(true)
	case 1:
		return flat[0]
	}
	return flat
}

// disjunction joins operands with ||, flat and without constants.
func disjunction(operands ...Expr) Expr {
	var flat Or
	for _, x := range operands {
		switch x := x.(type) {
		case Or:
			flat = append(flat, x...)
		case Constant:
			if x {
				return x
			}
		default:
			flat = append(flat, x)
		}
	}
	switch len(flat) {
	case 0:
		return Constant(false)
	case 1:
		return flat[0]
	}
	return flat
}

// holds evaluates x, asking leaf about conditions.
func holds(x Expr, leaf func(*Condition) bool) bool {
	switch x := x.(type) {
	case And:
		for _, operand := range x {
			if !holds(operand, leaf) {
				return false
			}
		}
		return true
	case Or:
		for _, operand := range x {
			if holds(operand, leaf) {
				return true
			}
		}
		return false
	case *Condition:
		return leaf(x)
	case Constant:
		return bool(x)
	}
	return false
}

// conditions calls visit for every condition, in reading order.
func conditions(x Expr, visit func(*Condition)) {
	switch x := x.(type) {
	case And:
		for _, operand := range x {
			conditions(operand, visit)
		}
	case Or:
		for _, operand := range x {
			conditions(operand, visit)
		}
	case *Condition:
		visit(x)
	}
}

// parseExpr reads operands of leaf joined by && and ||, with parentheses;
// && binds tighter. The nesting is bounded by MaxLength.
func parseExpr(s *scanner, leaf func(*scanner) (Expr, *SyntaxError)) (Expr, *SyntaxError) {
	return parseJoined(s, "||", disjunction, func(s *scanner) (Expr, *SyntaxError) {
		return parseJoined(s, "&&", conjunction, func(s *scanner) (Expr, *SyntaxError) {
			return parseOperand(s, leaf)
		})
	})
}

func parseJoined(s *scanner, operator string, join func(...Expr) Expr, operand func(*scanner) (Expr, *SyntaxError)) (Expr, *SyntaxError) {
	var operands []Expr
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

func parseOperand(s *scanner, leaf func(*scanner) (Expr, *SyntaxError)) (Expr, *SyntaxError) {
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
func printExpr(x Expr, compact bool, leaf func(*Condition, bool) string) string {
	join := func(operands []Expr, operator string) string {
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
	case And:
		return join(x, "&&")
	case Or:
		return join(x, "||")
	case *Condition:
		return leaf(x, compact)
	case Constant:
		return sprintf("%t", bool(x))
	}
	return ""
}
