package cfn

import (
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// checkRules refuses parameters that an assertion of the section Rules certainly
// refuses. An undecided assertion refuses nothing, and makes no cases.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
func (s *stack) checkRules() {
	section := s.template.section("Rules")
	if section == nil {
		return
	}
	was := s.irrelevant
	s.irrelevant = true
	defer func() { s.irrelevant = was }()
	for _, rule := range section.members {
		if c := rule.value.get("RuleCondition"); c != nil && s.evaluateAssertion(c) != truth.Yes {
			continue
		}
		assertions := rule.value.get("Assertions")
		if assertions == nil || assertions.kind != list {
			s.fail(errorAt(rule.place, "the rule %s has no list of Assertions", rule.name))
			return
		}
		for _, a := range assertions.items {
			if assert := a.get("Assert"); assert != nil && s.evaluateAssertion(assert) == truth.No {
				s.fail(ruleError(rule, a))
			}
		}
	}
}

// ruleError returns the error for parameters that a rule refuses.
func ruleError(rule member, assertion *node) *diag.Diagnostic {
	msg := "the rule " + rule.name + " rejects the values of the parameters"
	if d := assertion.get("AssertDescription"); d != nil && d.text != "" {
		msg += ": " + strings.TrimSpace(d.text)
	}
	return errorAt(assertion.place, "%s", msg).WithHint("--parameter NAME=VALUE gives others")
}

// evaluateAssertion evaluates the expression of a rule.
func (s *stack) evaluateAssertion(n *node) truth.Truth {
	name, arg, ok := n.call()
	switch {
	case !ok && n.isScalar() && (n.text == "true" || n.text == "false"):
		return truth.Of(n.text == "true")
	case !ok:
		return truth.Unknown
	}
	switch name {
	case "Fn::Equals":
		return s.equals(s.value(arg.items[0]), s.value(arg.items[1]))
	case "Fn::Not":
		return truth.Yes - s.evaluateAssertion(arg.items[0])
	case "Fn::And":
		return allOf(arg.items, s.evaluateAssertion)
	case "Fn::Or":
		return anyOf(arg.items, s.evaluateAssertion)
	case "Fn::Contains":
		return s.contains(s.value(arg.items[0]), s.value(arg.items[1]))
	case "Fn::EachMemberEquals":
		to := s.value(arg.items[1])
		return s.each(arg.items[0], func(v resource.Value) truth.Truth { return s.equals(v, to) })
	case "Fn::EachMemberIn":
		all := s.value(arg.items[1])
		return s.each(arg.items[0], func(v resource.Value) truth.Truth { return s.contains(all, v) })
	}
	return truth.Unknown
}

func (s *stack) contains(all, one resource.Value) truth.Truth {
	if all.Kind() != resource.List {
		return truth.Unknown
	}
	return anyOf(all.List(), func(v resource.Value) truth.Truth { return s.equals(v, one) })
}

func (s *stack) each(n *node, holds func(resource.Value) truth.Truth) truth.Truth {
	v := s.value(n)
	if v.Kind() != resource.List {
		return truth.Unknown
	}
	return allOf(v.List(), holds)
}
