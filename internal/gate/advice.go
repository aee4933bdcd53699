package gate

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// fix is the smallest change that mends a fault: in the terms of this input
// where that can be said, else what the list of codes advises.
func (r reporter) fix(c verdict.Control, code finding.Code, f policy.Finding) string {
	switch {
	case f.Level == verdict.Note:
		return ""
	case f.Code == "no-metric-filter":
		return "add an aws_cloudwatch_log_metric_filter on the trail's log group with\n" + r.assign(f.Resource, c.MustMatch)
	case f.Code == "input-not-read":
		return code.Fix + r.closing()
	case f.Code == "pattern-is-wide", f.Code == "pattern-texts-differ":
		return code.Fix
	case f.Link == "pattern" && f.Code != "pattern-undecided":
		return r.assign(f.Resource, c.MustMatch)
	case f.Code == "log-group-elsewhere":
		return settle("log_group", f.Reason)
	case (f.Code == "topic-outside" || f.Code == "subscription-elsewhere") && !strings.HasPrefix(f.Resource, "what "):
		return settle("topic", f.Resource)
	}
	return code.Fix
}

// declared is what to write into the configuration where a pattern may leave out
// what it does; "" where that is no answer.
func (r reporter) declared(c verdict.Control, f policy.Finding) string {
	if f.Code != "pattern-misses-events" && f.Code != "pattern-narrower-than-reference" || r.facts.Config.Profile == "security-hub" {
		return ""
	}
	entries := r.facts.MetricFilters[f.Resource].Coverage[c.ID].Excludable
	if len(entries) == 0 {
		return ""
	}
	return "\n" + r.redactor.Text(config.ExclusionEntry(entries))
}

// elsewhere is what to do where something is not missing at all: it lives in
// another root module, stack or account.
func elsewhere(code string) string {
	if code != "no-metric-filter" && code != "no-alarm" {
		return ""
	}
	return "\nif it lives elsewhere: judge both with --combine, or waive this one in .iacgate.yaml"
}

// assign writes a pattern as the input would, at a resource or anywhere.
func (r reporter) assign(at, pattern string) string {
	x := r.world.Resource(at)
	switch {
	case x != nil && x.Within != "":
	case r.doc.Format != resource.CloudFormation && x != nil && strings.HasSuffix(r.file(x), ".json"):
		return `"pattern": ` + quote(pattern)
	case r.doc.Format != resource.CloudFormation:
		return "pattern = " + quote(pattern)
	case strings.HasSuffix(r.doc.Path, ".json"):
		return `"FilterPattern": ` + quote(pattern)
	}
	return "FilterPattern: '" + strings.ReplaceAll(pattern, "'", "''") + "'"
}

// attribute names an attribute of a resource as the input does.
func (r reporter) attribute(x *resource.Resource, attribute string) string {
	if x == nil || r.doc.Format != resource.CloudFormation && x.Within == "" {
		return attribute
	}
	return catalog.PropertyOf(x.Type, attribute)
}

// settle is what to write into the configuration to vouch for something outside.
func settle(kind, name string) string {
	for open := strings.Index(name, "("); open >= 0; open = strings.Index(name, "(") {
		_, rest, _ := strings.Cut(name[open:], ")") // "(account of aws)" is whatever it is
		name = name[:open] + "*" + rest
	}
	return fmt.Sprintf("if it is right as it is, write into .iacgate.yaml:\nexternal:\n  - %s: %s\n    reason: ...", kind, quote(name))
}

func quote(s string) string {
	b := &strings.Builder{}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return s
	}
	return strings.TrimSpace(b.String())
}

// telling are the fields of a witness that the patterns look at.
func telling(f policy.Finding, patterns ...string) []string {
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
