package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// condition evaluates a condition by its name.
func (s *stack) condition(name string, at place) resource.Tri {
	if truth, ok := s.conditionTruths[name]; ok {
		return truth
	}
	n, ok := s.conditions[name]
	if !ok {
		if !s.template.transformed {
			s.fail(errorAt(at, "there is no condition %s", name).WithHint("%s", didYouMean(name, s.conditionNames())))
		}
		return resource.Maybe
	}
	held := s.conditionTruths
	if s.irrelevant {
		held = s.irrelevantTruths // what it depends on is not noted
	}
	if truth, ok := held[name]; ok {
		return truth
	}
	held[name] = resource.Maybe // where it is inside itself; checkNames refuses that
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
func (s *stack) evaluateCondition(n *node) resource.Tri {
	if !s.step(n.place) {
		return resource.Maybe
	}
	if n.kind == object && len(n.members) == 1 && n.members[0].name == conditionFn {
		return s.condition(n.members[0].value.text, n.place)
	}
	name, arg, ok := n.call()
	switch {
	case !ok && n.isScalar() && (n.text == "true" || n.text == "false"):
		return truthOf(n.text == "true")
	case !ok:
		s.fail(errorAt(n.place, "a condition has to be Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition"))
		return resource.Maybe
	}
	switch name {
	case "Fn::Equals":
		return s.equals(s.value(arg.items[0]), s.value(arg.items[1]))
	case "Fn::Not":
		return resource.Yes - s.evaluateCondition(arg.items[0])
	case "Fn::And":
		return every(arg.items, s.evaluateCondition)
	case "Fn::Or":
		return some(arg.items, s.evaluateCondition)
	case transformFn:
		return resource.Maybe
	}
	if text, isText := s.value(n).Text(); isText { // {"Fn::FindInMap": ...} that is true or false
		switch {
		case text == "true" || text == "false":
			return truthOf(text == "true")
		case len(resource.Symbols(text)) > 0:
			return resource.Maybe
		}
	}
	s.fail(errorAt(n.place, "%s is no condition", name))
	return resource.Maybe
}

func truthOf(truth bool) resource.Tri {
	if truth {
		return resource.Yes
	}
	return resource.No
}

// equals compares two values. Where that is not known, it notes what decides.
func (s *stack) equals(a, b resource.Value) resource.Tri {
	x, xok := scalarText(a)
	y, yok := scalarText(b)
	switch {
	case !xok || !yok:
		return resource.Maybe
	case x == y:
		return resource.Yes
	case resource.Text(x).Equal(resource.Text(y)) == resource.No:
		return resource.No
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
		return resource.Maybe
	}
	comparison := displayQuoted(x) + " = " + displayQuoted(y)
	if truth, ok := s.comparisons[comparison]; ok {
		return truthOf(truth)
	}
	s.noteUndecided(undecidedCondition{symbol: comparison, words: comparison, isComparison: true})
	return resource.Maybe
}

// compare compares a symbol with a text.
func (s *stack) compare(symbol, value string) resource.Tri {
	p := s.parameterOf(symbol)
	if slices.Contains(s.excluded[symbol], value) || p != nil && !p.isStored() && !p.admits(value) {
		return resource.No
	}
	s.noteUndecided(s.undecidedFor(symbol, []string{value}, false))
	return resource.Maybe
}

// exists says whether a resource is made.
func (s *stack) exists(d *declaration) resource.Tri {
	if d.condition == "" {
		return resource.Yes
	}
	return s.condition(d.condition, d.place)
}

// every is the conjunction over a list, some the disjunction.
func every[E any](list []E, holds func(E) resource.Tri) resource.Tri {
	truth := resource.Yes
	for _, e := range list {
		truth = min(truth, holds(e))
	}
	return truth
}

func some[E any](list []E, holds func(E) resource.Tri) resource.Tri {
	truth := resource.No
	for _, e := range list {
		truth = max(truth, holds(e))
	}
	return truth
}
