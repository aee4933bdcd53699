package gate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// reporter turns answers into results: it joins them with what policies do not
// carry, such as titles, words and positions, and hides what is sensitive.
type reporter struct {
	candidates bool
	excerpt    func(file string, line int) (first int, lines []string)
	doc        *resource.Document
	world      *graph.Graph
	facts      *document.Document
	past       map[string]chain.Past
	redactor   document.Redactor
}

func (r reporter) input() verdict.Input {
	in := verdict.Input{
		Path: r.doc.Path, Format: string(r.doc.Format), Resources: r.doc.Total, Changed: r.doc.Changed, Notes: []string{},
	}
	for _, x := range r.doc.Resources {
		if x.Mode == resource.Managed {
			in.Relevant++
		}
	}
	for _, n := range slices.Concat(r.doc.Incomplete, r.unread(), r.doc.Notes) {
		in.Notes = append(in.Notes, r.redactor.Said(n))
	}
	return in
}

func (r reporter) result(c verdict.Control, a policy.Answer) verdict.Result {
	out := verdict.Result{
		Control: c.ID, Title: c.Title, Severity: c.Severity, References: c.References, Input: r.doc.Path,
		Verdict: a.Verdict, Findings: []verdict.Finding{},
	}
	if a.Candidate >= 0 {
		shown := path{r.facts.Controls[c.ID].Candidates[a.Candidate], r.facts}
		chain := shown.chain()
		out.Chain = r.redactChain(chain)
		for _, path := range r.with(c, shown, a) {
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
	for _, s := range a.Standing {
		if r.candidates {
			out.Candidates = append(out.Candidates, r.candidate(c, s))
		}
	}
	beside := r.beside(c, a)
	out.Verdict = raised(a.Verdict, beside)
	out.Unread = len(r.facts.Controls[c.ID].Hidden) > 0
	if past, ok := r.past[c.ID]; ok && past.Verdict != out.Verdict {
		out.Before = past.Verdict
	}
	out.Findings = append(out.Findings, beside...)
	verdict.Sort(out.Findings)
	for i, f := range out.Findings {
		out.Findings[i].Source = r.source(f)
	}
	return out
}

// candidate is one chain that was considered.
func (r reporter) candidate(c verdict.Control, s policy.Standing) verdict.Candidate {
	p := path{r.facts.Controls[c.ID].Candidates[s.Candidate], r.facts}
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

func (r reporter) step(s verdict.Step, state verdict.State) verdict.Step {
	s.State, s.Resource, s.Detail = state, r.named(s.Resource), r.redactor.Said(s.Detail)
	return s
}

// named is an address, or the name of something outside, without what is sensitive.
func (r reporter) named(name string) string {
	if r.world.Resource(name) != nil {
		return r.redactor.Text(name)
	}
	return r.redactor.Name(name)
}

func (r reporter) redactChain(c verdict.Chain) *verdict.Chain {
	for _, text := range []*string{&c.Trail, &c.LogGroup, &c.MetricFilter, &c.Metric, &c.Alarm, &c.CompositeAlarm, &c.Topic} {
		*text = r.named(*text)
	}
	c.Subscriptions = slices.Clone(c.Subscriptions)
	for i, s := range c.Subscriptions {
		c.Subscriptions[i] = r.named(s)
	}
	return &c
}

// finding puts a code into words: what the list of codes says of it, and the
// reason that was found here.
func (r reporter) finding(c verdict.Control, f policy.Finding, p path) verdict.Finding {
	code, _ := finding.Lookup(f.Code)
	out := verdict.Finding{
		Code: f.Code, Link: f.Link, Level: f.Level, Resource: r.named(f.Resource), Attribute: f.Attribute,
		Message: r.inWordsOf(code.Title), Witness: f.Witness, Telling: telling(f, c.MustMatch, r.pattern(f.Resource)), Cause: r.cause(c.ID, f), Fix: r.inWordsOf(r.fix(c, code, f)),
	}
	if f.Reason != "" {
		out.Message += ": " + r.inWordsOf(r.redactor.Said(f.Reason))
	}
	if said := misprint(c, f, r.pattern(f.Resource)); said != "" {
		out.Message += "; " + said
	}
	if x := r.world.Resource(f.Resource); x != nil {
		out.Location = r.location(x, f)
		out.Attribute = r.attribute(x, f.Attribute)
	}
	if settle := r.settling(f); settle != "" {
		out.Fix = "settle it with " + settle
	}
	out.Fix, out.Cause = r.redactor.Text(out.Fix), r.redactor.Said(out.Cause)
	if change := r.change(c, f, p); change != nil {
		out.Change, out.Fix = change, change.Text(f.Resource)
	}
	if f.Level != verdict.Note {
		out.Fix += elsewhere(f.Code) + r.declared(c, f)
	}
	return out
}

// misprint says where a faulty pattern is printed so.
func misprint(c verdict.Control, f policy.Finding, pattern string) string {
	if f.Link != "pattern" || f.Level != verdict.Error {
		return ""
	}
	for _, m := range c.Misprints {
		if strings.Join(strings.Fields(m.Pattern), "") == strings.Join(strings.Fields(pattern), "") {
			return m.Says
		}
	}
	return ""
}

// nearest is where to look for what does not exist: at the last link before it,
// or the first one behind.
func (r reporter) nearest(p path, f policy.Finding) *resource.Resource {
	nodes := map[verdict.Link]string{
		"trail": p.Trail, "log_group": p.LogGroup, "metric_filter": p.Filter, "alarm": p.Alarm, "topic": p.Topic,
	}
	at := slices.Index(verdict.Links, f.Link)
	order := slices.Clone(verdict.Links[:at])
	slices.Reverse(order)
	for _, link := range append(order, verdict.Links[at:]...) {
		if x := r.world.Resource(nodes[link]); x != nil {
			return x
		}
	}
	return nil
}

// pattern is the pattern of the filter at an address.
func (r reporter) pattern(address string) string {
	if p := r.facts.MetricFilters[address].Pattern; p != nil {
		return *p
	}
	return ""
}

// location is where an attribute is written, or the resource that lacks it. Code
// beside a plan is read only for what somebody has to mend.
func (r reporter) location(x *resource.Resource, f policy.Finding) *verdict.Location {
	if x.Position == nil && r.doc.Locate != nil && f.Level != verdict.Note {
		if x = r.doc.Locate(cmp.Or(x.Within, x.Address)); x == nil {
			return nil
		}
	}
	at := x.PositionOf(f.Attribute)
	if at == nil {
		return nil
	}
	return &verdict.Location{File: at.File, Line: at.Line, Column: at.Column, Calls: calls(x)}
}

// calls are the places of the module calls that lead to a resource, the
// innermost first.
func calls(x *resource.Resource) []verdict.Location {
	var modules []string
	for at := range x.Positions {
		if strings.HasPrefix(at, "module.") {
			modules = append(modules, at)
		}
	}
	slices.SortFunc(modules, func(a, b string) int { return len(b) - len(a) })
	var out []verdict.Location
	for _, m := range modules {
		p := x.Positions[m]
		out = append(out, verdict.Location{File: p.File, Line: p.Line, Column: p.Column})
	}
	return out
}
