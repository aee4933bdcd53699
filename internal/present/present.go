// Package present turns the answers of policies into words: where a fault is, why it is
// one, what in this plan causes it, and how to fix it. It adds what does not pass through
// policies, such as titles and positions, and hides sensitive values. It does not change
// a verdict.
package present

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// partners returns the chains of the filters that cover the control together with this
// one: of each the first that holds, else the first.
func (r Presenter) partners(c verdict.Control, shown path, a policy.Answer) []verdict.Candidate {
	var out []verdict.Candidate
	all := r.Facts.Controls[c.ID].Candidates
	for _, filter := range shown.PartnerFilters {
		partner := func(p document.Candidate) bool {
			return p.Set == shown.Set && p.Filter == filter && p.Trail == shown.Trail
		}
		i := slices.IndexFunc(a.Whole, func(i int) bool { return partner(all[i]) })
		if i >= 0 {
			i = a.Whole[i]
		} else {
			i = slices.IndexFunc(all, partner)
		}
		progress := policy.Progress{Candidate: i, Verdict: verdict.Unknown}
		if at := slices.IndexFunc(a.Progress, func(s policy.Progress) bool { return s.Candidate == i }); at >= 0 {
			progress = a.Progress[at]
		}
		out = append(out, r.candidate(c, progress))
	}
	return out
}

func (r Presenter) InputSummary() verdict.Input {
	in := verdict.Input{
		Path: r.Input.Path, Format: string(r.Input.Format), Resources: r.Input.Total, Changed: r.Input.Changed, Notes: []string{},
	}
	for _, x := range r.Input.Resources {
		if x.Mode == resource.Managed {
			in.Relevant++
		}
	}
	for _, n := range slices.Concat(r.Input.Incomplete, r.unreadNotes(), r.Input.Notes) {
		in.Notes = append(in.Notes, r.Redactor.Message(n))
	}
	return in
}

func (r Presenter) Result(c verdict.Control, a policy.Answer) verdict.Result {
	out := verdict.Result{
		Control: c.ID, Title: c.Title, Severity: c.Severity, References: c.References, Input: r.Input.Path,
		Verdict: a.Verdict, Findings: []verdict.Finding{},
	}
	if a.Candidate >= 0 {
		shown := path{r.Facts.Controls[c.ID].Candidates[a.Candidate], r.Facts}
		chain := shown.chain()
		out.Chain = r.redactChain(chain)
		for _, path := range r.partners(c, shown, a) {
			out.With = append(out.With, path)
			out.Chain.With = append(out.Chain.With, path.Chain)
		}
		for _, l := range a.Links {
			out.Links = append(out.Links, r.step(shown.step(l.Link, chain), l.State))
			for _, f := range l.Findings {
				said := r.finding(c, f, shown)
				if x := r.nearest(shown, f); said.Location == nil && f.Resource == "" && x != nil {
					said.Location, said.Beside = r.location(x, policy.Finding{Level: f.Level}), x.Address
				}
				out.Findings = append(out.Findings, said)
			}
		}
	}
	for _, s := range a.Progress {
		if r.Candidates {
			out.Candidates = append(out.Candidates, r.candidate(c, s))
		}
	}
	for _, f := range a.Unlinked {
		out.Findings = append(out.Findings, r.finding(c, f, path{facts: r.Facts}))
	}
	out.Unread = len(r.Facts.Controls[c.ID].Hidden) > 0
	if past, ok := r.Past[c.ID]; ok && past.Verdict != out.Verdict {
		out.Before = past.Verdict
	}
	verdict.Sort(out.Findings)
	fixOnce(out.Findings)
	for i, f := range out.Findings {
		out.Findings[i].Source = r.sourceExcerpt(f)
	}
	return out
}

// fixOnce leaves out the fix of a finding about an argument that the change of an earlier
// one sets at the same resource.
func fixOnce(findings []verdict.Finding) {
	for i := range findings {
		f := &findings[i]
		for _, earlier := range findings[:i] {
			c := earlier.Change
			if c != nil && f.Fix != "" && f.Level != verdict.Note && f.Resource != "" && earlier.Resource == f.Resource && sets(*c, f.Attribute) {
				f.Fix, f.Change = "the fix of "+earlier.Code+" above sets it, too", nil
			}
		}
	}
}

// sets reports whether a change writes an argument.
func sets(c verdict.Change, argument string) bool {
	for line := range strings.Lines(c.Set) {
		rest, ok := strings.CutPrefix(strings.TrimLeft(line, ` "`), argument)
		rest = strings.TrimLeft(rest, ` "`)
		if ok && argument != "" && (strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, ":")) {
			return true
		}
	}
	return false
}

// candidate is one chain that was considered.
func (r Presenter) candidate(c verdict.Control, s policy.Progress) verdict.Candidate {
	p := path{r.Facts.Controls[c.ID].Candidates[s.Candidate], r.Facts}
	out := verdict.Candidate{Chain: *r.redactChain(p.chain()), Verdict: s.Verdict}
	if s.Fault != nil && len(s.Fault.Findings) > 0 {
		worst := slices.MinFunc(s.Fault.Findings, func(a, b policy.Finding) int {
			return slices.Index(verdict.Levels, a.Level) - slices.Index(verdict.Levels, b.Level)
		})
		said := r.finding(c, worst, p)
		out.Fault = &said
	}
	return out
}

func (r Presenter) step(s verdict.Step, state verdict.State) verdict.Step {
	s.State, s.Resource, s.Detail = state, r.address(s.Resource), r.Redactor.Message(s.Detail)
	return s
}
