package analysis

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// policyDocument reads a data source aws_iam_policy_document whose JSON is known
// only after apply. A statement replaces one with its Sid in the documents that
// it is built upon, and is replaced by one in those that override it.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func (r *reader) policyDocument(from *resource.Resource) iampolicy.Document {
	doc := iampolicy.Document{Version: iampolicy.VersionWithVariables}
	if version, ok := from.Attr("version").Text(); ok && version != "" {
		doc.Version = version
	}
	r.merge(&doc, from.Attr("source_json"))
	r.merge(&doc, from.Attr("source_policy_documents"))
	blocks := from.Attr("statement")
	doc.Incomplete = doc.Incomplete || blocks.IsUnknown()
	for _, s := range blocks.List() {
		overlay(&doc, r.statement(s))
	}
	r.merge(&doc, from.Attr("override_policy_documents"))
	r.merge(&doc, from.Attr("override_json"))
	return doc
}

// merge lays the documents of an argument over doc.
func (r *reader) merge(doc *iampolicy.Document, v resource.Value) {
	if o, ok := v.Origin(); v.IsNull() || v.IsUnknown() && ok && o.Cause == resource.Computed {
		return
	}
	values := v.List()
	if v.Kind() != resource.List {
		values = []resource.Value{v}
	}
	for _, v := range values {
		documents := r.parts(v)
		doc.Incomplete = doc.Incomplete || len(documents) == 0
		for _, d := range documents {
			doc.Incomplete = doc.Incomplete || d.Incomplete
			overlay(doc, d.Statements...)
		}
	}
}

// parts returns the documents that all go into a value; none where that cannot
// be seen.
func (r *reader) parts(v resource.Value) []iampolicy.Document {
	if o, ok := v.Origin(); v.IsUnknown() && ok && !o.Certain {
		return nil
	}
	return r.documents(v)
}

func overlay(doc *iampolicy.Document, statements ...iampolicy.Statement) {
	for _, s := range statements {
		same := func(o iampolicy.Statement) bool { return o.Sid != "" && o.Sid == s.Sid }
		if i := slices.IndexFunc(doc.Statements, same); i >= 0 {
			doc.Statements[i] = s
			continue
		}
		doc.Statements = append(doc.Statements, s)
	}
}

func (r *reader) statement(s resource.Value) iampolicy.Statement {
	out := iampolicy.Statement{
		Effect:        iampolicy.Known(iampolicy.Allow),
		Actions:       r.texts(s.Get("actions")),
		NotActions:    r.texts(s.Get("not_actions")),
		Resources:     r.texts(s.Get("resources")),
		NotResources:  r.texts(s.Get("not_resources")),
		Principals:    r.principals(s.Get("principals")),
		NotPrincipals: r.principals(s.Get("not_principals")),
	}
	out.Sid, _ = s.Get("sid").Text()
	if effect := s.Get("effect"); effect.IsUnknown() {
		out.Effect = iampolicy.Text{Unknown: true}
	} else if text, ok := effect.Text(); ok {
		out.Effect = iampolicy.Known(text)
	}
	blocks := s.Get("condition")
	out.Incomplete = s.IsUnknown() || blocks.IsUnknown() || s.Get("principals").IsUnknown() || s.Get("not_principals").IsUnknown()
	out.Conditions = r.conditions(blocks)
	return out
}

// conditions are the condition blocks of a statement: those with one test of one
// variable are one, with the values of all.
func (r *reader) conditions(blocks resource.Value) (all []iampolicy.Condition) {
	for _, c := range blocks.List() {
		operator, _ := c.Get("test").Text()
		key, _ := c.Get("variable").Text()
		same := func(o iampolicy.Condition) bool { return o.Operator == operator && o.Key == key }
		i := slices.IndexFunc(all, same)
		if i < 0 {
			i = len(all)
			all = append(all, iampolicy.Condition{Operator: operator, Key: key})
		}
		all[i].Values = append(all[i].Values, r.texts(c.Get("values"))...)
	}
	return all
}

func (r *reader) principals(blocks resource.Value) []iampolicy.Principal {
	var out []iampolicy.Principal
	for _, p := range blocks.List() {
		kind, _ := p.Get("type").Text()
		out = append(out, iampolicy.Principal{Type: kind, IDs: r.texts(p.Get("identifiers"))})
	}
	return out
}

// texts reads a set of strings; an unknown set that is made of references is
// one text for each.
func (r *reader) texts(v resource.Value) []iampolicy.Text {
	if v.Kind() != resource.List {
		return r.text(v)
	}
	var out []iampolicy.Text
	for _, e := range v.List() {
		out = append(out, r.text(e)...)
	}
	return out
}

// text reads one string. The data source writes ${ as &{, because Terraform would
// evaluate it.
func (r *reader) text(v resource.Value) []iampolicy.Text {
	text, ok := v.Symbolic()
	switch {
	case ok:
		return []iampolicy.Text{iampolicy.Known(strings.ReplaceAll(text, "&{", "${"))}
	case v.IsUnknown():
		return r.referred(v)
	}
	return nil
}

// referred returns what an unknown value refers to. Where that is hidden and
// only what the request is about could stand there, it does.
func (r *reader) referred(v resource.Value) []iampolicy.Text {
	o, ok := v.Origin()
	switch {
	case ok && o.Cause == resource.Local && r.onlyCandidate(o):
		r.guess = "the plan does not say what " + o.Text() + " holds"
		return []iampolicy.Text{iampolicy.Symbolic(r.about.String())}
	case !ok || !o.Certain || o.Made || len(o.Refs) == 0 || o.Cause != resource.Referenced:
		return []iampolicy.Text{{Unknown: true}}
	}
	var out []iampolicy.Text
	for _, ref := range o.Refs {
		out = append(out, r.named(ref))
	}
	return out
}

// onlyCandidate says whether of what a hidden value could hold nothing is of the
// kind that the request is about but that itself.
func (r *reader) onlyCandidate(o resource.Origin) bool {
	about, found := r.graph.Resource(r.about.Address), false
	for _, ref := range o.Refs {
		one := r.graph.Resource(ref.Address)
		switch {
		case about == nil || one == nil || one.Type != about.Type || arnOf(ref) != ref.Address+".arn":
		case one != about:
			return false
		default:
			found = true
		}
	}
	return found
}

// named is an attribute of a node, as far as its text can be told.
func (r *reader) named(ref resource.Ref) iampolicy.Text {
	symbol := arnOf(ref)
	if t := r.graph.Topic(ref.Address); t != nil && symbol == ref.Address+".arn" {
		return topicARN(t)
	}
	if a := r.graph.Alarm(ref.Address); a != nil && symbol == ref.Address+".arn" {
		return source{a.Node, a.Name}.arn()
	}
	if from := r.graph.Resource(ref.Address); from != nil && from.Type == "aws_caller_identity" && ref.Attribute == "account_id" {
		return iampolicy.Text{Text: account(from.Scope), Symbol: symbol}
	}
	return iampolicy.Symbolic(symbol)
}

// arnOf names an attribute. The id of what policies are about is its ARN, and so
// is what a plan leaves out where an index comes before it.
func arnOf(ref resource.Ref) string {
	if ref.Attribute == "id" || ref.Attribute == "" {
		ref.Attribute = "arn"
	}
	return ref.String()
}
