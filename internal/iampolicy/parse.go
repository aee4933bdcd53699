package iampolicy

import (
	"encoding/json"
	"strings"
)

// Parse reads a policy in JSON: one statement or a list, strings or lists of them. Errors are *SyntaxError.
//
// Element names may have any letter case, as in IAM; Allow and Deny must be spelt exactly. A name that occurs twice
// in one object is an error, because AWS does not document which one counts.
func Parse(doc string) (Document, error) {
	root, err := readJSON(doc)
	if err != nil {
		return Document{}, err
	}
	p := policyParser{text: doc}
	out := p.document(root)
	if p.err != nil {
		return Document{}, p.err
	}
	return out, nil
}

// policyParser keeps the first error; later results are discarded.
type policyParser struct {
	text string
	err  error
}

func (p *policyParser) fail(at node, format string, args ...any) {
	if p.err == nil {
		p.err = syntaxError(p.text, at.offset, format, args...)
	}
}

// members calls each for every member of an object, the name in lower case.
func (p *policyParser) members(n node, what string, each func(name string, m member)) {
	if n.kind != '{' {
		p.fail(n, "%s has to be an object", what)
		return
	}
	seen := map[string]bool{}
	for _, m := range n.members {
		name := strings.ToLower(m.name)
		if seen[name] {
			p.fail(node{offset: m.offset}, "duplicate key %q in %s", m.name, what)
		}
		seen[name] = true
		each(name, m)
	}
}

func (p *policyParser) document(n node) Document {
	var out Document
	found := false
	p.members(n, "the policy", func(name string, m member) {
		switch name {
		case "version":
			out.Version = p.word(m.value, "Version")
			if out.Version != VersionWithVariables && out.Version != "2008-10-17" {
				p.fail(m.value, "Version has to be 2012-10-17 or 2008-10-17")
			}
		case "id":
		case "statement":
			found = true
			out.Statements = p.statements(m.value)
		default:
			p.fail(node{offset: m.offset}, "%q is not an element of a policy", m.name)
		}
	})
	if !found {
		p.fail(n, "the policy has no Statement")
	}
	return out
}

func (p *policyParser) statements(n node) []Statement {
	if n.kind != '[' {
		return []Statement{p.statement(n)}
	}
	out := make([]Statement, 0, len(n.items))
	for _, item := range n.items {
		out = append(out, p.statement(item))
	}
	return out
}

func (p *policyParser) statement(n node) Statement {
	var out Statement
	p.members(n, "the statement", func(name string, m member) { p.element(&out, name, m) })
	if out.Effect.Text == "" {
		p.fail(n, "the statement has no Effect")
	}
	if out.Actions == nil && out.NotActions == nil {
		p.fail(n, "the statement has neither Action nor NotAction")
	}
	for _, pair := range []struct {
		both bool
		name string
	}{
		{out.Actions != nil && out.NotActions != nil, "Action"},
		{out.Resources != nil && out.NotResources != nil, "Resource"},
		{out.Principals != nil && out.NotPrincipals != nil, "Principal"},
	} {
		if pair.both {
			p.fail(n, "the statement has both %s and Not%s", pair.name, pair.name)
		}
	}
	return out
}

func (p *policyParser) element(into *Statement, name string, m member) {
	switch name {
	case "sid":
		into.Sid = p.word(m.value, "Sid")
	case "effect":
		effect := p.word(m.value, "Effect")
		if effect != Allow && effect != Deny {
			p.fail(m.value, "Effect has to be Allow or Deny")
		}
		into.Effect = Known(effect)
	case "principal":
		into.Principals = p.principals(m.value)
	case "notprincipal":
		into.NotPrincipals = p.principals(m.value)
	case "action":
		into.Actions = p.list(m.value, m.name)
	case "notaction":
		into.NotActions = p.list(m.value, m.name)
	case "resource":
		into.Resources = p.list(m.value, m.name)
	case "notresource":
		into.NotResources = p.list(m.value, m.name)
	case "condition":
		into.Conditions = p.conditions(m.value)
	default:
		p.fail(node{offset: m.offset}, "%q is not an element of a statement", m.name)
	}
}

func (p *policyParser) principals(n node) []Principal {
	if n.kind == 's' {
		if n.scalar != "*" {
			p.fail(n, `a principal has to be "*" or an object`)
		}
		return []Principal{{Type: "*"}}
	}
	out := []Principal{}
	p.members(n, "the principal", func(name string, m member) {
		kind, known := principalTypes[name]
		if !known {
			p.fail(node{offset: m.offset}, "%q is not a type of principal", m.name)
		}
		out = append(out, Principal{Type: kind, IDs: p.list(m.value, m.name)})
	})
	return out
}

var principalTypes = map[string]string{
	"aws": "AWS", "service": "Service", "federated": "Federated", "canonicaluser": "CanonicalUser",
}

func (p *policyParser) conditions(n node) []Condition {
	var out []Condition
	p.members(n, "the condition", func(_ string, block member) {
		p.members(block.value, block.name, func(_ string, m member) {
			out = append(out, Condition{Operator: block.name, Key: m.name, Values: p.list(m.value, m.name)})
		})
	})
	return out
}

// list reads a string or a list of strings; numbers and booleans count as their text.
func (p *policyParser) list(n node, what string) []Text {
	if n.kind != '[' {
		return []Text{Known(p.word(n, what))}
	}
	out := make([]Text, 0, len(n.items))
	for _, item := range n.items {
		out = append(out, Known(p.word(item, what)))
	}
	return out
}

func (p *policyParser) word(n node, what string) string {
	switch v := n.scalar.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	p.fail(n, "%s has to be a string or a list of strings", what)
	return ""
}
