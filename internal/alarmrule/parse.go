package alarmrule

import (
	"strconv"
	"strings"
)

// What a rule may not exceed. AWS allows 10,240 characters and 500 elements; no rule that people write nests deeper.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
const (
	maxLength = 10_240
	maxDepth  = 100
)

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
	p.skipBlanks()
	start := p.at
	if depth > maxDepth {
		p.fail(start, "nested deeper than %d", maxDepth)
	}
	switch {
	case p.err != nil:
		return nil
	case p.keyword("NOT"):
		return not{p.term(depth + 1)}
	case p.accept("("):
		inner := p.or(depth + 1)
		p.expect(")")
		return inner
	case p.keyword("TRUE"):
		return constant(true)
	case p.keyword("FALSE"):
		return constant(false)
	case p.keyword("AT_LEAST"):
		return p.atLeast()
	}
	if end := symbolEnd(p.text, p.at); end > p.at {
		p.at, p.open = end, true
		return opaque(p.text[start:end])
	}
	state, found := p.state()
	if !found {
		p.fail(start, "expected ALARM(…), OK(…), INSUFFICIENT_DATA(…), AT_LEAST(…), NOT, TRUE, FALSE or a parenthesis, not %s", p.here())
		return nil
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
	for p.err == nil && p.accept(",") {
		out.refs = append(out.refs, p.ref(state, negated))
	}
	p.expect(")")
	p.expect(")")
	return out
}

// amount reads 2, 50% or "50%".
func (p *parser) amount() (int, bool) {
	p.skipBlanks()
	start := p.at
	quoted := p.accept(`"`)
	digits := p.at
	for p.at < len(p.text) && '0' <= p.text[p.at] && p.text[p.at] <= '9' {
		p.at++
	}
	amount, err := strconv.Atoi(p.text[digits:p.at])
	percent := p.accept("%")
	if quoted {
		p.expect(`"`)
	}
	if err != nil || amount < 1 || percent && amount > 100 || amount > maxLength {
		p.fail(start, "expected a number of alarms, or a percentage from 1%% to 100%%")
	}
	return amount, percent
}

// ref reads an alarm name or ARN.
func (p *parser) ref(state State, negated bool) Ref {
	p.skipBlanks()
	start := p.at
	var name string
	if p.accept(`"`) {
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
		switch end := symbolEnd(p.text, p.at); {
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
		if end := symbolEnd(p.text, p.at); end > p.at {
			p.at = end
			continue
		}
		p.at++
	}
	return p.text[start:p.at]
}
