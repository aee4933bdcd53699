package cfn

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/resource"
)

// A parameter is an entry of the section Parameters.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
type parameter struct {
	name     string
	typ      string
	fallback *string // Default
	allowed  []string
	pattern  *regexp.Regexp // AllowedPattern, nil if Go cannot read it
	low      int            // MinLength
	high     int            // MaxLength, 0 for none
	least    *float64       // MinValue
	most     *float64       // MaxValue
	noEcho   bool
	place
}

func readParameter(m member) (*parameter, error) {
	p := &parameter{name: m.name, place: m.place}
	if m.value.kind != object {
		return nil, errorAt(m.value.place, "the parameter %s must be an object, not %s", m.name, m.value.kind)
	}
	if !isAlphanumeric(m.name) {
		return nil, errorAt(m.place, "the parameter name %q must consist of letters and digits", m.name)
	}
	typ := m.value.get("Type")
	if typ == nil || typ.kind != text {
		return nil, errorAt(m.place, "the parameter %s has no Type", m.name)
	}
	p.typ = typ.text
	if d := m.value.get("Default"); d != nil {
		value, ok := d.scalarList()
		if p.isList() && strings.Count(value, ",") >= maxParts {
			return nil, errorAt(d.place, "the default of %s has more than %d elements", m.name, maxParts)
		}
		if !ok {
			return nil, errorAt(d.place, "the default of %s must be a string, a number or a boolean", m.name)
		}
		p.fallback = &value
	}
	for _, field := range m.value.members {
		p.constrain(field)
	}
	return p, nil
}

// parameterAttributes are the keys that a parameter may have.
var parameterAttributes = []string{
	"AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description", "MaxLength", "MaxValue", "MinLength", "MinValue",
	"NoEcho", "Type",
}

// parameterTypes are the types of parameters besides those of AWS::.
var parameterTypes = []string{"CommaDelimitedList", "List<Number>", "List<String>", "Number", "String"}

// checkAttributes refuses what CloudFormation refuses of any parameter.
// https://repost.aws/knowledge-center/cloudformation-template-validation
func (p *parameter) checkAttributes(body *node) error {
	for _, m := range body.members {
		if !slices.Contains(parameterAttributes, m.name) && !strings.HasPrefix(m.name, "Fn::") {
			return errorAt(m.place, "%s: unknown parameter attribute %q", p.name, m.name).WithHint("%s", didYouMean(m.name, parameterAttributes))
		}
	}
	if !slices.Contains(parameterTypes, p.typ) && !strings.HasPrefix(strings.TrimPrefix(p.typ, "List<"), "AWS::") {
		return errorAt(body.get("Type").place, "%s: unknown parameter type %q", p.name, p.typ).WithHint("%s", didYouMean(p.typ, parameterTypes))
	}
	return nil
}

func isAlphanumeric(name string) bool { return name != "" && alphanumeric(name) == name }

// scalarList returns a scalar, or the scalars of a list with commas between them.
func (n *node) scalarList() (string, bool) {
	if n.kind != list {
		return n.text, n.kind != object
	}
	var parts []string
	for _, item := range n.items {
		if !item.isScalar() {
			return "", false
		}
		parts = append(parts, item.text)
	}
	return strings.Join(parts, ","), true
}

// maxParts bounds the elements that a text is split into; a whole template has at most
// some thousand lines.
const maxParts = 10_000

// maxPattern bounds an AllowedPattern in bytes, and maxValue the values that are
// held to it; CloudFormation takes no longer ones.
const (
	maxPattern = 1024
	maxValue   = 4096
)

func (p *parameter) constrain(m member) {
	switch m.name {
	case "AllowedValues":
		for _, item := range m.value.items {
			p.allowed = append(p.allowed, item.text)
		}
	case "AllowedPattern":
		if len(m.value.text) <= maxPattern { // without one there are more values, not fewer
			p.pattern, _ = regexp.Compile("^(?:" + m.value.text + ")$") // nil if Go has no such syntax
		}
	case "MinLength":
		p.low, _ = strconv.Atoi(m.value.text)
	case "MaxLength":
		p.high, _ = strconv.Atoi(m.value.text)
	case "MinValue":
		p.least = limit(m.value)
	case "MaxValue":
		p.most = limit(m.value)
	case "NoEcho":
		p.noEcho = strings.EqualFold(m.value.text, "true")
	}
}

func limit(n *node) *float64 {
	if number, err := strconv.ParseFloat(n.text, 64); err == nil {
		return &number
	}
	return nil
}

// admits reports whether a text may be the parameter's value.
func (p *parameter) admits(value string) bool {
	switch {
	case p.isList() && strings.Count(value, ",") >= maxParts, p.pattern != nil && len(value) > maxValue:
		return false
	case p.typ == "Number" && !p.admitsNumber(value):
		return false
	case len(p.allowed) > 0 && !p.isList():
		return slices.Contains(p.allowed, value)
	case p.pattern != nil && !p.isList() && !p.pattern.MatchString(value):
		return false
	}
	size := utf8.RuneCountInString(value)
	return size >= p.low && (p.high == 0 || size <= p.high)
}

func (p *parameter) admitsNumber(value string) bool {
	number, err := strconv.ParseFloat(value, 64)
	return err == nil && (p.least == nil || *p.least <= number) && (p.most == nil || number <= *p.most)
}

// isStored reports whether what is given is the name of a value in the parameter
// store and not the value.
func (p *parameter) isStored() bool { return strings.HasPrefix(p.typ, "AWS::SSM::Parameter::Value<") }

func (p *parameter) isList() bool {
	return p.typ == "CommaDelimitedList" || strings.HasPrefix(p.typ, "List<")
}

// value returns a text as the type of the parameter has it. A list that is left empty has
// one element, which is empty.
// https://github.com/aws-cloudformation/cfn-language-discussion/issues/102
func (p *parameter) value(given string) resource.Value {
	v := resource.StringValue(given)
	if p.isList() {
		var parts []resource.Value
		for part := range strings.SplitSeq(given, ",") {
			parts = append(parts, resource.StringValue(strings.TrimSpace(part)))
		}
		v = resource.ListValue(parts...)
	}
	if p.noEcho {
		return v.AsSensitive()
	}
	return v
}

// IsPseudo reports whether a name is one of those that CloudFormation gives a value
// and that may be given one here.
func IsPseudo(name string) bool {
	return name == "AWS::Region" || name == "AWS::AccountId" || name == "AWS::StackName"
}

// invalidValueError says why a value is none for a parameter, without a value that is not
// to be echoed.
func (p *parameter) invalidValueError(value string) error {
	shown := fmt.Sprintf("%q", value)
	if p.noEcho {
		shown = "the given value"
	}
	e := errorAt(p.place, "the parameter %s does not allow %s", p.name, shown)
	if len(p.allowed) > 0 && !p.noEcho {
		e.Hint = "allowed: " + quoted(p.allowed)
	}
	return e
}

// alphanumeric returns a text as logical names may hold it.
func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, s)
}

func quoted(values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprintf("%q", v)
	}
	return strings.Join(words, " or ")
}
