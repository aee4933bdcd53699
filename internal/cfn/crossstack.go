package cfn

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// findExport returns the export that a stack imports by its name.
func (s *stack) findExport(name string) (resource.Value, bool) {
	if slices.Contains(s.importing, name) || len(s.importing) > maxNested {
		return resource.Value{}, false
	}
	s.importing = append(s.importing, name)
	defer func() { s.importing = s.importing[:len(s.importing)-1] }()
	var named, likely []stackExport
	for _, e := range s.importable() {
		if e.name == name {
			named = append(named, e)
			continue
		}
		if stack, ok := e.couldBe(name); ok {
			e.stackName = stack
			likely = append(likely, e)
		}
	}
	switch {
	case len(named) == 1:
		return named[0].stack.value(named[0].value), true
	case len(named) > 1: // of several accounts or regions, or of stacks of which only one can be made
		s.note(&s.notes, "%q is exported %d times: which export is imported is not known", display(name), len(named))
		return resource.Value{}, false
	case len(likely) != 1:
		return resource.Value{}, false
	}
	e := likely[0]
	s.note(&s.notes, "%s: its stack is assumed to be named %s, because %q is imported", strings.TrimSuffix(e.stack.prefix, ":"), e.stackName, name)
	return e.stack.value(e.value), true
}

// importable returns the exports that the stack may import: those of other stacks in its
// account and region, as far as they do not wait for this one to be made.
func (s *stack) importable() (all []stackExport) {
	for _, root := range s.roots {
		for _, other := range root.family() {
			if !s.isWithin(other) && s.mayBeBeside(other) {
				all = append(all, other.exports()...)
			}
		}
	}
	return all
}

// mayBeBeside reports whether two stacks may be in one account and region.
func (s *stack) mayBeBeside(other *stack) bool {
	for _, pseudo := range []string{"AWS::Region", "AWS::AccountId"} {
		if resource.Text(s.textOf(pseudo)).Equal(resource.Text(other.textOf(pseudo))) == truth.No {
			return false
		}
	}
	return true
}

// family returns the stack and those nested in it that are in one place with it.
func (s *stack) family() []*stack {
	all := []*stack{s}
	for _, d := range s.resources {
		if nestedTypes[d.typ] == "" || isSet(d) || s.exists(d) == truth.No {
			continue
		}
		if c := s.child(d); c != nil {
			all = append(all, c.family()...)
		}
	}
	return all
}

// isWithin reports whether the stack is the other one, or nested in it.
func (s *stack) isWithin(other *stack) bool {
	for at := s; at != nil; at = at.parent {
		if at == other {
			return true
		}
	}
	return false
}

func (s *stack) exports() []stackExport {
	if s.outputs == nil || s.listed {
		return s.exported
	}
	s.listed = true // where a name leads back here
	s.exported = s.readExports()
	return s.exported
}

func (s *stack) readExports() []stackExport {
	var all []stackExport
	for _, m := range s.outputs.members {
		export, value := m.value.get("Export"), m.value.get("Value")
		if export == nil || value == nil || export.get("Name") == nil {
			continue
		}
		if c := m.value.get("Condition"); c != nil && s.condition(c.text, c.place) == truth.No {
			continue
		}
		name, _ := scalarText(s.value(export.get("Name")))
		all = append(all, stackExport{stack: s, name: name, value: value})
	}
	return all
}

// couldBe reports whether the export has a name for some name of its stack, and returns
// that name.
func (e stackExport) couldBe(name string) (stack string, ok bool) {
	symbol := resource.Symbol(e.stack.symbol("name of the stack"))
	before, after, found := strings.Cut(e.name, symbol)
	if !found || len(resource.Symbols(e.name)) > 1 || len(resource.Symbols(name)) > 0 || len(name) <= len(before)+len(after) {
		return "", false
	}
	if !strings.HasPrefix(name, before) || !strings.HasSuffix(name, after) {
		return "", false
	}
	return name[len(before) : len(name)-len(after)], true
}

// imported evaluates Fn::ImportValue: the export of another given template, else an
// unknown value.
func (s *stack) imported(arg *node) resource.Value {
	v := s.value(arg)
	name, _ := scalarText(v)
	if v, ok := s.findExport(name); ok {
		return v
	}
	via := "Fn::ImportValue " + display(name)
	if isSensitive(v) {
		via = "Fn::ImportValue (sensitive)"
	}
	return s.unknownText("import of "+name, resource.Origin{Cause: resource.Outside, Via: []string{via}})
}

// An outputName says which output of which stack Fn::GetStackOutput returns. CDK writes
// it for references from stack to stack that keep no export.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
type outputName struct {
	stack, output string
	region        string // that of the stack that asks where nothing is said
	beside        bool   // it is that of the stack that asks
	account       string // that of the role that reads it, else of the stack that asks
	sensitive     bool
}

// stackOutput evaluates Fn::GetStackOutput: the output of another given template, else
// an unknown value.
func (s *stack) stackOutput(arg *node) resource.Value {
	name := s.outputName(arg)
	if v, ok := s.outputOf(name); ok {
		return v
	}
	via := "Fn::GetStackOutput " + display(name.stack) + ":" + display(name.output)
	if name.sensitive {
		via = "Fn::GetStackOutput (sensitive)"
	}
	return s.unknownText("output "+name.key(), resource.Origin{Cause: resource.Outside, Via: []string{via}})
}

func (s *stack) outputName(arg *node) outputName {
	name := outputName{}
	part := func(key, usual string) string {
		n := arg.get(key)
		if n == nil {
			return usual
		}
		v := s.value(n)
		if isAbsent(v) {
			return usual
		}
		text, _ := scalarText(v)
		name.sensitive = name.sensitive || isSensitive(v)
		return text
	}
	name.stack, name.output = part("StackName", ""), part("OutputName", "")
	region := arg.get("Region")
	name.region = part("Region", s.textOf("AWS::Region"))
	name.beside = region == nil || region.get(refFn) != nil && region.get(refFn).text == "AWS::Region"
	name.account = s.textOf("AWS::AccountId")
	if role := part("RoleArn", ""); role != "" {
		name.account = accountIn(role)
	}
	return name
}

// accountIn returns the account of an ARN; "" if it has none.
func accountIn(arn string) string {
	if parts := resource.Text(arn).Split(':', 6); len(parts) == 6 {
		return string(parts[4])
	}
	return ""
}

// key identifies an output: stacks of two regions or accounts may have the same name.
func (n outputName) key() string {
	return n.stack + ":" + n.output + " " + n.region + " " + n.account
}

// outputOf returns the output of the one given template that the name may mean.
func (s *stack) outputOf(name outputName) (resource.Value, bool) {
	if len(s.roots) < 2 || slices.Contains(s.importing, name.key()) || len(s.importing) > maxNested {
		return resource.Value{}, false
	}
	s.importing = append(s.importing, name.key())
	defer func() { s.importing = s.importing[:len(s.importing)-1] }()
	found := s.stacksNamed(name)
	if len(found) != 1 {
		return resource.Value{}, false
	}
	t := found[0]
	if t.name == "" {
		s.note(&s.notes, "%s: its stack is assumed to be named %s, because its output %s is used", t.input, name.stack, name.output)
	}
	return t.value(t.outputs.get(name.output).get("Value")), true
}

// stacksNamed returns the given stacks that have the name and the output; if none has the
// name, those whose name is not known.
func (s *stack) stacksNamed(name outputName) []*stack {
	named := []*stack{}
	unnamed := []*stack{}
	for _, t := range s.roots {
		switch {
		case t == s.root() || !t.mayLiveIn(name) || !t.hasOutput(name.output):
		case t.name == "" && resource.Text(name.stack).IsLiteral():
			unnamed = append(unnamed, t)
		case t.name == name.stack:
			named = append(named, t)
		}
	}
	if len(named) > 0 {
		return named
	}
	return unnamed
}

// mayLiveIn reports whether the stack may be at the place that a reference names. A
// literal region does not match a stack that may be deployed to any region: code that
// names a region usually means another one than its own.
func (s *stack) mayLiveIn(name outputName) bool {
	region := resource.Text(s.textOf("AWS::Region")).Equal(resource.Text(name.region))
	account := resource.Text(s.textOf("AWS::AccountId")).Equal(resource.Text(name.account))
	return (region == truth.Yes || region == truth.Unknown && name.beside) && (account != truth.No || name.account == "")
}

// hasOutput reports whether the stack has an output.
func (s *stack) hasOutput(output string) bool {
	if s.outputs == nil {
		return false
	}
	o := s.outputs.get(output)
	if o == nil || o.get("Value") == nil {
		return false
	}
	c := o.get("Condition")
	return c == nil || s.condition(c.text, c.place) != truth.No
}
