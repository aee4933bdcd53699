package fix

import (
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/resource"
)

// policyDocument is a list of statements: text in Terraform, an object in templates.
type policyDocument []value

func (v policyDocument) document() object {
	return object{{"Version", literal("2012-10-17")}, {"Statement", list(v)}}
}

func (v policyDocument) hcl(s scope) string { return "jsonencode(" + v.document().hcl(s) + ")" }

func (v policyDocument) node(s scope) *yaml.Node {
	if !s.terraform {
		return v.document().node(s)
	}
	s.inline = true
	return yamlString("${" + v.hcl(s) + "}")
}

// newPolicy is a new policy: a document of its own in Terraform, because a plan shows
// its references, and not those inside jsonencode.
func (d *draft) newPolicy(name string, statements ...object) value {
	if !d.terraform {
		var p policyDocument
		for _, s := range statements {
			p = append(p, s)
		}
		return p
	}
	document := d.unused("data.aws_iam_policy_document."+name, "aws_iam_policy_document")
	var arguments []argument
	for _, s := range statements {
		arguments = append(arguments, statementBlock(s)...)
	}
	d.add(document, arguments...)
	return ref{document, "json"}
}

// allow adds a statement to the policy of the target, or to the policy document that
// it is made of.
func (d *draft) allow(statement object) {
	if d.sharesBlock() {
		d.impossible = true
		return
	}
	if o, ok := d.target.Attr("policy").Origin(); ok && d.terraform {
		for _, r := range o.Refs {
			if d.typeOf(r.Address) == "aws_iam_policy_document" {
				d.extendDocument(r.Address, statement)
				return
			}
		}
		if len(o.Via) > 0 {
			d.impossible = true // the text is somewhere else
			return
		}
	}
	into := d.property(d.target.Type, "policy") + ".Statement"
	if d.language == HCL {
		d.appendCode(into, format(statement.hcl(d.scope)))
		return
	}
	d.appendCode(into, d.item(statement.node(d.scope)))
}

// extendDocument adds a statement block to a policy document.
func (d *draft) extendDocument(address string, statement object) {
	r := d.find(address)
	if !d.reaches(address) || r.Key.Kind != resource.NoKey {
		d.impossible = true
		return
	}
	d.setTarget(r)
	d.appendBlock(statementBlock(statement))
}

// statementBlock is a statement as a block of aws_iam_policy_document.
func statementBlock(statement object) []argument {
	const in = "statement.0."
	var out, last []argument
	for _, m := range statement {
		switch m.name {
		case "Sid":
			out = append(out, argument{in + "sid", m.value})
		case "Action":
			out = append(out, argument{in + "actions", asList(m.value)})
		case "Resource":
			out = append(out, argument{in + "resources", asList(m.value)})
		case "Principal":
			last = append(last, principals(in, m.value)...)
		case "Condition":
			last = append(last, conditions(in, m.value)...)
		}
	}
	return append(out, last...)
}

func asList(v value) value {
	if l, ok := v.(list); ok {
		return l
	}
	return list{v}
}

func principals(in string, v value) []argument {
	of, _ := v.(object)
	var out []argument
	for _, p := range of {
		out = append(out, argument{in + "principals.0.type", literal(p.name)}, argument{in + "principals.0.identifiers", asList(p.value)})
	}
	return out
}

func conditions(in string, v value) []argument {
	tests, _ := v.(object)
	var out []argument
	for _, test := range tests {
		keys, _ := test.value.(object)
		for _, key := range keys {
			out = append(out, argument{in + "condition.0.test", literal(test.name)},
				argument{in + "condition.0.variable", literal(key.name)}, argument{in + "condition.0.values", asList(key.value)})
		}
	}
	return out
}
