package present

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/fix"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// fix returns the smallest change that removes a fault: in the terms of this input
// if that can be said, else what the list of codes advises.
func (r Presenter) fix(c verdict.Control, code finding.Code, f policy.Finding) string {
	switch {
	case f.Level == verdict.Note:
		return ""
	case f.Code == "no-metric-filter":
		return "add an aws_cloudwatch_log_metric_filter on the trail's log group with\n" + r.patternAssignment(f.Resource, c.MustMatch)
	case f.Code == "input-not-read":
		return code.Fix + r.moduleEntry()
	case f.Code == "pattern-is-wide", f.Code == "pattern-texts-differ":
		return code.Fix
	case f.Link == "pattern" && f.Code != "pattern-undecided":
		return r.patternAssignment(f.Resource, c.MustMatch)
	case f.Code == "log-group-elsewhere":
		return externalEntry("log_group", f.Reason)
	case (f.Code == "topic-outside" || f.Code == "subscription-elsewhere") && variableAdvice(f.Resource) != "":
		return variableAdvice(f.Resource)
	case (f.Code == "topic-outside" || f.Code == "subscription-elsewhere") && !strings.HasPrefix(f.Resource, "what "):
		return externalEntry("topic", f.Resource)
	}
	return code.Fix
}

// exclusionEntry returns what to write into the configuration where a pattern may leave out
// what it does; "" if that does not help.
func (r Presenter) exclusionEntry(c verdict.Control, f policy.Finding) string {
	if f.Code != "pattern-misses-events" && f.Code != "pattern-narrower-than-reference" || r.Facts.Config.Profile == "security-hub" {
		return ""
	}
	entries := r.Facts.MetricFilters[f.Resource].Coverage[c.ID].Excludable
	if len(entries) == 0 {
		return ""
	}
	return "\n" + r.Redactor.Text(config.ExclusionEntry(entries))
}

// elsewhereAdvice returns what to do where something is not missing at all: it lives in
// another root module, stack or account.
func elsewhereAdvice(code string) string {
	if code != "no-metric-filter" && code != "no-alarm" {
		return ""
	}
	return "\nif it is defined elsewhere: judge both with --combine, or waive this finding in .iacgate.yaml"
}

// patternAssignment writes a pattern as the input would, at a resource or anywhere.
func (r Presenter) patternAssignment(at, pattern string) string {
	x := r.World.Resource(at)
	switch {
	case x != nil && x.Within != "":
	case r.Input.Format != resource.CloudFormation && x != nil && strings.HasSuffix(r.file(x), ".json"):
		return `"pattern": ` + quote(pattern)
	case r.Input.Format != resource.CloudFormation:
		return "pattern = " + quote(pattern)
	case strings.HasSuffix(r.Input.Path, ".json"):
		return `"FilterPattern": ` + quote(pattern)
	}
	return "FilterPattern: '" + strings.ReplaceAll(pattern, "'", "''") + "'"
}

// attribute names an attribute of a resource as the input does.
func (r Presenter) attribute(x *resource.Resource, attribute string) string {
	if x == nil || r.Input.Format != resource.CloudFormation && x.Within == "" {
		return attribute
	}
	return catalog.PropertyOf(x.Type, attribute)
}

// externalEntry returns what to write into the configuration to vouch for something outside.
func externalEntry(kind, name string) string {
	for open := strings.Index(name, "("); open >= 0; open = strings.Index(name, "(") {
		_, rest, _ := strings.Cut(name[open:], ")") // "(account of aws)" is whatever it is
		name = name[:open] + "*" + rest
	}
	return fmt.Sprintf("if this is right as it is, add to .iacgate.yaml:\nexternal:\n  - %s: %s\n    reason: ...", kind, quote(name))
}

// addChanges adds the fix of a fault as code, where one can be said that does not show
// what is sensitive. Several inputs at once have no one place to put it.
func (r Presenter) addChanges(out *verdict.Finding, c verdict.Control, f policy.Finding, p path) {
	if f.Level == verdict.Note || r.Input.Format == resource.Mixed {
		return
	}
	series := p.facts.MetricFilters[p.Filter].Series
	if x := r.World.Resource(f.Resource); x != nil && x.Within != "" {
		return // it is part of a text
	}
	fault := fix.Fault{
		Code: f.Code, Link: f.Link, Resource: f.Resource, Attribute: f.Attribute, Control: c.ID, Pattern: c.MustMatch,
		Denied: p.denies(f),
		Trail:  p.Trail, LogGroup: p.LogGroup, Filter: p.Filter, Alarm: p.Alarm, Topic: p.Topic, TrailGroup: trailGroup(p),
		Namespace: text(series.Namespace), Metric: text(series.Name),
	}
	if change, ok := fix.For(fault, r.Input.Resources, r.file); r.isTellable(change) {
		out.Wanted = &change
		if ok {
			out.Change = &change
		}
	}
	if !r.Instead {
		return
	}
	out.Instead = func() *verdict.Change {
		change, ok := fix.Beside(fault, r.Input.Resources, r.file)
		if !ok || !r.isTellable(change) {
			return nil
		}
		return &change
	}
}

// isTellable reports whether a change shows nothing that is sensitive.
func (r Presenter) isTellable(c verdict.Change) bool {
	whole := c.Text("")
	return r.Redactor.Message(whole) == whole
}

// denies reports whether a statement denies what a finding misses.
func (p path) denies(f policy.Finding) bool {
	asked := []document.Check{p.facts.Trails[p.Trail].Role, p.action().Publish, p.action().Key}
	return slices.ContainsFunc(asked, func(c document.Check) bool { return c.Denies && c.Code == f.Code && c.Resource == f.Resource })
}

// trailGroup returns the group that the shown trail writes to.
func trailGroup(p path) string {
	if to := p.facts.Trails[p.Trail].LogGroup.To; len(to) == 1 {
		return to[0]
	}
	return ""
}

// moduleEntry returns the entry of the configuration that declares that the modules which
// were not read hold nothing; "" if something else was not read.
func (r Presenter) moduleEntry() string {
	var lines []string
	for _, g := range r.Facts.Gaps {
		switch line := "\n  - module: " + quote(g.Module) + "\n    reason: ..."; {
		case !g.Decides:
		case g.Module == "":
			return ""
		case !slices.Contains(lines, line):
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 || len(lines) > shownGaps || len(r.Facts.Incomplete) > 0 {
		return ""
	}
	return "\nif it contains no part of the chain, add to .iacgate.yaml:\nexternal:" + strings.Join(lines, "")
}
