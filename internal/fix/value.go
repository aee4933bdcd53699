package fix

import (
	"regexp"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/catalog"
)

// A value is the right side of an argument.
type value interface {
	hcl(s scope) string
	node(s scope) *yaml.Node
}

// literal is a text.
type literal string

func (v literal) hcl(scope) string { return hclString(string(v)) }

func (v literal) node(s scope) *yaml.Node {
	switch {
	case s.terraform && strings.Contains(string(v), "\r"):
		return yamlString("${" + hclString(string(v)) + "}") // after a carriage return, HCL reads $$${ in another way
	case s.terraform:
		return yamlString(escaped.Replace(string(v)))
	}
	return yamlString(string(v))
}

// hclString is a text in quotes, nothing of which is a template.
func hclString(text string) string {
	if isPlain(text) {
		return `"` + text + `"`
	}
	return string(hclwrite.TokensForValue(cty.StringVal(text)).Bytes())
}

// isPlain reports whether HCL writes a text in quotes as it is: most are.
func isPlain(text string) bool {
	if strings.Contains(text, "${") || strings.Contains(text, "%{") {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' })
}

// escaped keeps a text from being a template of Terraform.
var escaped = strings.NewReplacer("${", "$${", "%{", "%%{")

// yamlString is a text in YAML or JSON. Parsers of YAML 1.1, which CloudFormation's
// is, take some plain words for truth values and numbers that the encoder's 1.2
// leaves as they are: https://yaml.org/type/bool.html. Several lines are written
// on one, so that no indent and no end of the code becomes a part of them.
func yamlString(text string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(text)
	if ambiguous().MatchString(text) || strings.Contains(text, "\n") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

var ambiguous = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:y|n|yes|no|on|off|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[-+]?0[0-7_]+|[-+]?[0-9][0-9_.]*)$`)
})

// rawLiteral is a number or a truth value.
type rawLiteral string

func (v rawLiteral) hcl(scope) string { return string(v) }

func (v rawLiteral) node(scope) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Value: string(v)}
}

// list is a list on one line.
type list []value

func (v list) hcl(s scope) string {
	texts := make([]string, len(v))
	for i, e := range v {
		texts[i] = e.hcl(s)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

func (v list) node(s scope) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, e := range v {
		n.Content = append(n.Content, e.node(s))
	}
	return n
}

// object is a map in the order of its members.
type object []member

type member struct {
	name string
	value
}

func (v object) hcl(s scope) string {
	members := make([]string, len(v))
	for i, m := range v {
		name := m.name
		if !hclsyntax.ValidIdentifier(name) || strings.Contains(name, "-") {
			name = literal(name).hcl(s)
		}
		members[i] = name + " = " + m.hcl(s)
	}
	if s.inline {
		return "{ " + strings.Join(members, ", ") + " }"
	}
	return "{\n" + strings.Join(append(members, "}"), "\n")
}

func (v object) node(s scope) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, m := range v {
		n.Content = append(n.Content, literal(m.name).node(s), m.node(s))
	}
	return n
}

// ref is an attribute of a resource.
type ref struct{ address, attribute string }

func (v ref) hcl(s scope) string {
	if v.attribute == "" {
		return s.local(v.address)
	}
	return s.local(v.address) + "." + v.attribute
}

func (v ref) node(s scope) *yaml.Node {
	if s.terraform {
		return yamlString("${" + v.hcl(s) + "}")
	}
	return intrinsic(s.local(v.address), s.typeOf(v.address), v.attribute)
}

// intrinsic is the short form of a reference in a template.
func intrinsic(name, typ, attribute string) *yaml.Node {
	t := catalog.ByName(typ).FirstTemplate()
	if t == nil && attribute == "arn" {
		return tagged("!GetAtt", name+".Arn")
	}
	if t == nil || attribute == "" || attribute == t.Ref || attribute == "id" || attribute == t.Type.Named && t.Ref == "id" {
		return tagged("!Ref", name)
	}
	for property, a := range t.GetAtt {
		if a == attribute && property != "KeyId" {
			return tagged("!GetAtt", name+"."+property)
		}
	}
	return tagged("!Ref", name)
}

// expression is a template of Terraform, without its quotes, and the function of
// CloudFormation that comes to the same.
type expression struct {
	terraform string
	template  *yaml.Node
}

// hcl writes one interpolation alone as the expression in it.
func (v expression) hcl(scope) string {
	if inner, ok := strings.CutPrefix(v.terraform, "${"); ok && strings.Index(inner, "}") == len(inner)-1 {
		return strings.TrimSuffix(inner, "}")
	}
	return `"` + v.terraform + `"`
}

func (v expression) node(s scope) *yaml.Node {
	if s.terraform {
		return yamlString(v.terraform)
	}
	return v.template
}

func tagged(tag, text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: text}
}

// logStreams are the log streams of a group: Fn::GetAtt returns the ARN with :* at
// its end, which Terraform's attribute lacks.
func logStreams(s scope, group string) value {
	return expression{"${" + s.local(group) + ".arn}:*", tagged("!GetAtt", s.local(group)+".Arn")}
}
