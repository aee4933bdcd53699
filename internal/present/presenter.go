package present

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// file returns where a resource is written, as far as that is known.
func (r Presenter) file(x *resource.Resource) string {
	if l := r.location(x, policy.Finding{Level: verdict.Error}); l != nil {
		return l.File
	}
	if r.Input.Format == resource.CloudFormation {
		return r.Input.Path
	}
	return ""
}

// Presenter turns answers into results: it joins them with what policies do not
// carry, such as titles, words and positions, and hides what is sensitive.
type Presenter struct {
	Candidates bool
	Instead    bool // findings can make the change that adds another resource
	Excerpt    func(file string, line int) (first int, lines []string)
	Input      *resource.Document
	World      *graph.Graph
	Facts      *document.Document
	Past       map[string]chain.Past
	Redactor   document.Redactor
}

// address returns an address, or the name of something outside, without what is sensitive.
func (r Presenter) address(name string) string {
	if r.World.Resource(name) != nil {
		return r.Redactor.Text(name)
	}
	return r.Redactor.Name(name)
}

func (r Presenter) redactChain(c verdict.Chain) *verdict.Chain {
	for _, text := range []*string{&c.Trail, &c.LogGroup, &c.MetricFilter, &c.Metric, &c.Alarm, &c.CompositeAlarm, &c.Topic} {
		*text = r.address(*text)
	}
	c.Subscriptions = slices.Clone(c.Subscriptions)
	for i, s := range c.Subscriptions {
		c.Subscriptions[i] = r.address(s)
	}
	return &c
}

// nearest returns where to look for what does not exist: at the last link before it,
// or the first one after it.
func (r Presenter) nearest(p path, f policy.Finding) *resource.Resource {
	nodes := map[verdict.Link]string{
		"trail": p.Trail, "log_group": p.LogGroup, "metric_filter": p.Filter, "alarm": p.Alarm, "topic": p.Topic,
	}
	at := slices.Index(verdict.Links, f.Link)
	order := slices.Clone(verdict.Links[:at])
	slices.Reverse(order)
	for _, link := range append(order, verdict.Links[at:]...) {
		if x := r.World.Resource(nodes[link]); x != nil {
			return x
		}
	}
	return nil
}

// pattern returns the pattern of the filter at an address.
func (r Presenter) pattern(address string) string {
	if p := r.Facts.MetricFilters[address].Pattern; p != nil {
		return *p
	}
	return ""
}

// location returns where an attribute is written, or the resource that lacks it. Code
// beside a plan is read only for what somebody has to fix.
func (r Presenter) location(x *resource.Resource, f policy.Finding) *verdict.Location {
	if x.Position == nil && r.Input.Locate != nil && f.Level != verdict.Note {
		if x = r.Input.Locate(cmp.Or(x.Within, x.Address)); x == nil {
			return nil
		}
	}
	at := x.PositionOf(f.Attribute)
	if at == nil {
		return nil
	}
	return &verdict.Location{File: at.File, Line: at.Line, Column: at.Column, Calls: calls(x)}
}

// calls returns the places of the module calls that lead to a resource, the
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

// inInputLanguage puts names of Terraform into those of the input's language.
func (r Presenter) inInputLanguage(text string) string {
	switch r.Input.Format {
	case resource.CloudFormation:
		return inTemplateWords(text)
	case resource.Plan:
		return strings.ReplaceAll(text, "from this input", "from this plan")
	}
	return text
}
