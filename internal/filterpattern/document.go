package filterpattern

import "strings"

// A document is a JSON pattern: a formula over the fields of a message that is
// one JSON object.
type document struct{ expr expr }

// maxWildcards is how many selectors with a wildcard AWS admits in one pattern.
const maxWildcards = 3

// parseDocument reads { expr }; the scanner's last character is the brace.
func parseDocument(s *scanner) (body, *SyntaxError) {
	s.accept("{")
	x, err := parseExpr(s, parseJSONCondition)
	if err != nil {
		return nil, err
	}
	s.skipBlanks()
	if s.pos != s.end-1 {
		return nil, s.unexpected("&&, || or the closing brace")
	}
	return document{x}, checkDocument(x, s.end)
}

// parseJSONCondition reads selector operator literal, IS NULL, IS TRUE, IS
// FALSE or NOT EXISTS. Keywords may be in any case (recorded).
func parseJSONCondition(s *scanner) (expr, *SyntaxError) {
	if c := s.peek(); c != '$' {
		return nil, s.unexpected("a selector such as $.errorCode")
	}
	selector, err := parseSelector(s)
	if err != nil {
		return nil, err
	}
	s.skipBlanks()
	c := &condition{selector: selector}
	pos := s.pos
	if word := s.take(isNameRune); word != "" {
		c.op, err = parseTest(s, pos, word)
	} else {
		c.op, c.value, err = parseComparison(s)
	}
	return c, err
}

func parseTest(s *scanner, pos int, verb string) (operator, *SyntaxError) {
	s.skipBlanks()
	noun := s.take(isNameRune)
	for op := isNull; op <= notExists; op++ {
		if strings.EqualFold(verb+" "+noun, op.String()) {
			return op, nil
		}
	}
	return 0, &SyntaxError{
		Pos: pos,
		Msg: sprintf("%q is no test; there are IS NULL, IS TRUE, IS FALSE and NOT EXISTS", verb+" "+noun),
		AWS: awsInvalid,
	}
}

// checkDocument holds the limits on the whole formula.
func checkDocument(x expr, end int) *SyntaxError {
	regexes, wildcards := 0, 0
	conditions(x, func(c *condition) {
		if c.value != nil && c.value.kind == regexLiteral {
			regexes++
		}
		if c.selector.HasWildcard() {
			wildcards++
		}
	})
	if wildcards > maxWildcards {
		return &SyntaxError{Pos: end, Msg: sprintf("the pattern has %d selectors with a wildcard, AWS admits %d", wildcards, maxWildcards)}
	}
	return checkRegexes(regexes, end)
}

func (document) kind() Kind { return JSON }

func (d document) print(compact bool) string {
	text := printExpr(d.expr, compact, (*condition).print)
	if compact {
		return "{" + text + "}"
	}
	return "{ " + text + " }"
}

// match wants the message to be one JSON object and nothing else: with any
// other root, a text before it or after it, no JSON pattern matches (recorded).
func (d document) match(m *Message) bool {
	event, ok := m.object()
	return ok && holds(d.expr, func(c *condition) bool { return c.holdsIn(event) })
}
