package present

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// extraFindings is worth saying although it is on no link of the shown candidate.
func (r Presenter) extraFindings(c verdict.Control, a policy.Answer) []verdict.Finding {
	var out []policy.Finding
	hidden := r.Facts.Controls[c.ID].Hidden
	if len(hidden) > 0 {
		out = append(out, policy.Finding{Code: "input-not-read", Reason: joinReasons(hidden)})
	}
	if most := r.Facts.Controls[c.ID].Excess; most > 0 {
		out = append(out, policy.Finding{Code: "too-many-candidates", Reason: fmt.Sprintf("more than %d", most)})
	}
	for _, reason := range r.absences() {
		if !slices.Contains(hidden, reason) {
			out = append(out, policy.Finding{Code: "plan-incomplete", Reason: reason})
		}
	}
	if a.Verdict == verdict.Skip {
		for _, t := range chain.DataOnlyTrails(r.Facts) {
			out = append(out, policy.Finding{Code: "trail-data-only", Link: "trail", Resource: t})
		}
	}
	for _, t := range chain.UnwatchedTrails(r.Facts, c.ID, a.Whole) {
		out = append(out, policy.Finding{Code: "account-unwatched", Link: "trail", Resource: t, Reason: r.Facts.Trails[t].Account})
	}
	for _, entry := range chain.UnusedExternals(r.Facts, r.Input.Gaps) {
		out = append(out, policy.Finding{Code: "external-unused", Reason: entry})
	}
	for _, o := range r.Facts.Other {
		out = append(out, policy.Finding{Code: "alarm-other-kind", Link: "alarm", Resource: o.Address, Reason: o.Type})
	}
	findings := make([]verdict.Finding, len(out))
	for i, f := range out {
		f.Level = verdict.Level(r.Facts.Levels[f.Code])
		findings[i] = r.finding(c, f, path{facts: r.Facts})
	}
	return findings
}
