package access

import (
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// checkPolicies evaluates every policy of a topic, queue or key, because the one that is
// applied last wins. A policy that may belong to another resource denies nothing for
// certain.
func (w *World) checkPolicies(policies []policyText, about string, codes map[document.CheckState]string, request iampolicy.Request) document.Check {
	check := document.Check{State: document.OK}
	for _, p := range policies {
		one := w.checkPolicy(p, about, request)
		if p.elsewhere && one.State == document.Broken {
			one.State, one.Denies, one.Reason = document.Undecided, false, "whether it applies to "+about+" is not known"
		}
		one.Code, one.Resource, one.Attribute = codes[one.State], p.resource, "policy"
		check = weakest(check, one)
	}
	return check
}

const codeInferred = "link-inferred"

// weakest returns the worse of two checks: if either denies, both together do.
func weakest(c, d document.Check) document.Check {
	c.Denies = c.Denies || d.Denies
	d.Denies = c.Denies
	for _, state := range []document.CheckState{document.Broken, document.Undecided, document.Guessed} {
		switch state {
		case c.State:
			return c
		case d.State:
			return d
		}
	}
	return c
}

// policiesOn returns the policies of a topic, queue or key: from resources, or from its
// own argument, which after an apply repeats them.
func policiesOn(id string, argument resource.Value, resources []*graph.ResourcePolicy) (out []policyText) {
	for _, p := range resources {
		out = append(out, policyText{resource: p.ID, value: p.Policy, elsewhere: len(p.Of.To) > 1 || p.Of.State == graph.Inferred})
	}
	if len(out) == 0 && !argument.IsNull() {
		out = append(out, policyText{resource: id, value: argument})
	}
	return out
}

// policiesPerhapsOn returns the policies that may or may not be about a resource at a
// place, or be made in its region.
func policiesPerhapsOn(id string, at resource.Scope, all []*graph.ResourcePolicy) (out []policyText) {
	for _, p := range all {
		isUnplaced := slices.Contains(p.Of.To, id) && p.Scope().SameRegion(at) == truth.Unknown
		if isUnplaced || IsOpen(p.Of) && p.Scope().Same(at) != truth.No {
			out = append(out, policyText{resource: p.ID, value: p.Policy, elsewhere: true})
		}
	}
	return out
}

// misplaced says which policy AWS refuses because it is made in another region; "" if none
// is.
func misplaced(a graph.Attached) string {
	if len(a.Misplaced) == 0 {
		return ""
	}
	return a.Misplaced[0].ID + inOtherRegion
}

const inOtherRegion = " is made in another region"

// IsOpen reports whether an argument may name anything.
func IsOpen(t graph.Target) bool {
	return (t.State == graph.Unknown || t.State == graph.External) && len(t.To) == 0 && t.Foreign == ""
}
