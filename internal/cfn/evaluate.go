package cfn

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// maxText bounds the texts that functions make: a template has at most 1 MB.
const maxText = 1 << 20

// maxTexts bounds all texts that functions make in one case.
const maxTexts = 16 << 20

// absent is what AWS::NoValue comes to: the property or element is not there.
var absent = resource.UnknownValue(resource.Origin{Via: []string{"AWS::NoValue"}, Cause: resource.Computed})

func isAbsent(v resource.Value) bool {
	o, ok := v.Origin()
	return ok && v.IsUnknown() && o.Cause == resource.Computed && len(o.Via) == 1 && o.Via[0] == "AWS::NoValue"
}

// maxSteps bounds how many values are evaluated in one case. A variable that
// Fn::Sub names often, made of others that do so, would take for ever.
const maxSteps = 2_000_000

// step counts an evaluation; there are no more where one has failed.
func (s *stack) step(at place) (ok bool) {
	if s.steps++; s.steps > maxSteps {
		s.fail(errorAt(at, "its functions evaluate more than %d values", maxSteps))
	}
	if s.steps%1024 == 0 && s.run.ctx.Err() != nil {
		s.fail(errorAt(at, "its functions take too long"))
	}
	return s.touch(valueSize, at)
}

// isExhausted says whether evaluation came to a bound.
func (w *world) isExhausted() bool {
	return w.steps > maxSteps || w.texts > maxTexts || w.run.touched > maxTouched || w.run.ctx.Err() != nil
}

// value evaluates a node. Texts hold symbols for what is not known.
func (s *stack) value(n *node) resource.Value {
	if !s.step(n.place) {
		return resource.NullValue()
	}
	if name, arg, ok := n.call(); ok {
		v := s.call(name, arg, n.place)
		s.touch(sizeOf(v), n.place)
		return v
	}
	s.touch(len(n.text), n.place)
	switch n.kind {
	case boolean:
		return resource.BoolValue(n.text == "true")
	case number:
		return resource.NumberValue(n.text)
	case text:
		return resource.StringValue(s.resolved(n.text))
	case list:
		items := make([]resource.Value, 0, len(n.items))
		for _, item := range n.items {
			if v := s.value(item); !isAbsent(v) {
				items = append(items, v)
			}
		}
		return resource.ListValue(items...)
	case object:
		return s.object(n)
	}
	s.fail(errorAt(n.place, "a null, which CloudFormation refuses"))
	return resource.NullValue()
}

func (s *stack) object(n *node) resource.Value {
	fields := make(map[string]resource.Value, len(n.members))
	for _, m := range n.members {
		if m.name == transformFn {
			return s.somewhere(transformFn, n.place)
		}
		if v := s.value(m.value); !isAbsent(v) {
			fields[m.name] = v
		}
	}
	return resource.MapValue(fields)
}

// unit names the template for notes.
func (s *stack) unit() string {
	if s.template.file != "" {
		return s.template.file
	}
	return "the template"
}

// resolved replaces dynamic references, whose values are elsewhere.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
func (s *stack) resolved(text string) string {
	if !strings.Contains(text, "{{resolve:") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{resolve:")
		inner, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			b.WriteString(text)
			return b.String()
		}
		reference := "{{resolve:" + inner + "}}"
		symbol, _ := s.loose(reference, resource.Origin{Cause: resource.Outside, Via: []string{told(reference)}}).Text()
		b.WriteString(before)
		b.WriteString(symbol)
		text = after
	}
}

// told writes a text with symbols for people.
func told(text string) string { return strings.Trim(words(text), `"`) }

// call evaluates a function.
func (s *stack) call(name string, arg *node, at place) resource.Value {
	if (member{name: name, value: arg}).takesMadeName() {
		return s.opaque(name, s.value(arg))
	}
	switch name {
	case refFn:
		return s.ref(arg.text, at)
	case "Fn::GetAtt":
		return s.getAtt(arg, at)
	case "Fn::Sub":
		return s.sub(arg)
	case "Fn::Join":
		return s.join(arg)
	case "Fn::Select":
		return s.pick(arg)
	case "Fn::Split":
		return s.cut(arg)
	case "Fn::FindInMap":
		return s.find(arg, at)
	case "Fn::If":
		return s.choice(arg)
	case "Fn::ImportValue":
		return s.imported(arg)
	case "Fn::GetStackOutput":
		return s.stackOutput(arg)
	case "Fn::Length":
		return s.length(arg)
	case "Fn::ToJsonString":
		return s.jsonString(arg)
	case "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals":
		s.fail(errorAt(at, "%s stands outside of Conditions", name))
	}
	return s.opaque(name, s.value(arg))
}

// opaque is a value that cannot be seen. The same function of the same arguments
// is the same value, wherever it stands.
func (s *stack) opaque(name string, arguments ...resource.Value) resource.Value {
	var parts []any
	sensitive := false
	for _, a := range arguments {
		s.run.touched += 4 * sizeOf(a) // written as JSON and hashed
		parts = append(parts, plain(a))
		sensitive = sensitive || isSensitive(a)
	}
	raw, err := json.Marshal(parts)
	if err != nil || len(raw) > maxArguments {
		sum := sha256.Sum256(raw)
		raw = sum[:8]
	}
	v := s.loose(fmt.Sprintf("%s%s %s", s.prefix, name, raw), resource.Origin{Cause: resource.Opaque, Via: []string{name}})
	return marked(v, sensitive)
}

// maxArguments bounds how much of a function's arguments names its value.
const maxArguments = 256

// somewhere is a value that cannot be seen and is like no other.
func (s *stack) somewhere(name string, at place) resource.Value {
	return s.opaque(name, resource.StringValue(fmt.Sprint(at.file, at.line, at.column, len(s.origins))))
}

// choice is Fn::If.
func (s *stack) choice(arg *node) resource.Value {
	switch s.condition(arg.items[0].text, arg.items[0].place) {
	case truth.Yes:
		return s.value(arg.items[1])
	case truth.No:
		return s.value(arg.items[2])
	}
	either := []resource.Value{s.perhaps(arg.items[1]), s.perhaps(arg.items[2])}
	v := s.opaque("Fn::If "+arg.items[0].text, either...)
	symbol, _ := v.Text()
	name, _ := resource.SymbolName(symbol)
	s.origins[name] = resource.Origin{Cause: resource.Variable, Deciders: []string{"condition " + s.where(arg.items[0].text)}}
	return v
}

// perhaps evaluates what may not count: what is wrong with it may not count, too.
func (s *stack) perhaps(n *node) resource.Value {
	failure := s.failure
	v := s.value(n)
	if !s.isExhausted() {
		s.failure = failure
	}
	return v
}
