package gate

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// raised is a verdict with what stands beside the candidates, where the
// configuration gives that the level of a fault. By itself it never has one.
func raised(v verdict.Verdict, beside []verdict.Finding) verdict.Verdict {
	for _, f := range beside {
		switch {
		case f.Level == verdict.Error:
			return verdict.Fail
		case f.Level == verdict.Unclear && v != verdict.Fail:
			v = verdict.Unknown
		}
	}
	return v
}

// beside is worth saying although it is on no link of the shown candidate.
func (r reporter) beside(c verdict.Control, a policy.Answer) []verdict.Finding {
	var out []policy.Finding
	hidden := r.facts.Controls[c.ID].Hidden
	if len(hidden) > 0 {
		out = append(out, policy.Finding{Code: "input-not-read", Reason: several(hidden)})
	}
	if most := r.facts.Controls[c.ID].Excess; most > 0 {
		out = append(out, policy.Finding{Code: "too-many-candidates", Reason: fmt.Sprintf("more than %d", most)})
	}
	for _, reason := range r.absences() {
		if !slices.Contains(hidden, reason) {
			out = append(out, policy.Finding{Code: "plan-incomplete", Reason: reason})
		}
	}
	if a.Verdict == verdict.Skip {
		for _, t := range chain.DataOnlyTrails(r.facts) {
			out = append(out, policy.Finding{Code: "trail-data-only", Link: "trail", Resource: t})
		}
	}
	for _, t := range chain.UnwatchedTrails(r.facts, c.ID, a.Whole) {
		out = append(out, policy.Finding{Code: "account-unwatched", Link: "trail", Resource: t, Reason: r.facts.Trails[t].Account})
	}
	for _, entry := range chain.UnusedExternals(r.facts, r.doc.Gaps) {
		out = append(out, policy.Finding{Code: "external-unused", Reason: entry})
	}
	for _, o := range r.facts.Other {
		out = append(out, policy.Finding{Code: "alarm-other-kind", Link: "alarm", Resource: o.Address, Reason: o.Type})
	}
	findings := make([]verdict.Finding, len(out))
	for i, f := range out {
		f.Level = verdict.Level(r.facts.Levels[f.Code])
		findings[i] = r.finding(c, f, path{facts: r.facts})
	}
	return findings
}
