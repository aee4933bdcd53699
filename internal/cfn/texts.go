package cfn

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// scalarText is a value inside another text: a list has commas between its
// elements. It is not ok for objects.
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
	values := map[string]resource.Value{}
	for _, part := range placeholders(source.text) {
		switch {
		case part.literal:
			b.WriteString(part.text)
		default:
			v, ok := values[part.text]
			if !ok {
				v = s.placeholder(part.text, local, source.place)
				values[part.text] = v
			}
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
	if strings.Count(text, delimiter) >= maxParts {
		s.fail(errorAt(arg.place, "Fn::Split makes more than %d parts", maxParts))
		return resource.NullValue()
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
	s.touch(4*sizeOf(v), arg.place)
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
