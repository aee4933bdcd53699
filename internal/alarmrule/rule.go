// Package alarmrule knows the rule language of CloudWatch composite alarms: it parses AlarmRule, prints it, evaluates it
// in three-valued logic, and says whether one child alone makes the composite alarm fire.
//
// It is not for finding the alarms that a rule names, and knows nothing of action suppression.
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

import "strings"

// State is what is known of an alarm.
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

// Truth is a three-valued answer.
type Truth int

const (
	Unknown Truth = iota
	False
	True
)

func (t Truth) String() string { return [...]string{"unknown", "false", "true"}[t] }

func (t Truth) not() Truth { return [...]Truth{Unknown, True, False}[t] }

// Ref is one mention of another alarm.
type Ref struct {
	State   State // the state that the rule asks for
	Negated bool  // AT_LEAST(…, NOT state, …)
	Name    string
	Offset  int // in bytes, of the name in the rule
}

// Rule is a parsed rule.
type Rule struct {
	root node
	refs []Ref
	open bool
}

// Children lists every mention of another alarm, in the order of the text.
func (r *Rule) Children() []Ref { return append([]Ref(nil), r.refs...) }

// Open says whether a symbol stands for a term of the rule: it may name any alarm.
func (r *Rule) Open() bool { return r.open }

// String prints the rule in one spelling: keywords in capitals, names quoted, only the parentheses that are needed.
func (r *Rule) String() string {
	var b strings.Builder
	r.root.write(&b, 0)
	return b.String()
}

// Eval says whether the composite alarm is in ALARM, given the states of the alarms that it names.
// An alarm that is unseen may be in any state, and each mention of it is taken by itself.
func (r *Rule) Eval(state func(name string) State) Truth { return r.root.eval(state) }

// FiresOn says whether the rule becomes true when the child alone goes to ALARM: it is false while the child is in rest
// and all other alarms are in quiet, and true once the child is in ALARM. child says which names mean the child, see
// [Named]. A rule without the child never fires on it.
func (r *Rule) FiresOn(child func(name string) bool, rest, quiet State) Truth {
	with := func(own State) Truth {
		return r.Eval(func(name string) State {
			if child(name) {
				return own
			}
			return quiet
		})
	}
	before, after := with(rest), with(Alarm)
	switch {
	case before == True || after == False:
		return False
	case before == False && after == True:
		return True
	}
	return Unknown
}

// Fires asks FiresOn for a child that rests in OK or in INSUFFICIENT_DATA while the others are all OK or all in
// INSUFFICIENT_DATA: True or False where all four agree, else Unknown.
func (r *Rule) Fires(child func(name string) bool) Truth {
	var seen [3]bool
	for _, rest := range []State{OK, InsufficientData} {
		for _, quiet := range []State{OK, InsufficientData} {
			seen[r.FiresOn(child, rest, quiet)] = true
		}
	}
	switch {
	case !seen[Unknown] && !seen[False]:
		return True
	case !seen[Unknown] && !seen[True]:
		return False
	}
	return Unknown
}

// Named matches an alarm by its names: each may be an alarm name, an ARN or a symbol. A bare name also matches
// the ARN of an alarm with that name.
func Named(names ...string) func(string) bool {
	return func(ref string) bool {
		for _, name := range names {
			if ref == name || aliasOf(ref) == name || ref == aliasOf(name) {
				return true
			}
		}
		return false
	}
}

// aliasOf is the alarm name in an ARN (arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME), or a text that names nothing.
func aliasOf(arn string) string {
	fields := strings.SplitN(arn, ":", 7)
	if len(fields) < 7 || fields[0] != "arn" || fields[2] != "cloudwatch" || fields[5] != "alarm" || fields[6] == "" {
		return "\x00"
	}
	return fields[6]
}
