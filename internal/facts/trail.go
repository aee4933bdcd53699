package facts

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func (b *Base) trail(t *graph.Trail) document.Trail {
	n := newNode(t.Node)
	return document.Trail{
		Name:         document.Name(t.Name),
		Logging:      document.Bool(noteUnknown(&n, "enable_logging", t.Logging)),
		MultiRegion:  document.Bool(noteUnknown(&n, "is_multi_region_trail", t.MultiRegion)),
		GlobalEvents: document.Bool(noteUnknown(&n, "include_global_service_events", t.GlobalEvents)),
		Organization: document.Bool(t.Organization),
		Records:      recordedEvents(t),
		LogGroup:     newLink(t.Group),
		GroupSuffix:  groupSuffix(t.GroupArgument),
		Role:         b.access.TrailRole(t),
		Node:         n,
	}
}

// groupSuffix says what is wrong with the end of a known log group ARN:
// CloudTrail wants ":*" once.
// https://github.com/hashicorp/terraform-provider-aws/issues/14557
func groupSuffix(v resource.Value) string {
	text, known := v.Symbolic()
	known = known && (!v.IsUnknown() || strings.HasPrefix(text, "arn:"))
	switch {
	case known && strings.HasSuffix(text, ":*:*"):
		return "it ends in :*:*"
	case known && text != "" && !strings.HasSuffix(text, ":*"):
		return "it does not end in :*"
	}
	return ""
}

// share says how much of a class of events is recorded.
type share uint8

const (
	nothing share = iota
	unseen
	part
	all
)

// class is a kind of management events: reads or writes of one event source, ""
// for a source that no selector names.
type class struct {
	read   bool
	source string
}

// recordedEvents computes the events that a trail's selectors record: the union of the
// selectors, or everything without any.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
func recordedEvents(t *graph.Trail) document.Records {
	r := document.Records{Management: truth.Yes, Lost: map[string]string{"write": "", "read and write": ""}, Excluded: []string{}, Attribute: "event_selector"}
	if t.HiddenSelects {
		r.Management, r.Unknown = truth.Unknown, "the event selectors are known only after apply"
		return r
	}
	var admits func(class) share
	admits, r.Attribute = admitting(t)
	fillRecords(&r, t, admits)
	return r
}

// admitting returns how much of a class a trail's selectors record, and the attribute that
// has them.
func admitting(t *graph.Trail) (admits func(class) share, attribute string) {
	switch {
	case len(t.Advanced) > 0:
		return func(c class) share {
			return largestShare(t.Advanced, func(s graph.AdvancedSelector) share { return advancedShare(s, c) })
		}, "advanced_event_selector"
	case len(t.Selectors) > 0:
		return func(c class) share {
			return largestShare(t.Selectors, func(s graph.Selector) share { return basicShare(s, c) })
		}, "event_selector"
	}
	return everything, "event_selector"
}

func fillRecords(r *document.Records, t *graph.Trail, admits func(class) share) {
	reads, writes := admits(class{read: true}), admits(class{})
	r.Excluded = excludedSources(t, admits, reads, writes)
	r.Lost["write"] = describeLoss(t, "write", writes)
	r.Lost["read and write"] = describeLoss(t, "read", reads)
	if r.Lost["read and write"] == "" {
		r.Lost["read and write"] = r.Lost["write"]
	}
	if reads == unseen || writes == unseen {
		r.Unknown = "some of the event selectors are known only after apply"
	}
	switch max(reads, writes) {
	case nothing:
		r.Management = recordsSomeSource(t, admits)
	case unseen:
		r.Management = truth.Unknown
	}
}

// describeLoss describes in words which events of one kind are lost.
func describeLoss(t *graph.Trail, kind string, recorded share) string {
	switch recorded {
	case nothing:
		return "no " + kind + " events are recorded"
	case part:
		return "of " + kind + " events only those that a selector on " + strings.Join(narrowingFields(t), ", ") + " admits are recorded"
	}
	return ""
}

func everything(class) share { return all }

func largestShare[S any](selectors []S, admits func(S) share) share {
	most := nothing
	for _, s := range selectors {
		most = max(most, admits(s))
	}
	return most
}

// recordsSomeSource reports whether a trail that records nothing of ordinary services
// records anything of a service that it names.
func recordsSomeSource(t *graph.Trail, admits func(class) share) truth.Truth {
	records := truth.No
	for _, s := range sources(t) {
		switch most := max(admits(class{true, s}), admits(class{false, s})); {
		case most > unseen:
			return truth.Yes
		case most == unseen:
			records = truth.Unknown
		}
	}
	return records
}

func excludedSources(t *graph.Trail, admits func(class) share, reads, writes share) []string {
	out := []string{}
	for _, s := range sources(t) {
		if admits(class{true, s}) < reads || admits(class{false, s}) < writes {
			out = append(out, s)
		}
	}
	return out
}

// sources returns every event source that the selectors name.
func sources(t *graph.Trail) []string {
	var found []string
	add := func(v resource.Value) {
		for _, e := range v.List() {
			if text, ok := e.Text(); ok && !slices.Contains(found, text) {
				found = append(found, text)
			}
		}
	}
	for _, s := range t.Selectors {
		add(s.Exclude)
	}
	for _, s := range t.Advanced {
		for _, f := range s.Fields {
			if name, _ := f.Field.Text(); name != "eventSource" {
				continue
			}
			for _, op := range f.Operators {
				add(op)
			}
		}
	}
	slices.Sort(found)
	return found
}

// basicShare says how much of a class a basic selector records.
func basicShare(s graph.Selector, c class) share {
	management, ok := s.Management.Truth()
	if !ok {
		return unseen
	}
	if !management {
		return nothing
	}
	for _, e := range s.Exclude.List() {
		if text, _ := e.Text(); text == c.source && c.source != "" {
			return nothing
		}
	}
	kind, ok := s.ReadWrite.Text()
	switch {
	case !ok || s.Exclude.IsUnknown() || slices.ContainsFunc(s.Exclude.List(), resource.Value.IsUnknown):
		return unseen
	case kind == "All", kind == "ReadOnly" && c.read, kind == "WriteOnly" && !c.read:
		return all
	}
	return nothing
}

// advancedShare says how much of a class an advanced selector records: all fields
// must agree; fields other than the category, the source and readOnly leave a
// part.
func advancedShare(s graph.AdvancedSelector, c class) share {
	got, category := all, nothing
	for _, f := range s.Fields {
		name, ok := f.Field.Text()
		if !ok {
			return unseen
		}
		switch name {
		case "eventCategory":
			category = matchField(f, "Management")
		case "readOnly":
			got = min(got, matchField(f, map[bool]string{true: "true", false: "false"}[c.read]))
		case "eventSource":
			got = min(got, matchSource(f, c.source))
		default:
			got = min(got, part)
		}
	}
	return min(got, category)
}

// matchSource compares the event source; a source that no selector names meets
// negations and no others.
func matchSource(f graph.FieldSelector, source string) share {
	if source == "" {
		source = "\x00"
	}
	return matchField(f, source)
}

// matchField evaluates the operators of one field selector for a value.
func matchField(f graph.FieldSelector, value string) share {
	got := all
	for op, want := range f.Operators {
		got = min(got, matchOperator(op, want, value))
	}
	return got
}

func matchOperator(op string, want resource.Value, value string) share {
	negated := strings.HasPrefix(op, "not_")
	for _, e := range want.List() {
		text, ok := e.Text()
		if !ok {
			return unseen
		}
		if matchText(strings.TrimPrefix(op, "not_"), text, value) {
			if negated {
				return nothing
			}
			return all
		}
	}
	switch {
	case want.IsUnknown():
		return unseen
	case negated:
		return all
	}
	return nothing
}

func matchText(op, text, value string) bool {
	switch op {
	case "equals":
		return text == value
	case "starts_with":
		return strings.HasPrefix(value, text)
	}
	return strings.HasSuffix(value, text)
}

// narrowingFields returns the fields that management selectors restrict besides the
// category, the source and readOnly.
func narrowingFields(t *graph.Trail) []string {
	out := []string{}
	for _, s := range t.Advanced {
		if advancedShare(s, class{read: true}) != part && advancedShare(s, class{}) != part {
			continue
		}
		for _, f := range s.Fields {
			name, _ := f.Field.Text()
			if !slices.Contains([]string{"eventCategory", "readOnly", "eventSource"}, name) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return out
}
