// Package iampolicy knows enough of IAM's policy language to answer one question: do these policies let this caller
// do this action on this resource? Answers are three-valued: what cannot be decided from the text is Unknown, never a
// guess.
//
// It does not implement all of AWS's evaluation (service control policies, permission boundaries, session policies,
// the mix of identity and resource policies), and does not find the policies that apply.
//
// Sources, read 2026-11:
//
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package iampolicy

import (
	"fmt"

	"github.com/iacgate/iacgate/internal/truth"
)

// Decision is the answer of the policies to a request.
type Decision int

const (
	Unknown    Decision = iota // it depends on what cannot be seen
	Allowed                    // an Allow applies and no Deny does
	Denied                     // a Deny applies
	NotAllowed                 // no Allow applies, whatever an undecided Deny does
)

func (d Decision) String() string {
	return [...]string{"unknown", "allowed", "denied", "not allowed"}[d]
}

// Result is a decision and its reason.
type Result struct {
	Decision Decision
	// Document and Statement are the places of the deciding statement, or, where nothing is allowed, of the Allow that
	// comes closest; -1 if there is none.
	Document, Statement int
	// Reason is plain words: statement "AllowPublish" asks for aws:SourceAccount StringEquals 111111111111; in the
	// request it is 222222222222.
	Reason string
}

// finding is one statement that concerns the request.
type finding struct {
	document, statement int
	sid                 string
	why                 string
	rank                int
}

// Evaluate says what the documents together allow: an explicit Deny wins, then any Allow, and the default is to allow
// nothing. An undecided Deny makes an Allow Unknown; an undecided Allow does not affect a certain one.
func Evaluate(docs []Document, req Request) Result {
	var t tally
	for d, doc := range docs {
		t.incomplete = t.incomplete || doc.Incomplete
		for s, statement := range doc.Statements {
			t.add(d, s, statement, req, doc.Version == VersionWithVariables)
		}
	}
	return t.result(req)
}

// tally keeps the first statement of every kind that matters.
type tally struct {
	denies, mayDeny, allows, mayAllow, closest *finding
	incomplete                                 bool
}

func (t *tally) add(d, s int, statement Statement, req Request, variables bool) {
	applies, why, rank := statement.applies(req, variables)
	found := &finding{document: d, statement: s, sid: statement.Sid, why: why, rank: rank}
	deny := equal(statement.Effect, Known(Deny))
	if deny == truth.Unknown && applies == truth.Yes {
		found.why = "has an effect that is not known"
	}
	switch truth.And(applies, deny) {
	case truth.Yes:
		keep(&t.denies, found)
	case truth.Unknown:
		keep(&t.mayDeny, found)
	}
	allow := equal(statement.Effect, Known(Allow))
	switch truth.And(applies, allow) {
	case truth.Yes:
		keep(&t.allows, found)
	case truth.Unknown:
		keep(&t.mayAllow, found)
	}
	if allow != truth.No && (t.closest == nil || rank > t.closest.rank) {
		t.closest = found
	}
}

func keep(at **finding, found *finding) {
	if *at == nil {
		*at = found
	}
}

func (t *tally) result(req Request) Result {
	asked := fmt.Sprintf("%s for %s", req.Action, req.Principal)
	switch {
	case t.denies != nil:
		return t.denies.result(Denied, "denies "+asked)
	case t.incomplete:
		return Result{Decision: Unknown, Document: -1, Statement: -1, Reason: "not all of the policy can be seen"}
	case t.allows != nil && t.mayDeny != nil:
		return t.mayDeny.result(Unknown, "may deny "+asked+": it "+t.mayDeny.why)
	case t.allows != nil:
		return t.allows.result(Allowed, "allows "+asked)
	case t.mayAllow != nil:
		return t.mayAllow.result(Unknown, "may allow "+asked+": it "+t.mayAllow.why)
	case t.closest != nil:
		return t.closest.result(NotAllowed, t.closest.why)
	}
	return Result{Decision: NotAllowed, Document: -1, Statement: -1, Reason: "no statement allows " + asked}
}

func (f *finding) result(d Decision, text string) Result {
	name := fmt.Sprintf("statement %d", f.statement+1)
	if f.sid != "" {
		name = fmt.Sprintf("statement %q", f.sid)
	}
	return Result{Decision: d, Document: f.document, Statement: f.statement, Reason: name + " " + text}
}
