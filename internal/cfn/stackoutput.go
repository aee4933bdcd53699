package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

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

// isStackOutput says whether an object names a stack and an output.
func isStackOutput(arg *node) bool {
	return arg.kind == object && arg.get("StackName") != nil && arg.get("OutputName") != nil
}

// stackOutput is Fn::GetStackOutput: the output of another of the given templates,
// else a value of elsewhere.
func (s *stack) stackOutput(arg *node) resource.Value {
	name := s.outputName(arg)
	if v, ok := s.outputOf(name); ok {
		return v
	}
	via := "Fn::GetStackOutput " + told(name.stack) + ":" + told(name.output)
	if name.sensitive {
		via = "Fn::GetStackOutput (sensitive)"
	}
	return s.loose("output "+name.key(), resource.Origin{Cause: resource.Outside, Via: []string{via}})
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

// accountIn is the account of an ARN; "" where it tells none.
func accountIn(arn string) string {
	if parts := resource.Text(arn).Split(':', 6); len(parts) == 6 {
		return string(parts[4])
	}
	return ""
}

// key tells two outputs apart: stacks of two regions or accounts may have one name.
func (n outputName) key() string {
	return n.stack + ":" + n.output + " " + n.region + " " + n.account
}

// textOf is a text that CloudFormation gives the stack.
func (s *stack) textOf(pseudo string) string {
	v, _ := s.pseudo(pseudo)
	text, _ := v.Text()
	return text
}

// outputOf is the output of the one given template that the name may mean.
func (s *stack) outputOf(name outputName) (resource.Value, bool) {
	if len(s.roots) < 2 || slices.Contains(s.importing, name.key()) || len(s.importing) > maxNested {
		return resource.Value{}, false
	}
	s.importing = append(s.importing, name.key())
	defer func() { s.importing = s.importing[:len(s.importing)-1] }()
	found := s.meant(name)
	if len(found) != 1 {
		return resource.Value{}, false
	}
	t := found[0]
	if t.name == "" {
		s.note(&s.notes, "%s: its stack is taken to be named %s, as its output %s is asked for", t.input, name.stack, name.output)
	}
	return t.value(t.outputs.get(name.output).get("Value")), true
}

// meant are the given stacks that have the name and the output; where none has the
// name, those of which nobody knows what they are called.
func (s *stack) meant(name outputName) []*stack {
	named := []*stack{}
	unnamed := []*stack{}
	for _, t := range s.roots {
		switch {
		case t == s.root() || !t.livesWhere(name) || !t.gives(name.output):
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

// livesWhere says whether the stack may be where another one is asked for. A region
// that is written and a stack that may be deployed to any are not joined: who writes
// a region mostly means another one than that of the stack that asks.
func (s *stack) livesWhere(name outputName) bool {
	region := resource.Text(s.textOf("AWS::Region")).Equal(resource.Text(name.region))
	account := resource.Text(s.textOf("AWS::AccountId")).Equal(resource.Text(name.account))
	return (region == truth.Yes || region == truth.Unknown && name.beside) && (account != truth.No || name.account == "")
}

// gives says whether the stack has an output.
func (s *stack) gives(output string) bool {
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

// root is the stack that this one is nested in, however deep.
func (s *stack) root() *stack {
	for s.parent != nil {
		s = s.parent
	}
	return s
}
