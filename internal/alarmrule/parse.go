package alarmrule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a rule may not exceed. AWS allows 10,240 characters and 500 elements; no rule that people write nests deeper.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
const (
	MaxLength = 10_240
	MaxDepth  = 100
)

// SyntaxError is a rule that does not parse, and where.
type SyntaxError struct {
	Offset  int // in bytes
	Column  int // in characters, from 1
	Message string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("alarm rule, character %d: %s", e.Column, e.Message)
}

// Parse reads a rule. Its errors are *SyntaxError.
func Parse(rule string) (*Rule, error) {
	if n := utf8.RuneCountInString(rule); n > MaxLength {
		return nil, &SyntaxError{Column: 1, Message: fmt.Sprintf("the rule has %d characters, more than %d", n, MaxLength)}
	}
	p := &parser{text: rule}
	root := p.or(0)
	p.blanks()
	if p.err == nil && p.at < len(p.text) {
		p.fail(p.at, "expected AND, OR or the end of the rule, not %s", p.here())
	}
	if p.err != nil {
		return nil, p.err
	}
	return &Rule{root: root, refs: p.refs, open: p.open}, nil
}

// parser is a recursive descent; after an error it only falls through.
type parser struct {
	text string
	at   int
	refs []Ref
	open bool
	err  error
}

func (p *parser) fail(at int, format string, args ...any) {
	if p.err == nil {
		p.err = &SyntaxError{Offset: at, Column: 1 + utf8.RuneCountInString(p.text[:at]), Message: fmt.Sprintf(format, args...)}
	}
}

func (p *parser) or(depth int) node {
	parts := some{p.and(depth)}
	for p.err == nil && p.keyword("OR") {
		parts = append(parts, p.and(depth))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts
}

func (p *parser) and(depth int) node {
	parts := all{p.term(depth)}
	for p.err == nil && p.keyword("AND") {
		parts = append(parts, p.term(depth))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts
}

func (p *parser) term(depth int) node {
	p.blanks()
	start := p.at
	if depth > MaxDepth {
		p.fail(start, "nested deeper than %d", MaxDepth)
	}
	switch {
	case p.err != nil:
		return constant(Unknown)
	case p.keyword("NOT"):
		return not{p.term(depth + 1)}
	case p.symbol("("):
		inner := p.or(depth + 1)
		p.expect(")")
		return inner
	case p.keyword("TRUE"):
		return constant(True)
	case p.keyword("FALSE"):
		return constant(False)
	case p.keyword("AT_LEAST"):
		return p.atLeast()
	}
	if end := placeholder(p.text, p.at); end > p.at {
		p.at, p.open = end, true
		return opaque(p.text[start:end])
	}
	state, found := p.state()
	if !found {
		p.fail(start, "expected ALARM(…), OK(…), INSUFFICIENT_DATA(…), AT_LEAST(…), NOT, TRUE, FALSE or a parenthesis, not %s", p.here())
		return constant(Unknown)
	}
	p.expect("(")
	ref := p.ref(state, false)
	p.expect(")")
	return test{ref}
}

func (p *parser) state() (State, bool) {
	for _, state := range []State{Alarm, OK, InsufficientData} {
		if p.keyword(state.String()) {
			return state, true
		}
	}
	return Unseen, false
}

func (p *parser) atLeast() node {
	p.expect("(")
	var out atLeast
	out.amount, out.percent = p.amount()
	p.expect(",")
	negated := p.keyword("NOT")
	state, found := p.state()
	if !found {
		p.fail(p.at, "expected ALARM, OK or INSUFFICIENT_DATA, not %s", p.here())
	}
	p.expect(",")
	p.expect("(")
	out.refs = append(out.refs, p.ref(state, negated))
	for p.err == nil && p.symbol(",") {
		out.refs = append(out.refs, p.ref(state, negated))
	}
	p.expect(")")
	p.expect(")")
	return out
}

// amount reads 2, 50% or "50%".
func (p *parser) amount() (int, bool) {
	p.blanks()
	start := p.at
	quoted := p.symbol(`"`)
	digits := p.at
	for p.at < len(p.text) && '0' <= p.text[p.at] && p.text[p.at] <= '9' {
		p.at++
	}
	amount, err := strconv.Atoi(p.text[digits:p.at])
	percent := p.symbol("%")
	if quoted {
		p.expect(`"`)
	}
	if err != nil || amount < 1 || percent && amount > 100 || amount > MaxLength {
		p.fail(start, "expected a number of alarms, or a percentage from 1%% to 100%%")
	}
	return amount, percent
}

// ref reads an alarm name or ARN.
func (p *parser) ref(state State, negated bool) Ref {
	p.blanks()
	start := p.at
	var name string
	if p.symbol(`"`) {
		name = p.quoted(start)
	} else {
		name = p.bare()
	}
	if name == "" {
		p.fail(start, "expected the name of an alarm, not %s", p.here())
	}
	ref := Ref{State: state, Negated: negated, Name: name, Offset: start}
	p.refs = append(p.refs, ref)
	return ref
}

// quoted reads up to the closing quote. A backslash makes a literal of the quote or backslash after it.
func (p *parser) quoted(start int) string {
	var b strings.Builder
	for p.at < len(p.text) {
		c := p.text[p.at]
		switch end := placeholder(p.text, p.at); {
		case end > p.at:
			b.WriteString(p.text[p.at:end])
			p.at = end
			continue
		case c == '"':
			p.at++
			return b.String()
		case c == '\\' && p.at+1 < len(p.text) && strings.IndexByte(`"\`, p.text[p.at+1]) >= 0:
			p.at++
			c = p.text[p.at]
		}
		b.WriteByte(c)
		p.at++
	}
	p.fail(start, "the quote is never closed")
	return ""
}

// bare reads up to a blank, a round bracket or a comma.
func (p *parser) bare() string {
	start := p.at
	for p.at < len(p.text) && !strings.ContainsRune(" \t\r\n(),\"", rune(p.text[p.at])) {
		if end := placeholder(p.text, p.at); end > p.at {
			p.at = end
			continue
		}
		p.at++
	}
	return p.text[start:p.at]
}
