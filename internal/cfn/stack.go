package cfn

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A stack is a template in one scenario: its parameters have values or symbols, its
// loops are unrolled.
type stack struct {
	*scenario
	template *template
	parent   *stack
	prefix   string // of addresses: "Child." in a nested stack
	given    map[string]resource.Value
	place    resource.Scope
	name     string // "" if it is not known
	input    string // path of the input, for a root
	depth    int

	parameters map[string]*parameter
	mappings   *node
	conditions map[string]*node
	resources  []*declaration // hides the scenario's
	declared   map[string]*declaration
	outputs    *node

	values           map[string]resource.Value // of parameters
	conditionTruths  map[string]truth.Truth    // of conditions
	irrelevantTruths map[string]truth.Truth    // of those that decide nothing
	children         map[string]*stack         // nested stacks
	exported         []stackExport
	listed           bool                      // exported is read
	outputValues     map[string]resource.Value // outputs of nested stacks, by resource and name
	symbols          map[string]*parameter
	mayHaveMore      bool                      // parameters that are not given may be given by what cannot be seen
	identities       map[string]resource.Value // names of resources
	waivers          []*resource.InlineWaiver  // at the nested stacks that lead here
	uncertain        string                    // why it is not known whether it is made
	embeddedAt       *place                    // where its template is inside another one
	within           string                    // the resource that makes it, which is none of a template
}

// A declaration is a resource of the template.
type declaration struct {
	name       string
	typ        string
	condition  string
	properties *node // nil if there are none
	body       *node
	waivers    []*resource.InlineWaiver
	uncertain  string // why it is not known whether it is made
	place
}

const stackProvider = "stack"

// address returns the address of a resource.
func (s *stack) address(logical string) string { return s.prefix + logical }

// symbol names a value that only this stack has: a parameter, a generated name.
func (s *stack) symbol(name string) string { return symbolSafe(s.prefix + name) }

// displayName puts a name of this stack into words.
func (s *stack) displayName(name string) string { return s.prefix + name }

// pseudo returns the values that CloudFormation gives every stack.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
func (s *stack) pseudo(name string) (resource.Value, bool) {
	var known, symbol string
	switch name {
	case "AWS::Region":
		known, symbol = s.place.Region, s.place.RegionName()
	case "AWS::AccountId":
		known, symbol = s.place.Account, s.place.AccountName()
	case "AWS::Partition":
		known, symbol = s.place.InPartition(), s.place.PartitionName()
	case "AWS::URLSuffix":
		known, symbol = s.place.DNSSuffix(), s.place.DNSSuffixName()
	case "AWS::StackName":
		known, symbol = s.name, s.symbol("name of the stack")
	case "AWS::StackId":
		stack, _ := s.pseudo("AWS::StackName")
		text, _ := stack.Text()
		return resource.StringValue(s.fillIn("arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{id}",
			map[string]string{"name": text, "id": resource.Symbol(s.symbol("id of the stack"))})), true
	case "AWS::NotificationARNs":
		return s.unknownText(s.symbol("AWS.NotificationARNs"), resource.Origin{Cause: resource.Variable, Via: []string{name}}), true
	default:
		return resource.Value{}, false
	}
	if assumed, ok := s.assumed[symbol]; ok {
		known = assumed
	}
	if known == "" {
		known = resource.Symbol(symbol)
	}
	return resource.StringValue(known), true
}

// A stackExport is one export of a stack.
type stackExport struct {
	stack     *stack
	name      string
	value     *node
	stackName string
}

// fileName names the template for notes.
func (s *stack) fileName() string {
	if s.template.file != "" {
		return s.template.file
	}
	return "the template"
}

// textOf returns a text that CloudFormation gives the stack.
func (s *stack) textOf(pseudo string) string {
	v, _ := s.pseudo(pseudo)
	text, _ := v.Text()
	return text
}

// fillIn fills in an ARN or a URL, with the place of the stack and further values.
func (s *stack) fillIn(text string, values map[string]string) string {
	for name, pseudo := range map[string]string{"partition": "AWS::Partition", "region": "AWS::Region", "account": "AWS::AccountId", "suffix": "AWS::URLSuffix"} {
		values[name] = s.textOf(pseudo)
	}
	return catalog.FillIn(text, values)
}

// root returns the stack that this one is nested in, however deep.
func (s *stack) root() *stack {
	for s.parent != nil {
		s = s.parent
	}
	return s
}

// position returns a place with the file's name.
func (s *stack) position(at place) *resource.Position {
	if s.embeddedAt != nil {
		at = *s.embeddedAt
	}
	file := at.file
	if file == "" {
		file = s.root().input
	}
	return &resource.Position{File: file, Line: at.line, Column: at.column}
}

// isTransformed reports whether a transform adds properties that cannot be seen, or writes the
// resource anew.
func (d *declaration) isTransformed() bool {
	return len(d.transforms()) > 0
}

// transforms returns the calls of transforms in the properties and beside them.
func (d *declaration) transforms() (calls []member) {
	for _, n := range []*node{d.properties, d.body} {
		if n == nil {
			continue
		}
		for _, m := range n.members {
			if m.name == transformFn {
				calls = append(calls, m)
			}
		}
	}
	return calls
}

// isRewritten reports whether a custom macro may change what is beside it. An include
// only adds.
func (d *declaration) isRewritten() bool {
	return slices.ContainsFunc(d.transforms(), func(m member) bool { return !isInclude(m) })
}

// outsideValue returns an attribute that the template does not show.
func (s *stack) outsideValue(d *declaration, attribute string) resource.Value {
	name := strings.TrimSuffix(d.name+"."+attribute, ".")
	return s.unknownText(s.symbol(name), resource.Origin{Cause: resource.Outside, Via: []string{s.displayName(name)}})
}
