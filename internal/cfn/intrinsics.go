package cfn

import (
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// evaluators returns the intrinsic functions that can be evaluated; the value of any other
// one is opaque.
func evaluators() map[string]evaluator {
	return map[string]evaluator{
		refFn:                func(s *stack, arg *node, at place) resource.Value { return s.ref(arg.text, at) },
		"Fn::GetAtt":         (*stack).getAtt,
		"Fn::Sub":            anywhere((*stack).sub),
		"Fn::Join":           anywhere((*stack).join),
		"Fn::Select":         anywhere((*stack).selectItem),
		"Fn::Split":          anywhere((*stack).split),
		"Fn::FindInMap":      anywhere((*stack).findInMap),
		"Fn::If":             anywhere((*stack).ifElse),
		"Fn::ImportValue":    anywhere((*stack).imported),
		"Fn::GetStackOutput": anywhere((*stack).stackOutput),
		"Fn::Length":         anywhere((*stack).length),
		"Fn::ToJsonString":   anywhere((*stack).jsonString),
		"Fn::And":            misplaced("Fn::And"),
		"Fn::Or":             misplaced("Fn::Or"),
		"Fn::Not":            misplaced("Fn::Not"),
		"Fn::Equals":         misplaced("Fn::Equals"),
	}
}

// anywhere returns a function whose errors are those of its argument.
func anywhere(f func(*stack, *node) resource.Value) evaluator {
	return func(s *stack, arg *node, _ place) resource.Value { return f(s, arg) }
}

// misplaced returns a function of conditions that is used for a value.
func misplaced(name string) evaluator {
	return func(s *stack, arg *node, at place) resource.Value {
		s.fail(errorAt(at, "%s is allowed only in Conditions", name))
		return s.opaque(name, s.value(arg))
	}
}

// ifElse is Fn::If.
func (s *stack) ifElse(arg *node) resource.Value {
	switch s.condition(arg.items[0].text, arg.items[0].place) {
	case truth.Yes:
		return s.value(arg.items[1])
	case truth.No:
		return s.value(arg.items[2])
	}
	either := []resource.Value{s.tentative(arg.items[1]), s.tentative(arg.items[2])}
	v := s.opaque("Fn::If "+arg.items[0].text, either...)
	symbol, _ := v.Text()
	name, _ := resource.SymbolName(symbol)
	s.origins[name] = resource.Origin{Cause: resource.Variable, Deciders: []string{"condition " + s.displayName(arg.items[0].text)}}
	return v
}
