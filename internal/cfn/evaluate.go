package cfn

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// value evaluates a node. Texts hold symbols for what is not known.
func (s *stack) value(n *node) resource.Value {
	if !s.step(n.place) {
		return resource.NullValue()
	}
	if name, arg, ok := n.call(); ok {
		v := s.call(name, arg, n.place)
		s.spend(sizeOf(v), n.place)
		return v
	}
	s.spend(len(n.text), n.place)
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
			return s.opaqueAt(transformFn, n.place)
		}
		if v := s.value(m.value); !isAbsent(v) {
			fields[m.name] = v
		}
	}
	return resource.MapValue(fields)
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
		symbol, _ := s.unknownText(reference, resource.Origin{Cause: resource.Outside, Via: []string{display(reference)}}).Text()
		b.WriteString(before)
		b.WriteString(symbol)
		text = after
	}
}

// call evaluates a function.
func (s *stack) call(name string, arg *node, at place) resource.Value {
	if (member{name: name, value: arg}).hasComputedLogicalID() {
		return s.opaque(name, s.value(arg))
	}
	if evaluate := s.shared.evaluators[name]; evaluate != nil {
		return evaluate(s, arg, at)
	}
	return s.opaque(name, s.value(arg))
}

// opaque returns an unknown value. The same function with the same arguments has the
// same value everywhere.
func (s *stack) opaque(name string, arguments ...resource.Value) resource.Value {
	var parts []any
	sensitive := false
	for _, a := range arguments {
		s.shared.spent += 4 * sizeOf(a) // written as JSON and hashed
		parts = append(parts, plain(a))
		sensitive = sensitive || isSensitive(a)
	}
	raw, err := json.Marshal(parts)
	if err != nil || len(raw) > maxArguments {
		sum := sha256.Sum256(raw)
		raw = sum[:8]
	}
	v := s.unknownText(fmt.Sprintf("%s%s %s", s.prefix, name, raw), resource.Origin{Cause: resource.Opaque, Via: []string{name}})
	return withSensitivity(v, sensitive)
}

// maxArguments bounds the text of arguments in the name of an unknown value.
const maxArguments = 256

// opaqueAt returns an unknown value that may differ from every other one.
func (s *stack) opaqueAt(name string, at place) resource.Value {
	return s.opaque(name, resource.StringValue(fmt.Sprint(at.file, at.line, at.column, len(s.origins))))
}

// tentative evaluates an expression that may not be used, so its errors do not count.
func (s *stack) tentative(n *node) resource.Value {
	failure := s.failure
	v := s.value(n)
	if !s.isExhausted() {
		s.failure = failure
	}
	return v
}
