package cfn

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
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

// value evaluates a node. Texts hold symbols for what is not known.
func (s *stack) value(n *node) resource.Value {
	if name, arg, ok := n.call(); ok {
		return s.call(name, arg, n.place)
	}
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

// text is a value inside another text; ok is false for lists and objects.
func scalarText(v resource.Value) (string, bool) {
	if text, ok := v.Text(); ok {
		return text, true
	}
	if v.Kind() != resource.List {
		return "", v.IsNull()
	}
	var parts []string
	for _, e := range v.List() {
		text, ok := e.Text()
		if !ok {
			return "", false
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ","), true
}

func marked(v resource.Value, sensitive bool) resource.Value {
	if sensitive {
		return v.AsSensitive()
	}
	return v
}

// sub fills in the ${...} of a text.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
func (s *stack) sub(arg *node) resource.Value {
	source, local := arg, (*node)(nil)
	if arg.kind == list {
		source, local = arg.items[0], arg.items[1]
	}
	var b strings.Builder
	sensitive := false
	for _, part := range placeholders(source.text) {
		switch {
		case part.literal:
			b.WriteString(part.text)
		default:
			v := s.placeholder(part.text, local, source.place)
			text, ok := scalarText(v)
			if !ok {
				s.fail(errorAt(source.place, "${%s} is no text", part.text))
			}
			b.WriteString(text)
			sensitive = sensitive || isSensitive(v)
		}
		if b.Len() > maxText {
			s.fail(errorAt(source.place, "Fn::Sub makes a text of more than %d bytes", maxText))
			return resource.NullValue()
		}
	}
	return s.made(b.String(), sensitive, source.place)
}

// made is a text that a function made. All of them together are bounded.
func (s *stack) made(text string, sensitive bool, at place) resource.Value {
	if s.texts += len(text); s.texts > maxTexts {
		s.fail(errorAt(at, "its functions make texts of more than %d bytes", maxTexts))
		return resource.NullValue()
	}
	return marked(resource.StringValue(s.resolved(text)), sensitive)
}

func isSensitive(v resource.Value) bool {
	sensitive := false
	v.Walk(func(_ []any, inner resource.Value) bool {
		sensitive = sensitive || inner.IsSensitive()
		return true
	})
	return sensitive
}

func (s *stack) placeholder(name string, local *node, at place) resource.Value {
	if local != nil {
		if n := local.get(name); n != nil {
			return s.value(n)
		}
	}
	if strings.Contains(name, ".") {
		return s.getAtt(textNode(name, at), at)
	}
	return s.ref(name, at)
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

func (s *stack) join(arg *node) resource.Value {
	delimiter, _ := scalarText(s.value(arg.items[0]))
	v := s.value(arg.items[1])
	if symbol, ok := v.Text(); ok {
		if _, loose := s.originOf(symbol); loose { // a list that is not known
			return s.opaque("Fn::Join", resource.StringValue(delimiter), v)
		}
		s.fail(errorAt(arg.items[1].place, "Fn::Join takes a list"))
	}
	var texts []string
	size := 0
	for i, e := range v.List() {
		text, ok := scalarText(e)
		if !ok {
			s.fail(errorAt(arg.place, "element %d of Fn::Join is no text", i))
		}
		texts = append(texts, text)
		if size += len(text) + len(delimiter); size > maxText {
			s.fail(errorAt(arg.place, "Fn::Join makes a text of more than %d bytes", maxText))
			return resource.NullValue()
		}
	}
	return s.made(strings.Join(texts, delimiter), isSensitive(v), arg.place)
}

func (s *stack) pick(arg *node) resource.Value {
	text, _ := scalarText(s.value(arg.items[0]))
	index, err := strconv.Atoi(text)
	v := s.value(arg.items[1])
	if err != nil && len(resource.Symbols(text)) == 0 {
		s.fail(errorAt(arg.items[0].place, "the index of Fn::Select has to be a number, not %q", text))
	}
	if err != nil || v.Kind() != resource.List {
		return s.opaque("Fn::Select", resource.StringValue(text), v)
	}
	all := v.List()
	if index < 0 || index >= len(all) {
		s.fail(errorAt(arg.items[0].place, "there is no element %d; the list has %d", index, len(all)))
		return resource.NullValue()
	}
	return all[index]
}

// cut splits a text. What symbols stand for holds no comma and, in an ARN, no
// colon, so these can be taken apart although their parts are not known.
func (s *stack) cut(arg *node) resource.Value {
	delimiter, _ := scalarText(s.value(arg.items[0]))
	v := s.value(arg.items[1])
	text, ok := v.Text()
	if !ok {
		s.fail(errorAt(arg.items[1].place, "Fn::Split takes a text"))
		return resource.NullValue()
	}
	_, loose := s.originOf(text)
	apart := delimiter == "," || delimiter == ":" && strings.HasPrefix(text, "arn:")
	if loose || !apart && len(resource.Symbols(text)) > 0 {
		return s.opaque("Fn::Split", resource.StringValue(delimiter), v)
	}
	var parts []resource.Value
	for piece := range strings.SplitSeq(text, delimiter) {
		if v.IsSensitive() && piece != "" {
			s.secrets[piece] = true
		}
		parts = append(parts, marked(resource.StringValue(piece), v.IsSensitive()))
	}
	return resource.ListValue(parts...)
}

func (s *stack) length(arg *node) resource.Value {
	v := s.value(arg)
	if v.Kind() != resource.List {
		return s.opaque("Fn::Length", v)
	}
	return resource.NumberValue(strconv.Itoa(len(v.List())))
}

func (s *stack) jsonString(arg *node) resource.Value {
	v := s.value(arg)
	raw, err := json.Marshal(plain(v))
	if err != nil || len(raw) > maxText {
		return s.opaque("Fn::ToJsonString", v)
	}
	return marked(resource.StringValue(string(raw)), isSensitive(v))
}

// plain is a value as encoding/json takes it.
func plain(v resource.Value) any {
	switch v.Kind() {
	case resource.Bool:
		truth, _ := v.Truth()
		return truth
	case resource.Number:
		text, _ := v.Text()
		return json.Number(text)
	case resource.String:
		text, _ := v.Text()
		return text
	case resource.List:
		all := []any{}
		for _, e := range v.List() {
			all = append(all, plain(e))
		}
		return all
	case resource.Map:
		all := map[string]any{}
		for _, k := range v.Keys() {
			all[k] = plain(v.Get(k))
		}
		return all
	}
	return nil
}

// choice is Fn::If.
func (s *stack) choice(arg *node) resource.Value {
	switch s.condition(arg.items[0].text, arg.items[0].place) {
	case resource.Yes:
		return s.value(arg.items[1])
	case resource.No:
		return s.value(arg.items[2])
	}
	failure := s.failure
	either := []resource.Value{s.value(arg.items[1]), s.value(arg.items[2])}
	s.failure = failure // only one of them counts
	v := s.opaque("Fn::If "+arg.items[0].text, either...)
	symbol, _ := v.Text()
	name, _ := resource.SymbolName(symbol)
	s.origins[name] = resource.Origin{Cause: resource.Variable, Via: []string{"condition " + s.where(arg.items[0].text)}}
	return v
}
