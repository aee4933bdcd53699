package alarmrule

import (
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/truth"
)

// State is the known state of an alarm.
type State int

const (
	Unseen State = iota // not known: it may be in any state
	OK
	Alarm
	InsufficientData
)

func (s State) String() string {
	switch s {
	case OK:
		return "OK"
	case Alarm:
		return "ALARM"
	case InsufficientData:
		return "INSUFFICIENT_DATA"
	}
	return "unseen"
}

// Ref is one mention of another alarm.
type Ref struct {
	State   State // the state that the rule asks for
	Negated bool  // AT_LEAST(…, NOT state, …)
	Name    string
	Offset  int // in bytes, of the name in the rule
}

// node is one of constant, opaque, test, atLeast, not, all, some.
type node interface {
	eval(state func(string) State) truth.Truth
	write(b *strings.Builder, outer int)
}

// How tightly a node binds; a child that binds less than its parent is put into parentheses.
const (
	bindsOr = iota + 1
	bindsAnd
	bindsNot
)

// constant is TRUE or FALSE.
type constant bool

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

func (c constant) eval(func(string) State) truth.Truth { return truth.Of(bool(c)) }

func (opaque) eval(func(string) State) truth.Truth { return truth.Unknown }

func (t test) eval(state func(string) State) truth.Truth { return t.holds(state) }

func (r Ref) holds(state func(string) State) truth.Truth {
	got := state(r.Name)
	if got == Unseen {
		return truth.Unknown
	}
	return truth.Of((got == r.State) != r.Negated)
}

// eval counts: enough are sure, or not even the unknown ones would do.
func (a atLeast) eval(state func(string) State) truth.Truth {
	sure, possible := 0, 0
	for _, ref := range a.refs {
		switch ref.holds(state) {
		case truth.Yes:
			sure, possible = sure+1, possible+1
		case truth.Unknown:
			possible++
		}
	}
	switch {
	case a.reached(sure):
		return truth.Yes
	case a.reached(possible):
		return truth.Unknown
	}
	return truth.No
}

func (a atLeast) reached(count int) bool {
	if a.percent {
		return count*100 >= a.amount*len(a.refs)
	}
	return count >= a.amount
}

func (n not) eval(state func(string) State) truth.Truth { return n.of.eval(state).Not() }

func (a all) eval(state func(string) State) truth.Truth {
	out := truth.Yes
	for _, part := range a {
		out = truth.And(out, part.eval(state))
	}
	return out
}

func (s some) eval(state func(string) State) truth.Truth {
	out := truth.No
	for _, part := range s {
		out = truth.Or(out, part.eval(state))
	}
	return out
}

func (c constant) write(b *strings.Builder, _ int) {
	b.WriteString(strings.ToUpper(strconv.FormatBool(bool(c))))
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
		if end := symbolEnd(name, i); end > i {
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

// The brackets of a symbol, the same as those of resource.Symbol.
const (
	symbolOpen  = "\uFFF9"
	symbolClose = "\uFFFB"
)

// symbolEnd returns the end of the symbol that starts at a place, or that place. An opening bracket that is never
// closed is a character like others.
func symbolEnd(text string, at int) int {
	rest, ok := strings.CutPrefix(text[at:], symbolOpen)
	if !ok {
		return at
	}
	name, _, ok := strings.Cut(rest, symbolClose)
	if !ok || strings.Contains(name, symbolOpen) {
		return at
	}
	return at + len(symbolOpen) + len(name) + len(symbolClose)
}
