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
}

const (
	refFn       = "Ref"
	conditionFn = "Condition"
	forEach     = "Fn::ForEach::"
	transformFn = "Fn::Transform"
)

// functions are the intrinsic functions but for Condition, which is one in
// conditions only, and those of the section Rules.
var functions = map[string]function{
	refFn:                {takes: "a name", fits: isName},
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
	"Fn::GetStackOutput": {takes: "an object", fits: isObject},
	"Fn::Base64":         {takes: "a text", fits: isTextual},
	"Fn::Cidr":           {takes: "[block, count, bits]", fits: items(2, 3)},
	"Fn::GetAZs":         {takes: "a region", fits: isTextual},
	"Fn::Length":         {takes: "a list", fits: isAnything, extension: true},
	"Fn::ToJsonString":   {takes: "an object or a list", fits: isAnything, extension: true},
	transformFn:          {takes: "an object with a Name", fits: isAnything},
}

// shortForms are the tags of YAML and the functions that they stand for.
var shortForms = map[string]string{
	"!Ref": refFn, "!Condition": conditionFn,
	"!GetAtt": "Fn::GetAtt", "!Sub": "Fn::Sub", "!Join": "Fn::Join", "!Select": "Fn::Select", "!Split": "Fn::Split",
	"!FindInMap": "Fn::FindInMap", "!If": "Fn::If", "!And": "Fn::And", "!Or": "Fn::Or", "!Not": "Fn::Not",
	"!Equals": "Fn::Equals", "!ImportValue": "Fn::ImportValue", "!GetStackOutput": "Fn::GetStackOutput",
	"!Base64": "Fn::Base64", "!Cidr": "Fn::Cidr", "!GetAZs": "Fn::GetAZs", "!Transform": transformFn,
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

// checkCalls checks the shape of every function inside a node, metadata aside,
// which may hold anything.
func checkCalls(n *node, extensions bool) error {
	for _, m := range n.members {
		if err := checkCall(n, m, extensions); err != nil {
			return err
		}
		if m.name == "Metadata" {
			continue
		}
		if err := checkCalls(m.value, extensions); err != nil {
			return err
		}
	}
	for _, item := range n.items {
		if err := checkCalls(item, extensions); err != nil {
			return err
		}
	}
	return nil
}

func checkCall(n *node, m member, extensions bool) error {
	loop := strings.HasPrefix(m.name, forEach)
	f, known := functions[m.name]
	switch {
	case loop && !extensions, known && f.extension && !extensions && len(n.members) == 1:
		return errorAt(m.place, "%s needs a transform", m.name).hint("add to the template: Transform: AWS::LanguageExtensions")
	case loop && !isLoop(m.value):
		return errorAt(m.place, "%s takes [name, list, object]", m.name)
	case loop:
		return nil
	case len(n.members) == 1 && strings.HasPrefix(m.name, "!") && m.place == n.place:
		return errorAt(m.place, "there is no function %s", m.name).hint("%s", didYouMean(m.name, shortNames()))
	case !known && strings.HasPrefix(m.name, "Fn::"):
		return errorAt(m.place, "there is no function %s", m.name).hint("%s", didYouMean(m.name, slices.Collect(maps.Keys(functions))))
	case !known || len(n.members) == 1 && f.fits(m.value):
		return nil
	case m.name == refFn || m.name == transformFn:
		return nil // a key like any other; a transform may have neighbours
	case len(n.members) > 1:
		return errorAt(m.place, "%s stands beside other keys", m.name)
	}
	return errorAt(m.place, "%s takes %s", m.name, f.takes)
}

func isAnything(*node) bool   { return true }
func isObject(arg *node) bool { return arg.kind == object }
func isName(arg *node) bool   { return arg.isScalar() && arg.text != "" }

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
		return len(arg.items) >= 2 && arg.items[0].isScalar() && arg.items[0].text != ""
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
