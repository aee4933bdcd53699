package filterpattern

import (
	"strconv"
	"strings"
)

// A Selector names a place in a JSON event, such as $.users[0].name. With a
// wildcard step it names any number of places. The empty Selector is the event
// itself.
type Selector []Step

// A Step leads from a value to one below it.
type Step struct {
	Kind  StepKind
	Name  string // for Property
	Index int    // for Element
}

// StepKind says how a step leads on.
type StepKind uint8

// The kinds of steps.
const (
	Property StepKind = iota // .name or .['any name']: into an object
	Element                  // [0]: into an array
	Wildcard                 // [*] or .*: every element of an array, every value of an object
)

// maxIndex bounds array indices; AWS's own bound is not known.
const maxIndex = 1<<31 - 1

// ParseSelector reads a selector such as $.requestParameters.items[0].cidrIp.
func ParseSelector(src string) (Selector, error) {
	s, err := newScanner(src)
	if err != nil {
		return nil, err
	}
	sel, err := parseSelector(s)
	if err != nil {
		return nil, err
	}
	if !s.atEnd() {
		return nil, s.unexpected("the selector's end")
	}
	return sel, nil
}

// HasWildcard reports whether the selector can name several places.
func (s Selector) HasWildcard() bool { return s.WildcardIndex() >= 0 }

// Names returns the property names on the way, without indexes and wildcards.
func (s Selector) Names() []string {
	var names []string
	for _, step := range s {
		if step.Kind == Property {
			names = append(names, step.Name)
		}
	}
	return names
}

// WildcardIndex returns the position of the wildcard step, -1 without one.
func (s Selector) WildcardIndex() int {
	for i, step := range s {
		if step.Kind == Wildcard {
			return i
		}
	}
	return -1
}

// String returns the selector as AWS spells it. The two spellings of a
// wildcard mean the same (recorded) and print as [*], except for $.* which has
// only one.
func (s Selector) String() string {
	var b strings.Builder
	b.WriteByte('$')
	for i, step := range s {
		switch {
		case step.Kind == Wildcard && i == 0:
			b.WriteString(".*")
		case step.Kind == Wildcard:
			b.WriteString("[*]")
		case step.Kind == Element:
			b.WriteString("[" + strconv.Itoa(step.Index) + "]")
		case isName(step.Name):
			b.WriteString("." + step.Name)
		default:
			b.WriteString(".['" + step.Name + "']")
		}
	}
	return b.String()
}

func isName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !isNameRune(r) }) < 0
}

// parseSelector reads one selector and leaves the scanner after it.
func parseSelector(s *scanner) (Selector, *SyntaxError) {
	start, token := s.pos, s.pos
	var sel Selector
	if !s.accept("$") {
		return sel, s.unexpected("a selector such as $.errorCode")
	}
	if s.peek() != '.' {
		return sel, s.stray(start, "a selector goes on with a dot and a name after the $")
	}
	for s.peek() == '.' || s.peek() == '[' {
		step, err := parseStep(s, &token)
		if err != nil {
			return sel, err
		}
		sel = append(sel, step)
	}
	return sel, sel.checkWildcards(start)
}

// parseStep reads one step. token is where AWS's lexer would say that the
// broken token starts: after the last complete step.
func parseStep(s *scanner, token *int) (Step, *SyntaxError) {
	step, why := scanStep(s)
	if why != "" {
		return step, s.stray(*token, why)
	}
	*token = s.pos
	return step, nil
}

func scanStep(s *scanner) (step Step, why string) {
	if s.accept("[") {
		return scanBracket(s)
	}
	s.accept(".")
	switch {
	case s.accept("*"):
		return Step{Kind: Wildcard}, ""
	case s.accept("["):
		return scanQuotedName(s)
	}
	name := s.take(isNameRune)
	if name == "" {
		return step, "a name is missing here"
	}
	return Step{Name: name}, ""
}

func scanQuotedName(s *scanner) (step Step, why string) {
	if !s.accept("'") {
		return step, "a name in brackets needs single quotes: .['name']"
	}
	name := s.take(func(r rune) bool { return r != '\'' })
	if !s.accept("'") || !s.accept("]") {
		return step, "a name in brackets ends with a quote and a bracket: .['name']"
	}
	return Step{Name: name}, ""
}

func scanBracket(s *scanner) (step Step, why string) {
	step = Step{Kind: Wildcard}
	if !s.accept("*") {
		digits := s.take(isDigit)
		n, err := strconv.Atoi(digits)
		if err != nil || n > maxIndex {
			return step, "an index is a number or a star: [0] or [*]"
		}
		step = Step{Kind: Element, Index: n}
	}
	if !s.accept("]") {
		return step, "an index ends with a bracket"
	}
	return step, ""
}

func (s Selector) checkWildcards(pos int) *SyntaxError {
	n := 0
	for _, step := range s {
		if step.Kind == Wildcard {
			n++
		}
	}
	if n <= 1 {
		return nil
	}
	return &SyntaxError{
		Pos: pos,
		Msg: sprintf("the selector has %d wildcards, AWS admits one", n),
		AWS: "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.",
	}
}
