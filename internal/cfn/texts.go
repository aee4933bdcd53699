package cfn

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

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
				s.fail(errorAt(source.place, "${%s} is not a string", part.text))
			}
			b.WriteString(text)
			sensitive = sensitive || isSensitive(v)
		}
		if b.Len() > maxText {
			s.fail(errorAt(source.place, "Fn::Sub makes a string of more than %d bytes", maxText))
			return resource.NullValue()
		}
	}
	return s.newText(b.String(), sensitive, source.place)
}

// newText returns a text that a function made, and counts it.
func (s *stack) newText(text string, sensitive bool, at place) resource.Value {
	if s.texts += len(text); s.texts > maxTexts {
		s.fail(errorAt(at, "its functions make strings of more than %d bytes", maxTexts))
		return resource.NullValue()
	}
	return withSensitivity(resource.StringValue(s.resolved(text)), sensitive)
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
			s.fail(errorAt(arg.place, "element %d of Fn::Join is not a string", i))
		}
		texts = append(texts, text)
		if size += len(text) + len(delimiter); size > maxText {
			s.fail(errorAt(arg.place, "Fn::Join makes a string of more than %d bytes", maxText))
			return resource.NullValue()
		}
	}
	return s.newText(strings.Join(texts, delimiter), isSensitive(v), arg.place)
}

func (s *stack) selectItem(arg *node) resource.Value {
	text, _ := scalarText(s.value(arg.items[0]))
	index, err := strconv.Atoi(text)
	v := s.value(arg.items[1])
	if err != nil && len(resource.Symbols(text)) == 0 {
		s.fail(errorAt(arg.items[0].place, "the index of Fn::Select must be a number, not %q", text))
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

// split splits a text. The value of a symbol holds no comma and, in an ARN, no
// colon, so these can be split although their parts are not known.
func (s *stack) split(arg *node) resource.Value {
	delimiter, _ := scalarText(s.value(arg.items[0]))
	v := s.value(arg.items[1])
	text, ok := v.Text()
	if !ok {
		s.fail(errorAt(arg.items[1].place, "Fn::Split takes a string"))
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
		parts = append(parts, withSensitivity(resource.StringValue(piece), v.IsSensitive()))
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
	s.spend(4*sizeOf(v), arg.place)
	raw, err := json.Marshal(plain(v))
	if err != nil || len(raw) > maxText {
		return s.opaque("Fn::ToJsonString", v)
	}
	return withSensitivity(resource.StringValue(string(raw)), isSensitive(v))
}
