package filterpattern

import "strings"

// A line is a space-delimited pattern: one entry per field of the message,
// with an ellipsis for any number of fields.
type line []field

// A field is one entry between commas.
type field struct {
	ellipsis bool
	name     string // empty for a field without a name
	test     expr   // nil for a field without conditions
}

// parseLine reads [field, field, ...]; the scanner's last character is the
// bracket. [] has no fields and matches every message (recorded).
func parseLine(s *scanner) (body, *SyntaxError) {
	s.accept("[")
	if s.skipBlanks(); s.pos == s.end-1 {
		return line(nil), nil
	}
	var fields line
	for {
		f, err := parseField(s)
		if err != nil {
			return nil, err
		}
		fields = append(fields, f)
		switch s.skipBlanks(); {
		case s.pos == s.end-1:
			return fields, checkLine(fields, s.pos)
		case !s.accept(","):
			return nil, s.unexpected("a comma or the closing bracket")
		}
	}
}

func parseField(s *scanner) (field, *SyntaxError) {
	s.skipBlanks()
	if s.accept("...") {
		return field{ellipsis: true}, nil
	}
	if s.endsField() {
		return field{}, nil
	}
	if start := *s; s.peek() != '(' {
		name, err := parseFieldName(s)
		if err != nil {
			return field{}, err
		}
		if s.skipBlanks(); s.endsField() {
			return field{name: name}, nil
		}
		*s = start
	}
	test, err := parseExpr(s, parseFieldCondition)
	if err != nil {
		return field{}, err
	}
	return newField(test, s.pos)
}

func (s *scanner) endsField() bool { return s.peek() == ',' || s.peek() == ']' }

// newField names the field after its conditions, which must agree.
func newField(test expr, pos int) (f field, err *SyntaxError) {
	f.test = test
	conditions(test, func(c *condition) {
		if f.name == "" {
			f.name = c.field
		}
		if f.name != c.field && err == nil {
			err = &SyntaxError{
				Pos: pos,
				Msg: sprintf("one field is called %s and %s", f.name, c.field),
				AWS: sprintf("Multiple variables used in a single filter. Var1 : %s, Var2 : %s", f.name, c.field),
			}
		}
	})
	return f, err
}

func parseFieldCondition(s *scanner) (expr, *SyntaxError) {
	name, err := parseFieldName(s)
	if err != nil {
		return nil, err
	}
	s.skipBlanks()
	op, value, err := parseComparison(s)
	return &condition{field: name, op: op, value: value}, err
}

// parseFieldName reads a name; a digit cannot start it (recorded).
func parseFieldName(s *scanner) (string, *SyntaxError) {
	pos := s.pos
	name := s.take(isNameRune)
	switch {
	case name == "" && strings.IndexByte("()=!<>&|]", s.peek()) >= 0:
		return "", s.unexpected("a field name")
	case name == "":
		return "", s.stray(pos, "this cannot start a field name")
	case isDigit(rune(name[0])) || name[0] == '-':
		return "", &SyntaxError{Pos: pos, Msg: "a field name starts with a letter", AWS: awsCharacters(name)}
	}
	return name, nil
}

// checkLine holds the limits on the whole pattern.
func checkLine(fields line, end int) *SyntaxError {
	seen := map[string]bool{}
	regexes := 0
	for _, f := range fields {
		name := f.name
		if f.ellipsis {
			name = "..."
		}
		if name != "" && seen[name] {
			return &SyntaxError{Pos: end, Msg: name + " occurs twice", AWS: sprintf("Duplicate field '%s'", name)}
		}
		seen[name] = true
		conditions(f.test, func(c *condition) {
			if c.value.kind == regexLiteral {
				regexes++
			}
		})
	}
	return checkRegexes(regexes, end)
}

func checkRegexes(n, end int) *SyntaxError {
	if n <= maxRegexes {
		return nil
	}
	return &SyntaxError{
		Pos: end,
		Msg: sprintf("the pattern has %d regular expressions, AWS admits %d", n, maxRegexes),
		AWS: "maximum of 2 regular expressions per filter pattern.",
	}
}

func (line) kind() Kind { return SpaceDelimited }

func (l line) print(compact bool) string {
	separator := ", "
	if compact {
		separator = ","
	}
	texts := make([]string, len(l))
	for i, f := range l {
		switch {
		case f.ellipsis:
			texts[i] = "..."
		case f.test != nil:
			texts[i] = printExpr(f.test, compact, (*condition).print)
		default:
			texts[i] = f.name
		}
	}
	return "[" + strings.Join(texts, separator) + "]"
}
