package gate

import (
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/remedy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// change is the mend of a fault as code, nil where none can be said, or where it
// would show what is sensitive. Several inputs at once have no one place to put it.
func (r reporter) change(c verdict.Control, f policy.Finding, p path) *verdict.Change {
	if f.Level == verdict.Note || r.doc.Format == resource.Mixed {
		return nil
	}
	series := p.facts.MetricFilters[p.Filter].Series
	if x := r.world.Resource(f.Resource); x != nil && x.Within != "" {
		return nil // it stands inside a text
	}
	change, ok := remedy.Mend(remedy.Fault{
		Code: f.Code, Resource: f.Resource, Attribute: f.Attribute, Control: c.ID, Pattern: c.MustMatch,
		Denied: p.denies(f),
		Trail:  p.Trail, LogGroup: p.LogGroup, Filter: p.Filter, Alarm: p.Alarm, Topic: p.Topic, TrailGroup: trailGroup(p),
		Namespace: text(series.Namespace), Metric: text(series.Name),
	}, r.doc.Resources, r.file)
	if whole := change.Text(""); !ok || r.redactor.Said(whole) != whole {
		return nil
	}
	return &change
}

// denies says whether a statement denies what a finding misses.
func (p path) denies(f policy.Finding) bool {
	asked := []document.Check{p.facts.Trails[p.Trail].Role, p.action().Publish, p.action().Key}
	return slices.ContainsFunc(asked, func(c document.Check) bool { return c.Denies && c.Code == f.Code && c.Resource == f.Resource })
}

// trailGroup is the group that the shown trail writes to.
func trailGroup(p path) string {
	if to := p.facts.Trails[p.Trail].LogGroup.To; len(to) == 1 {
		return to[0]
	}
	return ""
}

// file is where a resource is written, as far as that is known.
func (r reporter) file(x *resource.Resource) string {
	if l := r.location(x, policy.Finding{Level: verdict.Error}); l != nil {
		return l.File
	}
	if r.doc.Format == resource.CloudFormation {
		return r.doc.Path
	}
	return ""
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
