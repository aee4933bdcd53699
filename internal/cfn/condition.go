package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// condition evaluates a condition by its name.
func (s *stack) condition(name string, at place) truth.Truth {
	if holds, ok := s.conditionTruths[name]; ok {
		return holds
	}
	n, ok := s.conditions[name]
	if !ok {
		if !s.template.transformed {
			s.fail(errorAt(at, "unknown condition %s", name).WithHint("%s", didYouMean(name, s.conditionNames())))
		}
		return truth.Unknown
	}
	held := s.conditionTruths
	if s.irrelevant {
		held = s.irrelevantTruths // what it depends on is not noted
	}
	if holds, ok := held[name]; ok {
		return holds
	}
	held[name] = truth.Unknown // if it is inside itself; checkNames refuses that
	held[name] = s.evaluateCondition(n)
	return held[name]
}

func (s *stack) conditionNames() []string {
	var names []string
	for name := range s.conditions {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// evaluateCondition evaluates the expression of a condition.
func (s *stack) evaluateCondition(n *node) truth.Truth {
	if !s.step(n.place) {
		return truth.Unknown
	}
	if n.kind == object && len(n.members) == 1 && n.members[0].name == conditionFn {
		return s.condition(n.members[0].value.text, n.place)
	}
	name, arg, ok := n.call()
	switch {
	case !ok && n.isScalar() && (n.text == "true" || n.text == "false"):
		return truth.Of(n.text == "true")
	case !ok:
		s.fail(errorAt(n.place, "a condition must be Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition"))
		return truth.Unknown
	}
	switch name {
	case "Fn::Equals":
		return s.equals(s.value(arg.items[0]), s.value(arg.items[1]))
	case "Fn::Not":
		return truth.Yes - s.evaluateCondition(arg.items[0])
	case "Fn::And":
		return allOf(arg.items, s.evaluateCondition)
	case "Fn::Or":
		return anyOf(arg.items, s.evaluateCondition)
	case transformFn:
		return truth.Unknown
	}
	if text, isText := s.value(n).Text(); isText { // {"Fn::FindInMap": ...} that is true or false
		switch {
		case text == "true" || text == "false":
			return truth.Of(text == "true")
		case len(resource.Symbols(text)) > 0:
			return truth.Unknown
		}
	}
	s.fail(errorAt(n.place, "%s is not a condition", name))
	return truth.Unknown
}

// equals compares two values. If the result is not known, it notes what decides it.
func (s *stack) equals(a, b resource.Value) truth.Truth {
	x, xok := scalarText(a)
	y, yok := scalarText(b)
	switch {
	case !xok || !yok:
		return truth.Unknown
	case x == y:
		return truth.Yes
	case resource.Text(x).Equal(resource.Text(y)) == truth.No:
		return truth.No
	}
	if len(resource.Symbols(x)) == 0 {
		x, y = y, x
	}
	symbol, alone := wholeSymbol(x)
	if alone && len(resource.Symbols(y)) == 0 && s.decides(symbol) {
		return s.compare(symbol, y)
	}
	if x > y {
		x, y = y, x
	}
	s.shared.spent += (len(resource.Symbols(x)) + len(resource.Symbols(y))) * (len(x) + len(y)) // in words
	if s.isExhausted() {
		return truth.Unknown
	}
	comparison := displayQuoted(x) + " = " + displayQuoted(y)
	if holds, ok := s.comparisons[comparison]; ok {
		return truth.Of(holds)
	}
	s.noteUndecided(undecidedCondition{symbol: comparison, words: comparison, isComparison: true})
	return truth.Unknown
}

// compare compares a symbol with a text.
func (s *stack) compare(symbol, value string) truth.Truth {
	if s.isNoneOf(symbol, []string{value}) {
		return truth.No
	}
	s.noteUndecided(s.undecidedFor(symbol, []string{value}, false))
	return truth.Unknown
}

// exists reports whether a resource is made.
func (s *stack) exists(d *declaration) truth.Truth {
	if d.condition == "" {
		return truth.Yes
	}
	return s.condition(d.condition, d.place)
}

// allOf is the conjunction over a list, some the disjunction.
func allOf[E any](list []E, holds func(E) truth.Truth) truth.Truth {
	out := truth.Yes
	for _, e := range list {
		out = min(out, holds(e))
	}
	return out
}

func anyOf[E any](list []E, holds func(E) truth.Truth) truth.Truth {
	out := truth.No
	for _, e := range list {
		out = max(out, holds(e))
	}
	return out
}
