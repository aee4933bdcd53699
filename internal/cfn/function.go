package cfn

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/nearest"
)

// A function is an intrinsic function, with the shape of its argument.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
type function struct {
	argument  string // in words, for errors
	accepts   func(arg *node) bool
	extension bool // needs the transform AWS::LanguageExtensions
	rule      bool // only in the section Rules
}

const (
	refFn       = "Ref"
	conditionFn = "Condition"
	forEach     = "Fn::ForEach::"
	transformFn = "Fn::Transform"
)

// functions are the intrinsic functions, except Condition, which is only a function in
// conditions.
var functions = map[string]function{
	refFn:                {argument: "a name", accepts: isReferable},
	"Fn::GetAtt":         {argument: "Resource.Attribute or [Resource, Attribute]", accepts: isAttribute},
	"Fn::Sub":            {argument: "a text, or [text, {name: value}]", accepts: isTemplate},
	"Fn::Join":           {argument: "[delimiter, list]", accepts: items(2, 2)},
	"Fn::Select":         {argument: "[index, list]", accepts: items(2, 2)},
	"Fn::Split":          {argument: "[delimiter, text]", accepts: items(2, 2)},
	"Fn::FindInMap":      {argument: "[map, first key, second key]", accepts: items(3, 4)},
	"Fn::If":             {argument: "[condition, value if true, value if false]", accepts: isChoice},
	"Fn::And":            {argument: "two to ten conditions", accepts: items(2, 10)},
	"Fn::Or":             {argument: "two to ten conditions", accepts: items(2, 10)},
	"Fn::Not":            {argument: "one condition in a list", accepts: items(1, 1)},
	"Fn::Equals":         {argument: "two values in a list", accepts: items(2, 2)},
	"Fn::ImportValue":    {argument: "the name of an export", accepts: isTextual},
	"Fn::GetStackOutput": {argument: "an object with StackName and OutputName", accepts: isStackOutput},
	"Fn::Base64":         {argument: "a text", accepts: isTextual},
	"Fn::Cidr":           {argument: "[block, count, bits]", accepts: items(2, 3)},
	"Fn::GetAZs":         {argument: "a region", accepts: isTextual},
	"Fn::Length":         {argument: "a list", accepts: isAnything, extension: true},
	"Fn::ToJsonString":   {argument: "an object or a list", accepts: isAnything, extension: true},
	transformFn:          {argument: "an object with a Name", accepts: isAnything},

	"Fn::Contains":         {argument: "[list, text]", accepts: items(2, 2), rule: true},
	"Fn::EachMemberEquals": {argument: "[list, text]", accepts: items(2, 2), rule: true},
	"Fn::EachMemberIn":     {argument: "[list, list]", accepts: items(2, 2), rule: true},
	"Fn::RefAll":           {argument: "the name of a type", accepts: isName, rule: true},
	"Fn::ValueOf":          {argument: "[parameter, attribute]", accepts: items(2, 2), rule: true},
	"Fn::ValueOfAll":       {argument: "[type, attribute]", accepts: items(2, 2), rule: true},
}

// shortForms are the tags of YAML and the functions that they are short for.
var shortForms = map[string]string{
	"!Ref": refFn, "!Condition": conditionFn,
	"!GetAtt": "Fn::GetAtt", "!Sub": "Fn::Sub", "!Join": "Fn::Join", "!Select": "Fn::Select", "!Split": "Fn::Split",
	"!FindInMap": "Fn::FindInMap", "!If": "Fn::If", "!And": "Fn::And", "!Or": "Fn::Or", "!Not": "Fn::Not",
	"!Equals": "Fn::Equals", "!ImportValue": "Fn::ImportValue", "!GetStackOutput": "Fn::GetStackOutput",
	"!Base64": "Fn::Base64", "!Cidr": "Fn::Cidr", "!GetAZs": "Fn::GetAZs", "!Transform": transformFn,
	"!Contains": "Fn::Contains", "!EachMemberEquals": "Fn::EachMemberEquals", "!EachMemberIn": "Fn::EachMemberIn",
	"!RefAll": "Fn::RefAll", "!ValueOf": "Fn::ValueOf", "!ValueOfAll": "Fn::ValueOfAll",
}

func shortNames() []string { return slices.Collect(maps.Keys(shortForms)) }

// didYouMean suggests a known word; "" if none is near.
func didYouMean(word string, known []string) string {
	if near, ok := nearest.To(word, known); ok {
		return "did you mean " + near + "?"
	}
	return ""
}

// call takes a function and its argument out of a node; ok is false for any
// other value.
func (n *node) call() (name string, argument *node, ok bool) {
	if n.kind != object || len(n.members) != 1 {
		return "", nil, false
	}
	m := n.members[0]
	if _, known := functions[m.name]; known {
		return m.name, m.value, true
	}
	return "", nil, false
}

// A grammar has the functions of a section besides those that every section has.
type grammar struct {
	extensions bool // of AWS::LanguageExtensions
	rules      bool // of the section Rules
}

// checkCalls checks the shape of every function inside a node, metadata aside,
// which may hold anything.
func checkCalls(n *node, g grammar) error {
	for _, m := range n.members {
		if err := checkCall(n, m, g); err != nil {
			return err
		}
		if m.name == "Metadata" {
			continue
		}
		if err := checkCalls(m.value, g); err != nil {
			return err
		}
	}
	for _, item := range n.items {
		if err := checkCalls(item, g); err != nil {
			return err
		}
	}
	return nil
}

func checkCall(n *node, m member, g grammar) error {
	loop := strings.HasPrefix(m.name, forEach)
	f, known := functions[m.name]
	known = known && (g.rules || !f.rule)
	switch {
	case loop && !g.extensions, known && f.extension && !g.extensions && len(n.members) == 1:
		return errorAt(m.place, "%s needs a transform", m.name).WithHint("add to the template: Transform: AWS::LanguageExtensions")
	case loop && !isLoop(m.value):
		return errorAt(m.place, "%s takes [name, list, object]", m.name)
	case loop:
		return nil
	case len(n.members) == 1 && !g.extensions && m.hasComputedLogicalID():
		return errorAt(m.place, "%s of a function needs a transform", m.name).WithHint("add to the template: Transform: AWS::LanguageExtensions")
	case len(n.members) == 1 && !g.extensions && m.isEnhancedLookup():
		return errorAt(m.place, "%s with a default or another function than Ref inside needs a transform", m.name).WithHint("add to the template: Transform: AWS::LanguageExtensions")
	case len(n.members) == 1 && strings.HasPrefix(m.name, "!") && m.place == n.place:
		return errorAt(m.place, "unknown function %s", m.name).WithHint("%s", didYouMean(m.name, shortNames()))
	case !known && strings.HasPrefix(m.name, "Fn::"):
		return errorAt(m.place, "unknown function %s", m.name).WithHint("%s", didYouMean(m.name, g.functions()))
	case !known || len(n.members) == 1 && f.accepts(m.value):
		return nil
	case m.name == refFn || m.name == transformFn:
		return nil // a key like any other; a transform may have neighbours
	case len(n.members) > 1:
		return errorAt(m.place, "%s must be the only key of its object", m.name)
	case m.name == "Fn::Sub" && !m.value.isScalar() && m.place == n.place: // !Sub { $.errorCode = ... }
		return errorAt(m.place, "Fn::Sub takes %s", f.argument).WithHint("quote the string: YAML reads { and [ without quotes as an object and a list")
	}
	return errorAt(m.place, "%s takes %s", m.name, f.argument)
}

// functions returns the names of the functions.
func (g grammar) functions() []string {
	var names []string
	for name, f := range functions {
		if g.rules || !f.rule {
			names = append(names, name)
		}
	}
	return names
}

func isAnything(*node) bool { return true }
func isName(arg *node) bool { return arg.isScalar() && arg.text != "" }

// isReferable accepts the name of a resource and, with AWS::LanguageExtensions, a
// function that computes it.
func isReferable(arg *node) bool { return isName(arg) || arg.isComputedLogicalID() }

func (n *node) isComputedLogicalID() bool {
	return n.kind == object && len(n.members) == 1 && slices.Contains(logicalIDFunctions, n.members[0].name)
}

// hasComputedLogicalID reports whether a member is a reference whose name a function makes.
func (m member) hasComputedLogicalID() bool {
	list := m.value.items
	return m.name == refFn && m.value.isComputedLogicalID() || m.name == "Fn::GetAtt" && len(list) > 0 && list[0].isComputedLogicalID()
}

// isEnhancedLookup reports whether a member looks up what only AWS::LanguageExtensions does:
// with a default, or by keys that other functions than Ref and Fn::FindInMap make.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html
func (m member) isEnhancedLookup() bool {
	if m.name != "Fn::FindInMap" || m.value.kind != list {
		return false
	}
	return len(m.value.items) > 3 || slices.ContainsFunc(m.value.items, func(key *node) bool {
		name, _, isCall := key.call()
		return isCall && name != refFn && name != "Fn::FindInMap" && name != transformFn
	})
}

// logicalIDFunctions are the functions that may make the name that Ref and Fn::GetAtt take.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
var logicalIDFunctions = []string{refFn, "Fn::FindInMap", "Fn::If", "Fn::Join", "Fn::Select", "Fn::Sub"}

// isTextual admits a text and what may come to one.
func isTextual(arg *node) bool { return arg.isScalar() || arg.kind == object || arg.kind == null }

func items(low, high int) func(*node) bool {
	return func(arg *node) bool {
		return arg.kind == list && low <= len(arg.items) && len(arg.items) <= high || arg.isLooped()
	}
}

// isLooped reports whether a loop makes the argument.
func (n *node) isLooped() bool {
	return n.kind == object && len(n.members) > 0 && strings.HasPrefix(n.members[0].name, forEach)
}

func isAttribute(arg *node) bool {
	if arg.kind == list {
		return len(arg.items) >= 2 && isReferable(arg.items[0])
	}
	name, attribute, ok := strings.Cut(arg.text, ".")
	return arg.isScalar() && ok && name != "" && attribute != ""
}

func isTemplate(arg *node) bool {
	if arg.kind == list {
		return len(arg.items) == 2 && arg.items[0].isScalar() && arg.items[1].kind == object
	}
	return arg.isScalar()
}

func isChoice(arg *node) bool {
	return arg.kind == list && len(arg.items) == 3 && (isName(arg.items[0]) || arg.items[0].get("Fn::Sub") != nil) // in a loop
}

func isLoop(arg *node) bool {
	return arg.kind == list && len(arg.items) == 3 && isName(arg.items[0]) && arg.items[2].kind == object
}

// isStackOutput reports whether an object names a stack and an output.
func isStackOutput(arg *node) bool {
	return arg.kind == object && arg.get("StackName") != nil && arg.get("OutputName") != nil
}

// a part of a text for Fn::Sub: literal, or the name of a placeholder.
type part struct {
	text    string
	literal bool
}

// placeholders takes a text for Fn::Sub apart. ${!x} is the text ${x}.
func placeholders(text string) []part {
	var parts []part
	for {
		before, rest, found := strings.Cut(text, "${")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return append(parts, part{text, true})
		}
		parts = append(parts, part{before, true})
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			parts = append(parts, part{"${" + literal + "}", true})
		} else {
			parts = append(parts, part{strings.TrimSpace(name), false})
		}
		text = after
	}
}
