package filterpattern

import "strings"

// A Document is a JSON pattern: a formula over the fields of a message that is
// one JSON object.
type Document struct{ Expr Expr }

// maxWildcards is how many selectors with a wildcard AWS admits in one pattern.
const maxWildcards = 3

// parseDocument reads { expr }; the scanner's last character is the brace.
func parseDocument(s *scanner) (Body, *SyntaxError) {
	s.accept("{")
	x, err := parseExpr(s, parseJSONCondition)
	if err != nil {
		return nil, err
	}
	s.skipBlanks()
	if s.pos != s.end-1 {
		return nil, s.unexpected("&&, || or the closing brace")
	}
	return Document{x}, checkDocument(x, s.end)
}

// parseJSONCondition reads selector operator literal, IS NULL, IS TRUE, IS
// FALSE or NOT EXISTS. Keywords may be in any case (recorded).
func parseJSONCondition(s *scanner) (Expr, *SyntaxError) {
	if c := s.peek(); c != '$' {
		return nil, s.unexpected("a selector such as $.errorCode")
	}
	selector, err := parseSelector(s)
	if err != nil {
		return nil, err
	}
	s.skipBlanks()
	c := &Condition{Selector: selector}
	pos := s.pos
	if word := s.take(isNameRune); word != "" {
		c.Op, err = parseTest(s, pos, word)
	} else {
		c.Op, c.Value, err = parseComparison(s)
	}
	return c, err
}

func parseTest(s *scanner, pos int, verb string) (Operator, *SyntaxError) {
	s.skipBlanks()
	noun := s.take(isNameRune)
	for op := IsNull; op <= NotExists; op++ {
		if strings.EqualFold(verb+" "+noun, op.String()) {
			return op, nil
		}
	}
	return 0, &SyntaxError{
		Pos: pos,
		Msg: sprintf("%q is not a test; the tests are IS NULL, IS TRUE, IS FALSE and NOT EXISTS", verb+" "+noun),
		AWS: awsInvalid,
	}
}

// checkDocument holds the limits on the whole formula.
func checkDocument(x Expr, end int) *SyntaxError {
	regexps, wildcards := 0, 0
	conditions(x, func(c *Condition) {
		if c.Value != nil && c.Value.Kind == RegexpLiteral {
			regexps++
		}
		if c.Selector.HasWildcard() {
			wildcards++
		}
	})
	if wildcards > maxWildcards {
		return &SyntaxError{Pos: end, Msg: sprintf("the pattern has %d selectors with a wildcard, AWS admits %d", wildcards, maxWildcards)}
	}
	return checkRegexps(regexps, end)
}

func (Document) kind() Kind { return JSON }

func (d Document) print(compact bool) string {
	text := printExpr(d.Expr, compact, (*Condition).print)
	if compact {
		return "{" + text + "}"
	}
	return "{ " + text + " }"
}

// match wants the message to be one JSON object and nothing else: with any
// other root, a text before it or after it, no JSON pattern matches (recorded).
func (d Document) match(m *Message) bool {
	event, ok := m.object()
	return ok && holds(d.Expr, func(c *Condition) bool { return c.holdsIn(event) })
}
