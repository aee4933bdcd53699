package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A stack is a template in one world: its parameters have values or symbols, its
// loops are unrolled.
type stack struct {
	*world
	template *template
	parent   *stack
	prefix   string // of addresses: "Child." in a nested stack
	given    map[string]resource.Value
	place    resource.Scope
	name     string // "" where it is not known
	input    string // path of the input, for a root
	depth    int

	parameters map[string]*parameter
	mappings   *node
	conditions map[string]*node
	resources  []*declaration // hides the world's
	declared   map[string]*declaration
	outputs    *node

	values     map[string]resource.Value // of parameters
	held       map[string]truth.Truth    // of conditions
	heldIdly   map[string]truth.Truth    // of those that decide nothing
	children   map[string]*stack         // nested stacks
	exported   []exported
	listed     bool                      // exported is read
	outcomes   map[string]resource.Value // outputs of nested stacks, by resource and name
	symbols    map[string]*parameter
	unseen     bool                      // parameters that are not given may be given by what cannot be seen
	identities map[string]resource.Value // names of resources
	ignores    []*resource.InlineWaiver  // at the nested stacks that lead here
	uncertain  string                    // why nobody knows whether it is made
	written    *place                    // where its template stands inside another one
	within     string                    // the resource that makes it, which is none of a template
}

// A declaration is a resource of the template.
type declaration struct {
	name       string
	typ        string
	condition  string
	properties *node // nil if there are none
	body       *node
	ignores    []*resource.InlineWaiver
	uncertain  string // why nobody knows whether it is made
	place
}

const stackProvider = "stack"

// build reads the sections in their world. Errors are kept in the world.
func (s *stack) build() {
	s.heldIdly = map[string]truth.Truth{}
	s.values, s.held, s.children = map[string]resource.Value{}, map[string]truth.Truth{}, map[string]*stack{}
	s.identities, s.outcomes, s.symbols = map[string]resource.Value{}, map[string]resource.Value{}, map[string]*parameter{}
	s.parameters = map[string]*parameter{}
	s.hideInputs()
	for _, p := range s.template.parameters {
		s.parameters[p.name] = p
		s.symbols[s.symbol(p.name)] = p
	}
	s.mappings = s.included("Mappings")
	s.conditions = map[string]*node{}
	if n := s.included("Conditions"); n != nil {
		for _, m := range n.members {
			s.conditions[m.name] = m.value
		}
	}
	s.outputs = s.included("Outputs")
	s.declare(s.included("Resources"))
	for _, macro := range s.template.macros() {
		s.note(&s.incomplete, "the macro %s rewrites %s", macro, s.unit())
	}
	for _, n := range s.template.notes {
		s.note(&s.notes, "%s%s", s.prefix, n)
	}
	if s.failure == nil {
		s.checkNames()
	}
	if s.failure == nil {
		s.checkRules()
	}
}

// included is a section with what transforms and loops make of it.
func (s *stack) included(name string) *node {
	n := s.template.section(name)
	if extra := s.fromTransforms(name); extra != nil {
		n = joined(n, extra)
	}
	if n == nil {
		return nil
	}
	n = s.withIncludes(n, name)
	if s.template.loops || s.template.extensions {
		n = s.unroll(n)
	}
	return n
}

// joined is an object with the members of two.
func joined(a, b *node) *node {
	if a == nil {
		return b
	}
	return &node{kind: object, members: slices.Concat(a.members, b.members), place: a.place}
}

func (s *stack) declare(section *node) {
	s.declared = map[string]*declaration{}
	if section == nil {
		return
	}
	for _, m := range section.members {
		d, err := declarationOf(m)
		if err != nil {
			s.fail(err)
			return
		}
		d.ignores = slices.Concat(s.ignores, s.template.ignores.of[d.place])
		s.resources = append(s.resources, d)
		s.declared[d.name] = d
	}
}

func declarationOf(m member) (*declaration, *Error) {
	d := &declaration{name: m.name, body: m.value, place: m.place}
	if m.value.kind != object {
		return nil, errorAt(m.value.place, "the resource %s has to be an object, not %s", m.name, m.value.kind)
	}
	typ := m.value.get("Type")
	if typ == nil || typ.kind != text || typ.text == "" {
		return nil, errorAt(m.place, "the resource %s has no Type", m.name)
	}
	d.typ = typ.text
	if c := m.value.get("Condition"); c != nil {
		if c.kind != text {
			return nil, errorAt(c.place, "the Condition of %s has to be the name of a condition, not %s", m.name, c.kind)
		}
		d.condition = c.text
	}
	if p := m.value.get("Properties"); p != nil && p.kind != null {
		if p.kind != object {
			return nil, errorAt(p.place, "the Properties of %s have to be an object, not %s", m.name, p.kind)
		}
		d.properties = p
	}
	return d, nil
}

// exists says whether a resource is made.
func (s *stack) exists(d *declaration) truth.Truth {
	if d.condition == "" {
		return truth.Yes
	}
	return s.condition(d.condition, d.place)
}

// address is the address of a resource.
func (s *stack) address(logical string) string { return s.prefix + logical }

// symbol names what only this stack knows: a parameter, a generated name.
func (s *stack) symbol(name string) string { return symbolSafe(s.prefix + name) }

// where puts a name of this stack into words.
func (s *stack) where(name string) string { return s.prefix + name }

// pseudo are the values that CloudFormation gives every stack.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
func (s *stack) pseudo(name string) (resource.Value, bool) {
	known, symbol := "", ""
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
		return resource.StringValue(s.fill("arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{id}",
			"{name}", text, "{id}", resource.Symbol(s.symbol("id of the stack")))), true
	case "AWS::NotificationARNs":
		return s.loose(s.symbol("AWS.NotificationARNs"), resource.Origin{Cause: resource.Variable, Via: []string{name}}), true
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

// parameter is the value of a parameter: what is given, assumed, or its default,
// else a symbol.
func (s *stack) parameter(p *parameter) resource.Value {
	if v, ok := s.values[p.name]; ok {
		return v
	}
	v := s.bind(p)
	if !s.idle {
		s.values[p.name] = v
	}
	if p.noEcho {
		s.hideTexts(v)
	}
	return v
}

// hideInputs remembers what parameters get that are not to be echoed, whether or not
// anything asks for them: the template may hold the same text elsewhere.
func (s *stack) hideInputs() {
	for _, p := range s.template.parameters {
		if !p.noEcho {
			continue
		}
		if p.fallback != nil {
			s.hideTexts(p.value(*p.fallback))
		}
		if given, ok := s.given[p.name]; ok {
			s.hideTexts(given)
			if text, isText := given.Text(); isText {
				s.hideTexts(p.value(text))
			}
		}
	}
}

// hideTexts remembers the texts inside a sensitive value.
func (s *stack) hideTexts(v resource.Value) {
	v.Walk(func(_ []any, inner resource.Value) bool {
		if text, ok := inner.Text(); ok && len(resource.Symbols(text)) == 0 && text != "" {
			s.secrets[text] = true
		}
		return true
	})
}

func (s *stack) bind(p *parameter) resource.Value {
	if assumed, ok := s.assumed[s.symbol(p.name)]; ok {
		return p.value(assumed)
	}
	given, ok := s.given[p.name]
	switch {
	case p.isStored() || !ok && s.unseen:
		return s.unset(p)
	case ok:
		return s.handed(p, given)
	case p.fallback != nil && p.admits(*p.fallback):
		return p.value(s.resolved(*p.fallback))
	}
	return s.unset(p)
}

// handed is a value that is given to a parameter. A list of which a part is not
// known is not known.
func (s *stack) handed(p *parameter, given resource.Value) resource.Value {
	text, isText := given.Text()
	if !isText {
		return given
	}
	text = s.resolved(text)
	v := resource.StringValue(text)
	if _, loose := s.originOf(text); !loose || !p.isList() {
		v = p.value(text)
	}
	return marked(v, given.IsSensitive() || p.noEcho)
}

// maxAllowed bounds how many allowed values are taken as cases.
const maxAllowed = 16

// unset is a parameter of which nothing is known but its name, and what it may
// be.
func (s *stack) unset(p *parameter) resource.Value {
	if n := len(p.allowed); n > 0 && n <= maxAllowed && !p.isList() && !p.isStored() {
		s.undecided(s.decider(s.symbol(p.name), nil, true))
	}
	v := s.loose(s.symbol(p.name), resource.Origin{Cause: resource.Variable, Via: []string{s.where(p.name)}})
	if p.noEcho {
		v = v.AsSensitive()
	}
	return v
}

// hand takes over what makes the stack gives it.
func (s *stack) hand(in Input) {
	partition := s.place.Partition
	s.place, s.within = in.Scope, in.Within
	if s.place.InPartition() == "" {
		s.place.Partition = partition
	}
	for name, value := range in.Handed {
		if text, ok := scalarText(value); ok {
			value = marked(resource.StringValue(text), value.IsSensitive())
		}
		s.given[name] = value
	}
}

// take takes over a value that is given.
func (s *stack) take(name, value string) {
	switch name {
	case "AWS::Region":
		s.place.Region = value
	case "AWS::AccountId":
		s.place.Account = value
	case "AWS::StackName":
		s.name = value
	default:
		s.given[name] = resource.StringValue(value)
	}
}
