package remedy

import (
	"regexp"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"go.yaml.in/yaml/v3"
)

// A value is what an argument is set to.
type value interface {
	hcl(s scope) string
	node(s scope) *yaml.Node
}

// literal is a text.
type literal string

func (v literal) hcl(scope) string { return quoted(string(v)) }

func (v literal) node(s scope) *yaml.Node {
	switch {
	case s.terraform && strings.Contains(string(v), "\r"):
		return said("${" + quoted(string(v)) + "}") // behind a carriage return, HCL takes $$${ for itself
	case s.terraform:
		return said(escaped.Replace(string(v)))
	}
	return said(string(v))
}

// escaped keeps a text from being a template of Terraform.
var escaped = strings.NewReplacer("${", "$${", "%{", "%%{")

// said is a text in YAML or JSON. Parsers of YAML 1.1, which CloudFormation's
// is, take some plain words for truth values and numbers that the encoder's 1.2
// leaves as they are: https://yaml.org/type/bool.html. Several lines are written
// on one, so that no indent and no end of the code becomes a part of them.
func said(text string) *yaml.Node {
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

// bare is a number or a truth value.
type bare string

func (v bare) hcl(scope) string { return string(v) }

func (v bare) node(scope) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: string(v)} }

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

// policy is a policy document: text in Terraform, an object in templates.
type policy []value

func (v policy) document() object {
	return object{{"Version", literal("2012-10-17")}, {"Statement", list(v)}}
}

func (v policy) hcl(s scope) string { return "jsonencode(" + v.document().hcl(s) + ")" }

func (v policy) node(s scope) *yaml.Node {
	if !s.terraform {
		return v.document().node(s)
	}
	s.inline = true
	return said("${" + v.hcl(s) + "}")
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
		return said("${" + v.hcl(s) + "}")
	}
	return s.intrinsic(s.local(v.address), s.typeOf(v.address), v.attribute)
}

// in is what Terraform says, as a template in the text of it, and what
// CloudFormation does.
type in struct {
	terraform string
	template  *yaml.Node
}

// hcl writes one interpolation alone as what stands in it.
func (v in) hcl(scope) string {
	if inner, ok := strings.CutPrefix(v.terraform, "${"); ok && strings.Index(inner, "}") == len(inner)-1 {
		return strings.TrimSuffix(inner, "}")
	}
	return `"` + v.terraform + `"`
}

func (v in) node(s scope) *yaml.Node {
	if s.terraform {
		return said(v.terraform)
	}
	return v.template
}

func tagged(tag, text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: text}
}

// streams are the log streams of a group: Fn::GetAtt returns the ARN with the
// end that Terraform's has not.
func streams(s scope, group string) value {
	return in{"${" + s.local(group) + ".arn}:*", tagged("!GetAtt", s.local(group)+".Arn")}
}
