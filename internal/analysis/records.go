package analysis

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// Records says which management events a trail records, by its selectors.
type Records struct {
	Management truth.Truth `json:"management"` // any of them at all
	// Lost says in words what is lost of the events that a control is about,
	// "write" or "read and write"; "" for nothing.
	Lost map[string]string `json:"lost"`
	// Excluded are the event sources of which less is recorded than of others.
	Excluded  []string `json:"excluded"`
	Attribute string   `json:"attribute"` // where it is written
	Unknown   string   `json:"unknown"`   // what cannot be seen
}

// share is how much of a class of events is recorded.
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

// records works out what a trail's selectors admit: the union of the selectors,
// or everything without any.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
func records(t *graph.Trail) Records {
	r := Records{Management: truth.Yes, Lost: map[string]string{"write": "", "read and write": ""}, Excluded: []string{}, Attribute: "event_selector"}
	if t.HiddenSelects {
		r.Management, r.Unknown = truth.Unknown, "the event selectors are known only after apply"
		return r
	}
	admits := everything
	switch {
	case len(t.Advanced) > 0:
		r.Attribute = "advanced_event_selector"
		admits = func(c class) share {
			return best(t.Advanced, func(s graph.AdvancedSelector) share { return advanced(s, c) })
		}
	case len(t.Selectors) > 0:
		admits = func(c class) share { return best(t.Selectors, func(s graph.Selector) share { return basic(s, c) }) }
	}
	r.extent(t, admits)
	return r
}

func (r *Records) extent(t *graph.Trail, admits func(class) share) {
	reads, writes := admits(class{read: true}), admits(class{})
	r.Excluded = excluded(t, admits, reads, writes)
	r.Lost["write"] = lost(t, "write", writes)
	r.Lost["read and write"] = lost(t, "read", reads)
	if r.Lost["read and write"] == "" {
		r.Lost["read and write"] = r.Lost["write"]
	}
	if reads == unseen || writes == unseen {
		r.Unknown = "a part of the event selectors is known only after apply"
	}
	switch max(reads, writes) {
	case nothing:
		r.Management = someSource(t, admits)
	case unseen:
		r.Management = truth.Unknown
	}
}

// lost says in words what is lost of one kind of events.
func lost(t *graph.Trail, kind string, recorded share) string {
	switch recorded {
	case nothing:
		return "no " + kind + " events are recorded"
	case part:
		return "of " + kind + " events only those that a selector on " + strings.Join(narrowed(t), ", ") + " admits are recorded"
	}
	return ""
}

func everything(class) share { return all }

func best[S any](selectors []S, admits func(S) share) share {
	most := nothing
	for _, s := range selectors {
		most = max(most, admits(s))
	}
	return most
}

// someSource says whether a trail that records nothing of ordinary services
// records anything of a service that it names.
func someSource(t *graph.Trail, admits func(class) share) truth.Truth {
	for _, s := range sources(t) {
		if max(admits(class{true, s}), admits(class{false, s})) > unseen {
			return truth.Yes
		}
	}
	return truth.No
}

func excluded(t *graph.Trail, admits func(class) share, reads, writes share) []string {
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

// basic says how much of a class a basic selector records.
func basic(s graph.Selector, c class) share {
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

// advanced says how much of a class an advanced selector records: all fields
// must agree; fields other than the category, the source and readOnly leave a
// part.
func advanced(s graph.AdvancedSelector, c class) share {
	got, category := all, nothing
	for _, f := range s.Fields {
		name, ok := f.Field.Text()
		if !ok {
			return unseen
		}
		switch name {
		case "eventCategory":
			category = agrees(f, "Management")
		case "readOnly":
			got = min(got, agrees(f, map[bool]string{true: "true", false: "false"}[c.read]))
		case "eventSource":
			got = min(got, agreesSource(f, c.source))
		default:
			got = min(got, part)
		}
	}
	return min(got, category)
}

// agreesSource compares the event source; a source that no selector names meets
// negations and no others.
func agreesSource(f graph.FieldSelector, source string) share {
	if source == "" {
		source = "\x00"
	}
	return agrees(f, source)
}

// agrees evaluates the operators of one field selector for a value.
func agrees(f graph.FieldSelector, value string) share {
	got := all
	for op, want := range f.Operators {
		got = min(got, operator(op, want, value))
	}
	return got
}

func operator(op string, want resource.Value, value string) share {
	negated := strings.HasPrefix(op, "not_")
	for _, e := range want.List() {
		text, ok := e.Text()
		if !ok {
			return unseen
		}
		if meets(strings.TrimPrefix(op, "not_"), text, value) {
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

func meets(op, text, value string) bool {
	switch op {
	case "equals":
		return text == value
	case "starts_with":
		return strings.HasPrefix(value, text)
	}
	return strings.HasSuffix(value, text)
}

// narrowed returns the fields that management selectors restrict besides the
// category, the source and readOnly.
func narrowed(t *graph.Trail) []string {
	out := []string{}
	for _, s := range t.Advanced {
		if advanced(s, class{read: true}) != part && advanced(s, class{}) != part {
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
