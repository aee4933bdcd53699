package access

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// policyText is a policy text and the resource that holds it.
type policyText struct {
	resource  string
	value     resource.Value
	elsewhere bool // it may be for something else
}

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

// parts returns the documents that are merged into a value; none if they cannot be seen.
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

// conditions returns the condition blocks of a statement: those with one test of one
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

// texts reads a set of strings; an unknown set of references has one
// text for each.
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

// referred returns the references of an unknown value. If they are hidden and only the
// subject of the request is possible, it is assumed.
func (r *reader) referred(v resource.Value) []iampolicy.Text {
	o, ok := v.Origin()
	switch {
	case ok && o.Cause == resource.Local && r.onlyCandidate(o):
		r.guess = "the plan does not show the value of " + o.Text()
		return []iampolicy.Text{iampolicy.Symbolic(r.about.String())}
	case !ok || !o.Certain || o.Made || len(o.Refs) == 0 || o.Cause != resource.Referenced:
		return []iampolicy.Text{{Unknown: true}}
	}
	var out []iampolicy.Text
	for _, ref := range o.Refs {
		out = append(out, r.attributeText(ref))
	}
	return out
}

// onlyCandidate reports whether a hidden value can only refer to the subject of the
// request, because no other reference is of its kind.
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

// attributeText returns an attribute of a node, as far as its text can be determined.
func (r *reader) attributeText(ref resource.Ref) iampolicy.Text {
	symbol := arnOf(ref)
	if t := r.graph.Topic(ref.Address); t != nil && symbol == ref.Address+".arn" {
		return topicARN(t)
	}
	if a := r.graph.Alarm(ref.Address); a != nil && symbol == ref.Address+".arn" {
		return Source{a.Node, a.Name}.ARN()
	}
	if from := r.graph.Resource(ref.Address); from != nil && from.Type == "aws_caller_identity" && ref.Attribute == "account_id" {
		return iampolicy.Text{Text: account(from.Scope), Symbol: symbol}
	}
	return iampolicy.Symbolic(symbol)
}

// arnOf names an attribute. The id of the resources in policies is their ARN, and so is
// the attribute that a plan leaves out after an index.
func arnOf(ref resource.Ref) string {
	if ref.Attribute == "id" || ref.Attribute == "" {
		ref.Attribute = "arn"
	}
	return ref.String()
}

// A reader evaluates policies for one request.
type reader struct {
	*World
	about resource.Ref // what the request is about, if it is a node's ARN
	guess string       // why the result is only inferred, "" if it is certain
}

// checkPolicy evaluates a policy value for one request. If the value may be one of several
// documents, all of them have to agree.
func (w *World) checkPolicy(at policyText, about string, request iampolicy.Request) document.Check {
	v := at.value
	r := &reader{World: w, about: resource.Ref{Address: about, Attribute: "arn"}}
	var check document.Check
	for i, doc := range r.alternatives(v) {
		one := r.check(doc, request)
		if i > 0 && one.State != check.State {
			return document.Check{State: document.Undecided, Reason: r.guess}
		}
		one.Denies = one.Denies || check.Denies
		check = one
	}
	if check.State == "" {
		return document.Check{State: document.Undecided, Reason: w.unread(v)}
	}
	if settled := w.inferredReason(at); settled != "" && check.State == document.OK {
		return document.Check{State: document.Guessed, Reason: settled}
	}
	return check
}

// inferredReason says why a policy is only inferred: the plan does not have it.
func (w *World) inferredReason(at policyText) string {
	r := w.graph.Resource(at.resource)
	if r == nil {
		return ""
	}
	for attribute := range r.Settled {
		if strings.Contains(attribute, "policy") {
			return document.SettledBy(r, attribute)
		}
	}
	return ""
}

// unread says why a policy value cannot be read, and what would help.
func (w *World) unread(v resource.Value) string {
	o, ok := v.Origin()
	switch {
	case !v.IsUnknown():
		return "it is not a readable policy"
	case !ok || o.Cause != resource.Referenced || o.Text() == "":
		return "the policy is " + v.Display()
	case o.Made || o.Symbolic != "":
		return "the policy is built from " + o.Text() + " in a way that iacgate does not evaluate"
	case w.existing:
		return "it is built from " + o.Text() + " and known only after apply. Put the code beside the plan or pass --source"
	}
	return "the policy is " + v.Display()
}

func (r *reader) check(doc iampolicy.Document, request iampolicy.Request) document.Check {
	result := r.evaluate([]iampolicy.Document{doc}, request)
	switch {
	case result.Decision == iampolicy.Allowed && r.guess == "":
		return document.Check{State: document.OK}
	case result.Decision == iampolicy.Allowed:
		return document.Check{State: document.Guessed, Reason: r.guess}
	case result.Decision == iampolicy.Unknown:
		return document.Check{State: document.Undecided, Reason: result.Reason}
	case result.Decision == iampolicy.Denied && r.guess != "":
		return document.Check{State: document.Undecided, Reason: r.guess}
	}
	return document.Check{State: document.Broken, Denies: result.Decision == iampolicy.Denied, Reason: result.Reason}
}

// alternatives returns the documents of which a policy value may be any.
func (r *reader) alternatives(v resource.Value) []iampolicy.Document {
	o, ok := v.Origin()
	if ok && v.IsUnknown() && o.Cause == resource.Local {
		r.guess = "the plan does not show the value of " + o.Text()
		o.Refs = slices.DeleteFunc(slices.Clone(o.Refs), func(ref resource.Ref) bool { return !r.isDocument(ref) })
		return r.referenced(o)
	}
	documents := r.documents(v)
	if len(documents) > 1 {
		r.guess = "the plan does not show which part of the expression is used"
	}
	return documents
}

// documents reads a policy text, or the documents that an unknown one is made
// of.
func (r *reader) documents(v resource.Value) []iampolicy.Document {
	if r.exhausted() {
		return []iampolicy.Document{{Incomplete: true}}
	}
	if text, known := v.Symbolic(); known {
		if doc, err := iampolicy.Parse(text); err == nil {
			return []iampolicy.Document{doc}
		}
	}
	o, ok := v.Origin()
	if !ok || !v.IsUnknown() || o.Cause != resource.Referenced {
		return nil
	}
	return r.referenced(o)
}

// referenced reads the documents that an origin refers to; none if it refers
// to anything else.
func (r *reader) referenced(o resource.Origin) []iampolicy.Document {
	var out []iampolicy.Document
	for _, ref := range o.Refs {
		if !r.isDocument(ref) {
			return nil
		}
		out = append(out, r.policyDocument(r.graph.Resource(ref.Address)))
	}
	return out
}

// isDocument reports whether a ref is the JSON of a data source. A plan leaves the
// attribute out after an index.
func (r *reader) isDocument(ref resource.Ref) bool {
	from := r.graph.Resource(ref.Address)
	return from != nil && from.Type == "aws_iam_policy_document" && slices.Contains([]string{"json", "minified_json", ""}, ref.Attribute)
}
