package cover

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// textSteps bounds the search for one text, so that a hard one does not spend
// what the rest of a decision needs.
const textSteps = maxSteps / 4

// A texts finds texts, and what numbers print as, for facts that compare texts.
type texts struct {
	budget   *budget
	automata map[string]*automaton             // by literal
	forms    map[string]*filterpattern.Literal // of printed numbers, by source
}

func newTexts(b *budget) *texts {
	return &texts{budget: b, automata: map[string]*automaton{}, forms: map[string]*filterpattern.Literal{}}
}

// A textTest asks whether a text fits a literal, or wants it not to.
type textTest struct {
	literal *filterpattern.Literal
	want    bool
}

// text finds a string for the facts at n: a preferred one, else a shortest
// one.
func (t *texts) text(n *node) choice {
	if n.kinds&StringValue == 0 {
		return choice{}
	}
	for _, text := range n.prefer {
		if n.admitsValue(StringValue, text) {
			return choice{some: found, value: text}
		}
	}
	tests, ok := textTests(n.facts)
	if !ok {
		return choice{}
	}
	for _, test := range tests {
		if test.want && test.literal.IsExact() {
			return chosenText(n, test.literal.Text)
		}
	}
	text, a := t.shortest(tests)
	if a == maybe {
		if c := chosenText(n, guess(tests)); c.some == found {
			return c
		}
		return choice{some: maybe, reason: "the search for a text is beyond the step budget"}
	}
	return choice{some: a, value: text}
}

func chosenText(n *node, text string) choice {
	if n.admitsValue(StringValue, text) {
		return choice{some: found, value: text}
	}
	return choice{}
}

// textTests translates facts about a string into tests of its text; ok is
// false if one of them cannot hold for any string.
func textTests(facts []fact) (tests []textTest, ok bool) {
	for _, f := range facts {
		switch c := f.atom.condition; {
		case c.Op == filterpattern.Equal || c.Op == filterpattern.NotEqual:
			tests = append(tests, textTest{c.Value, f.truth == (c.Op == filterpattern.Equal)})
		case c.Op == filterpattern.Contains:
			tests = append(tests, textTest{c.Value, f.truth})
		case f.truth: // an order, IS NULL and the like
			return nil, false
		}
	}
	return tests, true
}

// guess strings the wanted texts together, without their stars: a long answer
// where the search for the shortest gives up.
func guess(tests []textTest) string {
	text := ""
	for _, test := range tests {
		if test.want && test.literal.Kind == filterpattern.TextLiteral {
			for _, part := range test.literal.Parts() {
				text += part
			}
		}
	}
	return text
}

// shortest finds a shortest text that passes all tests.
func (t *texts) shortest(tests []textTest) (text string, a answer) {
	// Wanted texts come first: they rule out most characters at once.
	tests = slices.Clone(tests)
	slices.SortStableFunc(tests, func(a, b textTest) int {
		switch {
		case a.want == b.want:
			return 0
		case a.want:
			return -1
		}
		return +1
	})
	p := product{budget: t.budget.within(textSteps)}
	for _, test := range tests {
		p.add(t.automaton(test.literal), test.want)
		if t.budget.spent() {
			return "", maybe
		}
	}
	text, a = p.shortest()
	t.budget.spend(p.budget.steps)
	return text, a
}

// automaton returns the one that accepts what the literal fits.
func (t *texts) automaton(l *filterpattern.Literal) *automaton {
	key := l.Key()
	if known := t.automata[key]; known != nil {
		return known
	}
	var m machine = newGlobMachine(l.Text)
	if l.Kind == filterpattern.RegexpLiteral {
		m = newRegexpMachine(l.Regexp.Prog)
	}
	t.automata[key] = newAutomaton(m, t.budget)
	return t.automata[key]
}
