package cfn

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/nearest"
)

// A function is an intrinsic function: what its argument has to look like.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
type function struct {
	takes     string // in words, for errors
	fits      func(arg *node) bool
	extension bool // needs the transform AWS::LanguageExtensions
	rule      bool // stands in the section Rules alone
}

const (
	refFn       = "Ref"
	conditionFn = "Condition"
	forEach     = "Fn::ForEach::"
	transformFn = "Fn::Transform"
)

// functions are the intrinsic functions but for Condition, which is one in
// conditions only.
var functions = map[string]function{
	refFn:                {takes: "a name", fits: isReferable},
	"Fn::GetAtt":         {takes: "Resource.Attribute or [Resource, Attribute]", fits: isAttribute},
	"Fn::Sub":            {takes: "a text, or [text, {name: value}]", fits: isTemplate},
	"Fn::Join":           {takes: "[delimiter, list]", fits: items(2, 2)},
	"Fn::Select":         {takes: "[index, list]", fits: items(2, 2)},
	"Fn::Split":          {takes: "[delimiter, text]", fits: items(2, 2)},
	"Fn::FindInMap":      {takes: "[map, first key, second key]", fits: items(3, 4)},
	"Fn::If":             {takes: "[condition, value if true, value if false]", fits: isChoice},
	"Fn::And":            {takes: "two to ten conditions", fits: items(2, 10)},
	"Fn::Or":             {takes: "two to ten conditions", fits: items(2, 10)},
	"Fn::Not":            {takes: "one condition in a list", fits: items(1, 1)},
	"Fn::Equals":         {takes: "two values in a list", fits: items(2, 2)},
	"Fn::ImportValue":    {takes: "the name of an export", fits: isTextual},
	"Fn::GetStackOutput": {takes: "an object with StackName and OutputName", fits: isStackOutput},
	"Fn::Base64":         {takes: "a text", fits: isTextual},
	"Fn::Cidr":           {takes: "[block, count, bits]", fits: items(2, 3)},
	"Fn::GetAZs":         {takes: "a region", fits: isTextual},
	"Fn::Length":         {takes: "a list", fits: isAnything, extension: true},
	"Fn::ToJsonString":   {takes: "an object or a list", fits: isAnything, extension: true},
	transformFn:          {takes: "an object with a Name", fits: isAnything},

	"Fn::Contains":         {takes: "[list, text]", fits: items(2, 2), rule: true},
	"Fn::EachMemberEquals": {takes: "[list, text]", fits: items(2, 2), rule: true},
	"Fn::EachMemberIn":     {takes: "[list, list]", fits: items(2, 2), rule: true},
	"Fn::RefAll":           {takes: "the name of a type", fits: isName, rule: true},
	"Fn::ValueOf":          {takes: "[parameter, attribute]", fits: items(2, 2), rule: true},
	"Fn::ValueOfAll":       {takes: "[type, attribute]", fits: items(2, 2), rule: true},
}

// shortForms are the tags of YAML and the functions that they stand for.
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

// didYouMean suggests a known word; "" where none is near.
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

// A grammar says which functions there are beside those that every section has.
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
	case len(n.members) == 1 && !g.extensions && m.takesMadeName():
		return errorAt(m.place, "%s of a function needs a transform", m.name).WithHint("add to the template: Transform: AWS::LanguageExtensions")
	case len(n.members) == 1 && strings.HasPrefix(m.name, "!") && m.place == n.place:
		return errorAt(m.place, "there is no function %s", m.name).WithHint("%s", didYouMean(m.name, shortNames()))
	case !known && strings.HasPrefix(m.name, "Fn::"):
		return errorAt(m.place, "there is no function %s", m.name).WithHint("%s", didYouMean(m.name, g.functions()))
	case !known || len(n.members) == 1 && f.fits(m.value):
		return nil
	case m.name == refFn || m.name == transformFn:
		return nil // a key like any other; a transform may have neighbours
	case len(n.members) > 1:
		return errorAt(m.place, "%s stands beside other keys", m.name)
	case m.name == "Fn::Sub" && !m.value.isScalar() && m.place == n.place: // !Sub { $.errorCode = ... }
		return errorAt(m.place, "Fn::Sub takes %s", f.takes).WithHint("quote the text: YAML reads { and [ without quotes as an object and a list")
	}
	return errorAt(m.place, "%s takes %s", m.name, f.takes)
}

// functions are the names of those that there are.
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

// isReferable admits the name of a resource and, with AWS::LanguageExtensions, a
// function that makes it.
func isReferable(arg *node) bool { return isName(arg) || arg.isMadeName() }

func (n *node) isMadeName() bool {
	return n.kind == object && len(n.members) == 1 && slices.Contains(naming, n.members[0].name)
}

// takesMadeName says whether a member is a reference whose name a function makes.
func (m member) takesMadeName() bool {
	list := m.value.items
	return m.name == refFn && m.value.isMadeName() || m.name == "Fn::GetAtt" && len(list) > 0 && list[0].isMadeName()
}

// naming are the functions that may make the name that Ref and Fn::GetAtt take.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
var naming = []string{refFn, "Fn::FindInMap", "Fn::If", "Fn::Join", "Fn::Select", "Fn::Sub"}

// isTextual admits a text and what may come to one.
func isTextual(arg *node) bool { return arg.isScalar() || arg.kind == object || arg.kind == null }

func items(low, high int) func(*node) bool {
	return func(arg *node) bool {
		return arg.kind == list && low <= len(arg.items) && len(arg.items) <= high || arg.isLooped()
	}
}

// isLooped says whether a loop makes the argument.
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
