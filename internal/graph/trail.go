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
	args := argumentsOf(n.Resource)
	t := &Trail{
		Node:          n,
		Name:          args.get("name"),
		Logging:       args.get("enable_logging"),
		MultiRegion:   args.get("is_multi_region_trail"),
		GlobalEvents:  args.get("include_global_service_events"),
		Organization:  args.get("is_organization_trail"),
		GroupArgument: args.get("cloud_watch_logs_group_arn"),
		RoleArgument:  args.get("cloud_watch_logs_role_arn"),
	}
	basic, hidesBasic := args.blocks("event_selector")
	advanced, hidesAdvanced := args.blocks("advanced_event_selector")
	t.HiddenSelects = hidesBasic || hidesAdvanced
	for _, s := range basic {
		t.Selectors = append(t.Selectors, newSelector(s))
	}
	for _, s := range advanced {
		t.Advanced = append(t.Advanced, newAdvancedSelector(s))
	}
	return t
}

func newSelector(args arguments) Selector {
	return Selector{
		Management: args.get("include_management_events"),
		ReadWrite:  args.get("read_write_type"),
		Exclude:    args.get("exclude_management_event_sources"),
	}
}

var selectorOperators = []string{
	"equals", "not_equals", "starts_with", "not_starts_with", "ends_with", "not_ends_with",
}

func newAdvancedSelector(args arguments) AdvancedSelector {
	var a AdvancedSelector
	fields, _ := args.blocks("field_selector")
	for _, f := range fields {
		field := FieldSelector{Field: f.get("field"), Operators: map[string]resource.Value{}}
		for _, op := range selectorOperators {
			if v := f.get(op); !v.IsNull() && !(v.Kind() == resource.List && len(v.List()) == 0) {
				field.Operators[op] = v
			}
		}
		a.Fields = append(a.Fields, field)
	}
	return a
}
