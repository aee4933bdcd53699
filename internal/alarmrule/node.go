package alarmrule

import (
	"strconv"
	"strings"
)

// node is one of constant, opaque, test, atLeast, not, all, any.
type node interface {
	eval(state func(string) State) Truth
	write(b *strings.Builder, outer int)
}

// How tightly a node binds; a child that binds less than its parent is put into parentheses.
const (
	bindsOr = iota + 1
	bindsAnd
	bindsNot
)

type constant Truth

// opaque is a symbol instead of a term.
type opaque string

type test struct{ Ref }

type atLeast struct {
	amount  int
	percent bool
	refs    []Ref
}

type not struct{ of node }

type all []node

type some []node

func (c constant) eval(func(string) State) Truth { return Truth(c) }

func (opaque) eval(func(string) State) Truth { return Unknown }

func (t test) eval(state func(string) State) Truth { return t.holds(state) }

func (r Ref) holds(state func(string) State) Truth {
	truth := False
	switch got := state(r.Name); {
	case got == Unseen:
		return Unknown
	case got == r.State:
		truth = True
	}
	if r.Negated {
		return truth.not()
	}
	return truth
}

// eval counts: enough are sure, or not even the unknown ones would do.
func (a atLeast) eval(state func(string) State) Truth {
	sure, possible := 0, 0
	for _, ref := range a.refs {
		switch ref.holds(state) {
		case True:
			sure, possible = sure+1, possible+1
		case Unknown:
			possible++
		}
	}
	switch {
	case a.reached(sure):
		return True
	case a.reached(possible):
		return Unknown
	}
	return False
}

func (a atLeast) reached(count int) bool {
	if a.percent {
		return count*100 >= a.amount*len(a.refs)
	}
	return count >= a.amount
}

func (n not) eval(state func(string) State) Truth { return n.of.eval(state).not() }

func (a all) eval(state func(string) State) Truth {
	out := True
	for _, part := range a {
		switch part.eval(state) {
		case False:
			return False
		case Unknown:
			out = Unknown
		}
	}
	return out
}

func (s some) eval(state func(string) State) Truth {
	out := False
	for _, part := range s {
		switch part.eval(state) {
		case True:
			return True
		case Unknown:
			out = Unknown
		}
	}
	return out
}

func (c constant) write(b *strings.Builder, _ int) {
	b.WriteString(strings.ToUpper(Truth(c).String()))
}

func (o opaque) write(b *strings.Builder, _ int) { b.WriteString(string(o)) }

func (t test) write(b *strings.Builder, _ int) {
	b.WriteString(t.State.String())
	b.WriteString("(")
	b.WriteString(quote(t.Name))
	b.WriteString(")")
}

func (a atLeast) write(b *strings.Builder, _ int) {
	b.WriteString("AT_LEAST(")
	b.WriteString(strconv.Itoa(a.amount))
	if a.percent {
		b.WriteString("%")
	}
	b.WriteString(", ")
	if a.refs[0].Negated {
		b.WriteString("NOT ")
	}
	b.WriteString(a.refs[0].State.String())
	b.WriteString(", (")
	for i, ref := range a.refs {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quote(ref.Name))
	}
	b.WriteString("))")
}

func (n not) write(b *strings.Builder, _ int) {
	b.WriteString("NOT ")
	n.of.write(b, bindsNot)
}

func (a all) write(b *strings.Builder, outer int) { writeJoined(b, a, " AND ", bindsAnd, outer) }

func (s some) write(b *strings.Builder, outer int) { writeJoined(b, s, " OR ", bindsOr, outer) }

func writeJoined(b *strings.Builder, parts []node, operator string, binds, outer int) {
	if outer > binds {
		b.WriteString("(")
		defer b.WriteString(")")
	}
	for i, part := range parts {
		if i > 0 {
			b.WriteString(operator)
		}
		part.write(b, binds)
	}
}

// quote puts a name into double quotes. Symbols stay as they are: what is inside them is not of this
// language.
func quote(name string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(name); {
		if end := placeholder(name, i); end > i {
			b.WriteString(name[i:end])
			i = end
			continue
		}
		if name[i] == '"' || name[i] == '\\' {
			b.WriteByte('\\')
		}
		b.WriteByte(name[i])
		i++
	}
	b.WriteByte('"')
	return b.String()
}
