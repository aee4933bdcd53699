package filterpattern

import "slices"

// printedNumber decides facts that compare a number's printed text.
func (t *theory) printedNumber(n *node, tests []textTest, samples []string) choice {
	if !anyComparable(n, samples) {
		return choice{} // the comparisons by value alone exclude each other
	}
	verdict := choice{}
	for _, form := range []string{wholeNumbers, doubles} {
		text, a := t.shortest(append(slices.Clone(tests), textTest{t.form(form), true}))
		if a == none {
			continue
		}
		if c := n.firstNumber([]string{lexemeOf(text)}); a == found && c.some == found {
			return c
		}
		if a == found && form == wholeNumbers && wantsOnly(tests, text) {
			continue // no other whole number prints so
		}
		verdict = choice{some: maybe, reason: "texts are compared with numbers that are also compared by value"}
	}
	return verdict
}

// The texts that numbers print as, as regular expressions.
const (
	wholeNumbers = `^(-?[1-9][0-9]*|0)$`
	doubles      = `^(-?(0|[1-9][0-9]*)\.[0-9]+(E-?[1-9][0-9]*)?|-?Infinity)$`
)

// form returns a literal for one of the constants above, which always compile.
func (t *theory) form(source string) *literal {
	if known := t.forms[source]; known != nil {
		return known
	}
	form := newText("*")
	if re, err := compileRegex(source); err == nil {
		form = &literal{kind: regexLiteral, text: source, regex: re}
	}
	t.forms[source] = form
	return form
}

func lexemeOf(printed string) string {
	switch printed {
	case "Infinity":
		return beyondDoubles[0]
	case "-Infinity":
		return beyondDoubles[1]
	}
	return printed
}

func wantsOnly(tests []textTest, text string) bool {
	return slices.ContainsFunc(tests, func(t textTest) bool {
		return t.want && t.literal.only() && t.literal.text == text
	})
}

// anyComparable reports whether one of the samples agrees with the facts that
// compare by value.
func anyComparable(n *node, samples []string) bool {
	byValue := func(f fact) bool { return f.atom.condition.comparesValue() }
	return slices.ContainsFunc(samples, func(lexeme string) bool {
		number := newNumber(lexeme)
		return !slices.ContainsFunc(n.facts, func(f fact) bool {
			return byValue(f) && f.atom.condition.holdsForNumber(number) != f.truth
		})
	})
}

// comparesValue reports whether the condition compares numbers by value.
func (c *condition) comparesValue() bool {
	return c.op.compares() && c.value.kind == numberLiteral
}
