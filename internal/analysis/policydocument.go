package analysis

import (
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// policyDocument reads the statement blocks of a data source
// aws_iam_policy_document whose JSON is known only after apply.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func policyDocument(r *resource.Resource) iampolicy.Document {
	doc := iampolicy.Document{Version: iampolicy.VersionWithVariables}
	blocks := r.Attr("statement")
	doc.Incomplete = blocks.IsUnknown()
	for _, s := range blocks.List() {
		doc.Statements = append(doc.Statements, statement(s))
	}
	for _, base := range []string{"source_policy_documents", "override_policy_documents", "source_json", "override_json"} {
		merge(&doc, r.Attr(base))
	}
	return doc
}

// merge adds the documents that a data source is built upon.
func merge(doc *iampolicy.Document, v resource.Value) {
	if v.IsUnknown() {
		o, ok := v.Origin()
		doc.Incomplete = doc.Incomplete || !ok || o.Cause != resource.Computed
		return
	}
	texts := v.List()
	if _, ok := v.Text(); ok {
		texts = []resource.Value{v}
	}
	for _, t := range texts {
		text, known := t.Text()
		base, err := iampolicy.Parse(text)
		if !known || err != nil {
			doc.Incomplete = true
			continue
		}
		doc.Statements = append(doc.Statements, base.Statements...)
	}
}

func statement(s resource.Value) iampolicy.Statement {
	out := iampolicy.Statement{
		Effect:        iampolicy.Known(iampolicy.Allow),
		Actions:       texts(s.Get("actions")),
		NotActions:    texts(s.Get("not_actions")),
		Resources:     texts(s.Get("resources")),
		NotResources:  texts(s.Get("not_resources")),
		Principals:    principals(s.Get("principals")),
		NotPrincipals: principals(s.Get("not_principals")),
	}
	out.Sid, _ = s.Get("sid").Text()
	if effect := s.Get("effect"); effect.IsUnknown() {
		out.Effect = iampolicy.Text{Unknown: true}
	} else if text, ok := effect.Text(); ok {
		out.Effect = iampolicy.Known(text)
	}
	blocks := s.Get("condition")
	out.Incomplete = s.IsUnknown() || blocks.IsUnknown() || s.Get("principals").IsUnknown()
	for _, c := range blocks.List() {
		operator, _ := c.Get("test").Text()
		key, _ := c.Get("variable").Text()
		out.Conditions = append(out.Conditions, iampolicy.Condition{Operator: operator, Key: key, Values: texts(c.Get("values"))})
	}
	return out
}

func principals(blocks resource.Value) []iampolicy.Principal {
	var out []iampolicy.Principal
	for _, p := range blocks.List() {
		kind, _ := p.Get("type").Text()
		out = append(out, iampolicy.Principal{Type: kind, IDs: texts(p.Get("identifiers"))})
	}
	return out
}

// texts reads a set of strings; an unknown set that is made of references is
// one symbol for each.
func texts(v resource.Value) []iampolicy.Text {
	if v.IsUnknown() {
		return symbols(v)
	}
	var out []iampolicy.Text
	for _, e := range v.List() {
		if text, ok := e.Text(); ok {
			out = append(out, iampolicy.Known(text))
			continue
		}
		out = append(out, symbols(e)...)
	}
	return out
}

func symbols(v resource.Value) []iampolicy.Text {
	o, ok := v.Origin()
	if !ok || !o.Certain || len(o.Refs) == 0 || o.Cause != resource.Referenced {
		return []iampolicy.Text{{Unknown: true}}
	}
	var out []iampolicy.Text
	for _, r := range o.Refs {
		if r.Attribute == "id" {
			r.Attribute = "arn"
		}
		out = append(out, iampolicy.Symbolic(r.String()))
	}
	return out
}
