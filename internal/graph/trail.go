package graph

import "github.com/iacgate/iacgate/internal/resource"

// A Trail is a CloudTrail trail.
type Trail struct {
	Node
	Name          resource.Value
	Logging       resource.Value
	MultiRegion   resource.Value
	GlobalEvents  resource.Value
	Organization  resource.Value
	Selectors     []Selector         // basic event selectors
	Advanced      []AdvancedSelector // advanced event selectors; they replace basic ones
	HiddenSelects bool               // the selectors cannot be seen
	GroupArgument resource.Value     // cloud_watch_logs_group_arn
	RoleArgument  resource.Value     // cloud_watch_logs_role_arn
	Group         Target
	Role          Target
}

// A Selector is a basic event selector.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
type Selector struct {
	Management resource.Value // default true
	ReadWrite  resource.Value // All, ReadOnly, WriteOnly; default All
	Exclude    resource.Value // event sources
}

// An AdvancedSelector records the events that meet all its field selectors.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html
type AdvancedSelector struct{ Fields []FieldSelector }

// A FieldSelector compares one field by operators; the values of one operator
// are alternatives for equals, starts_with and ends_with, and all excluded for
// their negations.
type FieldSelector struct {
	Field     resource.Value
	Operators map[string]resource.Value // equals, not_equals, starts_with, ...
}

func newTrail(n Node) *Trail {
	r := n.Resource
	t := &Trail{
		Node:          n,
		Name:          r.Attr("name"),
		Logging:       withDefault(r.Attr("enable_logging"), resource.BoolValue(true)),
		MultiRegion:   withDefault(r.Attr("is_multi_region_trail"), resource.BoolValue(false)),
		GlobalEvents:  withDefault(r.Attr("include_global_service_events"), resource.BoolValue(true)),
		Organization:  withDefault(r.Attr("is_organization_trail"), resource.BoolValue(false)),
		GroupArgument: r.Attr("cloud_watch_logs_group_arn"),
		RoleArgument:  r.Attr("cloud_watch_logs_role_arn"),
	}
	basic, advanced := r.Attr("event_selector"), r.Attr("advanced_event_selector")
	t.HiddenSelects = hidden(basic) || hidden(advanced)
	for _, s := range basic.List() {
		t.Selectors = append(t.Selectors, newSelector(s))
	}
	for _, s := range advanced.List() {
		t.Advanced = append(t.Advanced, newAdvancedSelector(s))
	}
	return t
}

// hidden says whether blocks are unknown for another reason than being unset.
func hidden(blocks resource.Value) bool {
	return withDefault(blocks, resource.NullValue()).IsUnknown()
}

func newSelector(s resource.Value) Selector {
	return Selector{
		Management: withDefault(s.Get("include_management_events"), resource.BoolValue(true)),
		ReadWrite:  withDefault(s.Get("read_write_type"), resource.StringValue("All")),
		Exclude:    s.Get("exclude_management_event_sources"),
	}
}

var selectorOperators = []string{
	"equals", "not_equals", "starts_with", "not_starts_with", "ends_with", "not_ends_with",
}

func newAdvancedSelector(s resource.Value) AdvancedSelector {
	var a AdvancedSelector
	for _, f := range s.Get("field_selector").List() {
		field := FieldSelector{Field: f.Get("field"), Operators: map[string]resource.Value{}}
		for _, op := range selectorOperators {
			if v := f.Get(op); !v.IsNull() && !(v.Kind() == resource.List && len(v.List()) == 0) {
				field.Operators[op] = v
			}
		}
		a.Fields = append(a.Fields, field)
	}
	return a
}
