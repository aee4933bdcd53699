package present

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// witnessFields returns the fields of a witness that the patterns look at.
func witnessFields(f policy.Finding, patterns ...string) []string {
	if f.Witness == nil {
		return nil
	}
	var out []string
	for _, text := range patterns {
		if p, err := filterpattern.Parse(text); err == nil {
			out = append(out, p.TopFields()...)
		}
	}
	return out
}

// cause says what this plan has to do with a fault.
func (r Presenter) cause(control string, f policy.Finding) string {
	past, ok := r.Past[control]
	if !ok || past.Chain == nil || f.Level != verdict.Error {
		return ""
	}
	for _, d := range r.Facts.Deleted {
		if slices.Contains(linkBefore(past.Chain, f.Link), d.Address) {
			return strings.TrimSuffix("this plan deletes "+d.Address+" ("+d.Reason+")", " ()")
		}
	}
	if past.Verdict == verdict.Pass && slices.Contains([]string{"update", "replace"}, r.planAction(f.Resource)) {
		return "this plan causes it: before it, every link held"
	}
	return ""
}

// linkBefore returns what a link was before the plan.
func linkBefore(c *verdict.Chain, link verdict.Link) []string {
	switch link {
	case "trail":
		return []string{c.Trail}
	case "log_group":
		return []string{c.LogGroup}
	case "metric_filter", "pattern":
		filters := []string{c.MetricFilter}
		for _, further := range c.With {
			filters = append(filters, further.MetricFilter)
		}
		return filters
	case "alarm":
		return []string{c.Alarm, c.CompositeAlarm}
	case "action", "topic":
		return []string{c.Topic}
	case "subscription":
		return c.Subscriptions
	}
	return nil
}

func (r Presenter) planAction(address string) string {
	if x := r.World.Resource(address); x != nil {
		return x.Change.Action.String()
	}
	return ""
}

// finding puts a code into words: what the list of codes says of it, and the
// reason that was found here.
func (r Presenter) finding(c verdict.Control, f policy.Finding, p path) verdict.Finding {
	code, _ := finding.Lookup(f.Code)
	out := verdict.Finding{
		Code: f.Code, Link: f.Link, Level: f.Level, Resource: r.address(f.Resource), Attribute: f.Attribute,
		Message: r.inInputLanguage(code.Title), Witness: f.Witness, Telling: witnessFields(f, c.MustMatch, r.pattern(f.Resource)), Cause: r.cause(c.ID, f), Fix: r.inInputLanguage(r.fix(c, code, f)),
	}
	if f.Reason != "" {
		out.Message += ": " + r.inInputLanguage(r.Redactor.Message(f.Reason))
	}
	if said := misprint(c, f, r.pattern(f.Resource)); said != "" {
		out.Message += "; " + said
	}
	if x := r.World.Resource(f.Resource); x != nil {
		out.Location = r.location(x, f)
		out.Attribute = r.attribute(x, f.Attribute)
	}
	if settle := r.settlingFlags(f); settle != "" {
		out.Fix = "decide it with " + settle
	}
	if r.needsCode(f) {
		out.Fix = "Put the plan beside its code, or pass --source DIR. If that does not settle it: " + out.Fix
	}
	unseen := r.unseen(f)
	if unseen != "" {
		out.Fix = unseen
	}
	out.Fix, out.Cause = r.Redactor.Text(out.Fix), r.Redactor.Message(out.Cause)
	if unseen == "" {
		r.addChanges(&out, c, f, p)
	}
	if out.Change != nil {
		out.Fix = out.Change.Text(f.Resource)
	}
	if x := r.World.Resource(f.Resource); x != nil && x.Construct != "" && out.Fix != "" {
		out.Fix = "in the CDK construct " + r.Redactor.Text(x.Construct) + ", which makes this resource:\n" + out.Fix
	}
	if f.Level != verdict.Note && unseen == "" {
		out.Fix += elsewhereAdvice(f.Code) + r.exclusionEntry(c, f)
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

// sourceExcerpt returns the code that a finding is about, for those who have to fix it.
// It is made here because what is secret in it is known here.
func (r Presenter) sourceExcerpt(f verdict.Finding) *verdict.Excerpt {
	if r.Excerpt == nil || f.Location == nil || f.Level == verdict.Note {
		return nil
	}
	first, lines := r.Excerpt(f.Location.File, f.Location.Line)
	if len(lines) == 0 {
		return nil
	}
	out := &verdict.Excerpt{First: first}
	shown := false
	for _, l := range lines {
		line := r.Redactor.Line(l)
		shown = shown || line == l
		out.Lines = append(out.Lines, line)
	}
	if !shown {
		return nil
	}
	return out
}
