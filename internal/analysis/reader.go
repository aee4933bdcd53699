package analysis

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// A reader reads the policies that one request is put to.
type reader struct {
	*builder
	about resource.Ref // what the request is about, if it is a node's ARN
	guess string       // why what was read is likely and no more, "" where it is certain
}

// allows evaluates a policy value for one request. Where the value may be one of
// several documents, all of them have to agree.
func (b *builder) allows(at written, about string, request iampolicy.Request) Check {
	v := at.value
	r := &reader{builder: b, about: resource.Ref{Address: about, Attribute: "arn"}}
	var check Check
	for i, doc := range r.alternatives(v) {
		one := r.check(doc, request)
		if i > 0 && one.State != check.State {
			return Check{State: Undecided, Reason: r.guess}
		}
		one.Denies = one.Denies || check.Denies
		check = one
	}
	if check.State == "" {
		return Check{State: Undecided, Reason: b.unread(v)}
	}
	if settled := b.settled(at); settled != "" && check.State == OK {
		return Check{State: Guessed, Reason: settled}
	}
	return check
}

// settled says why a policy is likely and no more: the plan does not have it.
func (b *builder) settled(at written) string {
	r := b.graph.Resource(at.resource)
	if r == nil {
		return ""
	}
	for attribute := range r.Settled {
		if strings.Contains(attribute, "policy") {
			return settledBy(r, attribute)
		}
	}
	return ""
}

// unread says why a policy value cannot be read, and what settles that.
func (b *builder) unread(v resource.Value) string {
	o, ok := v.Origin()
	switch {
	case !v.IsUnknown():
		return "it is no policy that can be read"
	case !ok || o.Cause != resource.Referenced || o.Text() == "":
		return "the policy is " + v.Display()
	case o.Made || o.Symbolic != "":
		return "the policy is made from " + o.Text() + " in a way that is not followed"
	case b.standing:
		return "the policy is made from " + o.Text() + ", and the plan does not say how (--source DIR)"
	}
	return "the policy is " + v.Display()
}

func (r *reader) check(doc iampolicy.Document, request iampolicy.Request) Check {
	result := r.evaluate([]iampolicy.Document{doc}, request)
	switch {
	case result.Decision == iampolicy.Allowed && r.guess == "":
		return Check{State: OK}
	case result.Decision == iampolicy.Allowed:
		return Check{State: Guessed, Reason: r.guess}
	case result.Decision == iampolicy.Unknown:
		return Check{State: Undecided, Reason: result.Reason}
	case result.Decision == iampolicy.Denied && r.guess != "":
		return Check{State: Undecided, Reason: r.guess}
	}
	return Check{State: Broken, Denies: result.Decision == iampolicy.Denied, Reason: result.Reason}
}

// alternatives returns the documents of which a policy value is one.
func (r *reader) alternatives(v resource.Value) []iampolicy.Document {
	o, ok := v.Origin()
	if ok && v.IsUnknown() && o.Cause == resource.Local {
		r.guess = "the plan does not say what " + o.Text() + " holds"
		o.Refs = slices.DeleteFunc(slices.Clone(o.Refs), func(ref resource.Ref) bool { return !r.isDocument(ref) })
		return r.referenced(o)
	}
	documents := r.documents(v)
	if len(documents) > 1 {
		r.guess = "the plan does not say which part of the expression decides"
	}
	return documents
}

// documents reads a policy text, or the documents that an unknown one is made
// of.
func (r *reader) documents(v resource.Value) []iampolicy.Document {
	if r.work.exhausted() {
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

// referenced reads the documents that an origin refers to; none where it refers
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

// isDocument says whether a ref is the JSON of a data source. A plan leaves the
// attribute out where an index comes before it.
func (r *reader) isDocument(ref resource.Ref) bool {
	from := r.graph.Resource(ref.Address)
	return from != nil && from.Type == "aws_iam_policy_document" && slices.Contains([]string{"json", "minified_json", ""}, ref.Attribute)
}
