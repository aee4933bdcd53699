// Package alarmrule knows the rule language of CloudWatch composite alarms: it parses AlarmRule, prints it, evaluates
// it in three-valued logic, and reports whether one child alone makes the composite alarm fire.
//
// It does not find the alarms that a rule names, and knows nothing of action suppression.
//
// The language is described at
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
//
//	rule  = term { ( "AND" | "OR" ) term }             NOT binds before AND, AND before OR
//	term  = "NOT" term | "(" rule ")" | "TRUE" | "FALSE" | state "(" name ")"
//	      | "AT_LEAST" "(" ( count | percent "%" ) "," [ "NOT" ] state "," "(" name { "," name } ")" ")"
//	state = "ALARM" | "OK" | "INSUFFICIENT_DATA"
//	name  = alarm name or ARN, bare (no blanks, round brackets, commas) or in double quotes with \" inside
//
// Assumed where AWS is silent: the order of precedence above, and that letter case of keywords does not matter (its own
// texts write both FALSE and False).
//
// Parts that are not known yet may stand in a rule as symbols, a name between U+FFF9 and U+FFFB: in the name of an alarm,
// quoted or not, and instead of a term, which is then unknown.
package alarmrule

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/truth"
)

// Rule is a parsed rule.
type Rule struct {
	root node
	refs []Ref
	open bool
}

// Parse reads a rule. Its errors are *SyntaxError.
func Parse(rule string) (*Rule, error) {
	if n := utf8.RuneCountInString(rule); n > maxLength {
		return nil, &SyntaxError{Column: 1, Message: fmt.Sprintf("the rule has %d characters, more than %d", n, maxLength)}
	}
	p := &parser{text: rule}
	root := p.or(0)
	p.skipBlanks()
	if p.err == nil && p.at < len(p.text) {
		p.fail(p.at, "expected AND, OR or the end of the rule, not %s", p.here())
	}
	if p.err != nil {
		return nil, p.err
	}
	return &Rule{root: root, refs: p.refs, open: p.open}, nil
}

// Children lists every mention of another alarm, in the order of the text.
func (r *Rule) Children() []Ref { return append([]Ref(nil), r.refs...) }

// Open reports whether a symbol represents a term of the rule: it may name any alarm.
func (r *Rule) Open() bool { return r.open }

// String prints the rule in one spelling: keywords in capitals, names quoted, only the parentheses that are needed.
func (r *Rule) String() string {
	var b strings.Builder
	r.root.write(&b, 0)
	return b.String()
}

// Eval reports whether the composite alarm is in ALARM, given the states of the alarms that it names.
// An alarm that is unseen may be in any state, and each mention of it is taken by itself.
func (r *Rule) Eval(state func(name string) State) truth.Truth { return r.root.eval(state) }

// firesFrom reports whether the rule becomes true when the child alone goes to ALARM: it is false while all alarms are
// at rest, and true once the child is in ALARM. child says which names mean the child. A rule without the child never
// fires on it.
func (r *Rule) firesFrom(child func(name string) bool, rest func(name string) State) truth.Truth {
	before, after := r.Eval(rest), r.Eval(func(name string) State {
		if child(name) {
			return Alarm
		}
		return rest(name)
	})
	switch {
	case before == truth.Yes || after == truth.No:
		return truth.No
	case before == truth.No && after == truth.Yes:
		return truth.Yes
	}
	return truth.Unknown
}

// Fires reports whether the rule becomes true when the child alone goes to ALARM, while all others are at rest. child says
// which names mean it, and rests in which state an alarm is while nothing happens. Where that is Unseen it is OK or
// INSUFFICIENT_DATA, for the others alike: Unknown unless the rule does the same from all of them.
func (r *Rule) Fires(child func(name string) bool, rests func(name string) State) truth.Truth {
	var seen [3]bool
	for _, own := range []State{OK, InsufficientData} {
		for _, quiet := range []State{OK, InsufficientData} {
			seen[r.firesFrom(child, atRest(child, rests, own, quiet))] = true
		}
	}
	switch {
	case !seen[truth.Unknown] && !seen[truth.No]:
		return truth.Yes
	case !seen[truth.Unknown] && !seen[truth.Yes]:
		return truth.No
	}
	return truth.Unknown
}

// atRest returns the states of alarms at rest: where they are not known, own that of the child, and quiet that of all others.
func atRest(child func(name string) bool, rests func(name string) State, own, quiet State) func(name string) State {
	return func(name string) State {
		state := rests(name)
		switch {
		case state != Unseen:
			return state
		case child(name):
			return own
		}
		return quiet
	}
}
