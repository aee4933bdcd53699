package remedy

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// allow adds a statement to the policy of what is edited, or to the policy
// document that it is made of.
func (w *work) allow(statement object) {
	if w.at.Key.Kind != resource.NoKey {
		w.stuck = true
		return
	}
	if o, ok := w.at.Attr("policy").Origin(); ok && w.terraform {
		for _, r := range o.Refs {
			if w.typeOf(r.Address) == "aws_iam_policy_document" {
				w.document(r.Address, statement)
				return
			}
		}
		if len(o.Via) > 0 {
			w.stuck = true // the text is somewhere else
			return
		}
	}
	w.into = w.property(w.at.Type, "policy") + ".Statement"
	if w.language == HCL {
		w.more = format(statement.hcl(w.scope))
		return
	}
	w.more = w.item(statement.node(w.scope))
}

// document adds a statement block to a policy document.
func (w *work) document(address string, statement object) {
	r := w.find(address)
	if r == nil || w.moduleOf(r) != w.module || r.Key.Kind != resource.NoKey {
		w.stuck = true
		return
	}
	w.turn(r)
	w.within(asBlock(statement))
}

// policy is a new policy: a document of its own in Terraform, whose references a
// plan tells. Those inside jsonencode it does not.
func (w *work) policy(name string, statements ...object) value {
	if !w.terraform {
		var p policy
		for _, s := range statements {
			p = append(p, s)
		}
		return p
	}
	document := w.vacant(strings.TrimPrefix(w.module+".data.aws_iam_policy_document."+name, "."), "aws_iam_policy_document")
	var arguments []argument
	for _, s := range statements {
		arguments = append(arguments, asBlock(s)...)
	}
	w.make(document, arguments...)
	return ref{document, "json"}
}

// asBlock is a statement as aws_iam_policy_document has it.
func asBlock(statement object) []argument {
	const at = "statement.0."
	var out, last []argument
	for _, m := range statement {
		switch m.name {
		case "Sid":
			out = append(out, argument{at + "sid", m.value})
		case "Action":
			out = append(out, argument{at + "actions", several(m.value)})
		case "Resource":
			out = append(out, argument{at + "resources", several(m.value)})
		case "Principal":
			last = append(last, principals(at, m.value)...)
		case "Condition":
			last = append(last, conditions(at, m.value)...)
		}
	}
	return append(out, last...)
}

func several(v value) value {
	if l, ok := v.(list); ok {
		return l
	}
	return list{v}
}

func principals(at string, v value) []argument {
	of, _ := v.(object)
	var out []argument
	for _, p := range of {
		out = append(out, argument{at + "principals.0.type", literal(p.name)}, argument{at + "principals.0.identifiers", several(p.value)})
	}
	return out
}

func conditions(at string, v value) []argument {
	tests, _ := v.(object)
	var out []argument
	for _, test := range tests {
		keys, _ := test.value.(object)
		for _, key := range keys {
			out = append(out, argument{at + "condition.0.test", literal(test.name)},
				argument{at + "condition.0.variable", literal(key.name)}, argument{at + "condition.0.values", several(key.value)})
		}
	}
	return out
}
