package facts

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// feed returns the pattern of the records that the trails of the filters' groups write
// there. Any record may reach a group that is not known.
func (b *Base) feed(filters []*graph.MetricFilter) (pattern string, unsure []string) {
	for _, f := range filters {
		if len(f.Group.To) != 1 {
			unsure = append(unsure, f.ID+": which log group it reads is not known, and all records are counted")
		}
	}
	if len(unsure) > 0 {
		return "", unsure
	}
	var alternatives []string
	for _, t := range b.Graph.Trails {
		if !slices.ContainsFunc(filters, func(f *graph.MetricFilter) bool { return feeds(t, f) }) {
			continue
		}
		conditions, why := recordConditions(t)
		if on, known := t.Logging.Truth(); known && !on {
			why = "it does not log, and records are replayed as if it did"
		}
		if why != "" {
			unsure = append(unsure, t.ID+": "+why)
		}
		if len(conditions) == 0 {
			return "", unsure
		}
		alternatives = append(alternatives, "("+strings.Join(conditions, " && ")+")")
	}
	if len(alternatives) == 0 {
		return "", nil
	}
	pattern = "{ " + strings.Join(alternatives, " || ") + " }"
	if _, err := filterpattern.Parse(pattern); err != nil {
		return "", append(unsure, "its trails have more selectors than a pattern can say")
	}
	return pattern, unsure
}

// feeds reports whether a trail writes to the group that a filter reads.
func feeds(t *graph.Trail, f *graph.MetricFilter) bool {
	return slices.ContainsFunc(t.Group.To, func(group string) bool { return slices.Contains(f.Group.To, group) })
}

// recordConditions returns what is true of every record that a trail writes, as conditions
// of a pattern. A record without the field may be one of them. A trail of one region has
// no events of others, nor of global services, which are those of us-east-1:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-update-trail.html
func recordConditions(t *graph.Trail) (conditions []string, unsure string) {
	is := func(field, value string) string {
		return "($." + field + ` = "` + value + `" || $.` + field + " NOT EXISTS)"
	}
	place := t.Resource.Scope
	if organization, known := t.Organization.Truth(); known && !organization && place.Account != "" {
		conditions = append(conditions, is("recipientAccountId", place.Account))
	}
	if multi, known := t.MultiRegion.Truth(); known && !multi && place.Region != "" {
		conditions = append(conditions, is("awsRegion", place.Region))
	}
	selected, unsure := selectedConditions(t)
	return append(conditions, selected...), unsure
}

// selectedConditions returns what is true of every record that the selectors of a trail
// admit. What they leave open is admitted, and said.
func selectedConditions(t *graph.Trail) (conditions []string, unsure string) {
	if why := unsayable(t); why != "" {
		return nil, why + "; all records are counted"
	}
	r := recordedEvents(t)
	switch {
	case r.Unknown != "":
		unsure = r.Unknown + "; what they may record is counted"
	case strings.HasPrefix(r.Lost["read and write"], "of "):
		unsure = r.Lost["read and write"] + "; all are counted"
	case strings.HasPrefix(r.Lost["write"], "of "):
		unsure = r.Lost["write"] + "; all are counted"
	}
	admits, _ := admitting(t)
	rest := kindCondition(admits, "")
	others, alternatives := []string{}, []string{}
	for _, s := range sources(t) {
		own := kindCondition(admits, s)
		if own == rest {
			continue
		}
		others = append(others, `$.eventSource != "`+s+`"`)
		if own != noEvents {
			alternatives = append(alternatives, conjunction(`$.eventSource = "`+s+`"`, own))
		}
	}
	if rest == noEvents && len(alternatives) > 0 {
		return []string{"(" + strings.Join(alternatives, " || ") + ")"}, unsure
	}
	if rest != "" {
		others = append(others, rest)
	}
	if len(alternatives) == 0 {
		return others, unsure
	}
	return []string{"(" + strings.Join(append(alternatives, conjunction(others...)), " || ") + ")"}, unsure
}

// noEvents is the condition of a trail without management events.
const noEvents = "$.managementEvent IS FALSE"

// kindCondition is what is true of the events of a source that are recorded: "" of all.
func kindCondition(admits func(class) share, source string) string {
	reads, writes := admits(class{true, source}) != nothing, admits(class{false, source}) != nothing
	switch {
	case reads && writes:
		return ""
	case reads:
		return "($.readOnly IS TRUE || $.readOnly NOT EXISTS)"
	case writes:
		return "($.readOnly IS FALSE || $.readOnly NOT EXISTS)"
	}
	return noEvents
}

func conjunction(conditions ...string) string {
	conditions = slices.DeleteFunc(conditions, func(c string) bool { return c == "" })
	return "(" + strings.Join(conditions, " && ") + ")"
}

// sourceName is the form of the names of event sources.
var sourceName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9.-]+$`) })

// unsayable says why no pattern may, or can, say what a trail's selectors admit.
func unsayable(t *graph.Trail) string {
	if t.HiddenSelects {
		return "the event selectors are known only after apply"
	}
	secret := slices.ContainsFunc(t.Selectors, func(s graph.Selector) bool {
		return slices.ContainsFunc([]resource.Value{s.Management, s.ReadWrite, s.Exclude}, holdsSecrets)
	})
	for _, f := range fieldSelectors(t) {
		secret = secret || holdsSecrets(f.Field)
		name, _ := f.Field.Text()
		for op, values := range f.Operators {
			secret = secret || holdsSecrets(values)
			if name == "eventSource" && op != "equals" && op != "not_equals" && len(values.List()) > 0 {
				return "the event selectors compare parts of eventSource"
			}
		}
	}
	switch {
	case secret:
		return "the event selectors are sensitive"
	case !allMatch(sources(t), sourceName()):
		return "the event selectors name an eventSource of a form that no source has"
	}
	return ""
}

func fieldSelectors(t *graph.Trail) (all []graph.FieldSelector) {
	for _, s := range t.Advanced {
		all = append(all, s.Fields...)
	}
	return all
}

func allMatch(texts []string, form *regexp.Regexp) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { return !form.MatchString(s) })
}

// holdsSecrets reports whether a value, or anything in it, is sensitive.
func holdsSecrets(v resource.Value) (secret bool) {
	v.Walk(func(_ []any, v resource.Value) bool {
		secret = secret || v.IsSensitive()
		return !secret
	})
	return secret
}
