package filterpattern

import (
	"slices"
	"strings"
)

// A Line is a space-delimited pattern: one entry per field of the message,
// with an ellipsis for any number of fields.
type Line []Field

// A Field is one entry between commas.
type Field struct {
	Ellipsis bool
	Name     string // empty for a field without a name
	Test     Expr   // nil for a field without conditions
}

// parseLine reads [field, field, ...]; the scanner's last character is the
// bracket. [] has no fields and matches every message (recorded).
func parseLine(s *scanner) (Body, *SyntaxError) {
	s.accept("[")
	if s.skipBlanks(); s.pos == s.end-1 {
		return Line(nil), nil
	}
	var fields Line
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

func parseField(s *scanner) (Field, *SyntaxError) {
	s.skipBlanks()
	if s.accept("...") {
		return Field{Ellipsis: true}, nil
	}
	if s.endsField() {
		return Field{}, nil
	}
	if start := *s; s.peek() != '(' {
		name, err := parseFieldName(s)
		if err != nil {
			return Field{}, err
		}
		if s.skipBlanks(); s.endsField() {
			return Field{Name: name}, nil
		}
		*s = start
	}
	test, err := parseExpr(s, parseFieldCondition)
	if err != nil {
		return Field{}, err
	}
	return newField(test, s.pos)
}

func (s *scanner) endsField() bool { return s.peek() == ',' || s.peek() == ']' }

// newField names the field after its conditions, which must agree.
func newField(test Expr, pos int) (f Field, err *SyntaxError) {
	f.Test = test
	conditions(test, func(c *Condition) {
		if f.Name == "" {
			f.Name = c.Field
		}
		if f.Name != c.Field && err == nil {
			err = &SyntaxError{
				Pos: pos,
				Msg: sprintf("one field is called %s and %s", f.Name, c.Field),
				AWS: sprintf("Multiple variables used in a single filter. Var1 : %s, Var2 : %s", f.Name, c.Field),
			}
		}
	})
	return f, err
}

func parseFieldCondition(s *scanner) (Expr, *SyntaxError) {
	name, err := parseFieldName(s)
	if err != nil {
		return nil, err
	}
	s.skipBlanks()
	op, value, err := parseComparison(s)
	return &Condition{Field: name, Op: op, Value: value}, err
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
func checkLine(fields Line, end int) *SyntaxError {
	seen := map[string]bool{}
	regexps := 0
	for _, f := range fields {
		name := f.Name
		if f.Ellipsis {
			name = "..."
		}
		if name != "" && seen[name] {
			return &SyntaxError{Pos: end, Msg: name + " occurs twice", AWS: sprintf("Duplicate field '%s'", name)}
		}
		seen[name] = true
		conditions(f.Test, func(c *Condition) {
			if c.Value.Kind == RegexpLiteral {
				regexps++
			}
		})
	}
	return checkRegexps(regexps, end)
}

func checkRegexps(n, end int) *SyntaxError {
	if n <= maxRegexps {
		return nil
	}
	return &SyntaxError{
		Pos: end,
		Msg: sprintf("the pattern has %d regular expressions, AWS admits %d", n, maxRegexps),
		AWS: "maximum of 2 regular expressions per filter pattern.",
	}
}

func (Line) kind() Kind { return SpaceDelimited }

// String returns the pattern in canonical form.
func (l Line) String() string { return l.print(false) }

func (l Line) print(compact bool) string {
	separator := ", "
	if compact {
		separator = ","
	}
	texts := make([]string, len(l))
	for i, f := range l {
		switch {
		case f.Ellipsis:
			texts[i] = "..."
		case f.Test != nil:
			texts[i] = printExpr(f.Test, compact, (*Condition).print)
		default:
			texts[i] = f.Name
		}
	}
	return "[" + strings.Join(texts, separator) + "]"
}

// match gives the message's words to the fields. Each field takes one word,
// the ellipsis any number, and a last field that no ellipsis precedes takes
// all that remain (recorded).
func (l Line) match(m *Message) bool {
	message := m.text()
	if len(l) == 0 {
		return true
	}
	values, ok := l.assign(splitWords(string(message)), string(message))
	if !ok {
		return false
	}
	for i, f := range l {
		if f.Test != nil && !holds(f.Test, func(c *Condition) bool { return c.holdsInWord(values[i]) }) {
			return false
		}
	}
	return true
}

// assign returns one text per field, empty for the ellipsis; ok is false if
// the message has fewer words than the pattern has fields.
func (l Line) assign(words []word, message string) (values []string, ok bool) {
	values = make([]string, len(l))
	before := slices.IndexFunc(l, func(f Field) bool { return f.Ellipsis })
	if before >= 0 {
		after := len(l) - before - 1
		if len(words) < before+after {
			return nil, false
		}
		for i := range before {
			values[i] = words[i].text
		}
		for i := range after {
			values[len(l)-1-i] = words[len(words)-1-i].text
		}
		return values, true
	}
	if len(words) < len(l) {
		return nil, false
	}
	for i := range l {
		values[i] = words[i].text
	}
	if last := len(l) - 1; len(words) > len(l) {
		values[last] = message[words[last].start:words[len(words)-1].end]
	}
	return values, true
}

// holdsInWord compares a field's text. A number without quotes compares by
// value (recorded); a text that is not a number differs from every number.
func (c *Condition) holdsInWord(text string) bool {
	if c.Value.Kind != NumberLiteral {
		return c.Value.Matches(text) == (c.Op == Equal)
	}
	d, ok := parseDecimal(text)
	if !ok {
		return c.Op == NotEqual
	}
	return c.Op.admits(d.cmp(c.Value.Number))
}

// A word is one field of a message: text between blanks, or what is in
// quotes or square brackets, without them.
type word struct {
	text       string
	start, end int // in the message, with quotes and brackets
}

// splitWords splits at blanks. A quote or bracket groups only where a word
// starts and only if its partner follows (recorded: in 'x "y z' there are
// three words).
func splitWords(message string) []word {
	lastPartner := map[byte]int{
		'"': strings.LastIndexByte(message, '"'),
		'[': strings.LastIndexByte(message, ']'),
	}
	var words []word
	for i := 0; i < len(message); {
		if isBlank(message[i]) {
			i++
			continue
		}
		w := plainWord(message, i)
		if last, groups := lastPartner[message[i]]; groups && last > i {
			w = groupedWord(message, i)
		}
		words = append(words, w)
		i = w.end
	}
	return words
}

func plainWord(message string, start int) word {
	end := len(message)
	if n := strings.IndexAny(message[start:], blanks); n >= 0 {
		end = start + n
	}
	return word{message[start:end], start, end}
}

func groupedWord(message string, start int) word {
	partner := byte('"')
	if message[start] == '[' {
		partner = ']'
	}
	n := strings.IndexByte(message[start+1:], partner)
	return word{message[start+1 : start+1+n], start, start + n + 2}
}
