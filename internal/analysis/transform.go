package analysis

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// Transformation says what a transformer does to the fields that a pattern tests,
// where the filter asks for transformed events.
type Transformation struct {
	State  TransformState `json:"state"`
	Reason string         `json:"reason"`
}

// transformation judges the transformers of a filter's group.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Transformation-Processors.html
func (b *builder) transformation(f *graph.MetricFilter) Transformation {
	asks, known := f.Transformed.Truth()
	switch {
	case known && !asks:
		return Transformation{State: TransformsNothing}
	case !known && !f.Transformed.IsNull():
		return Transformation{TransformsUnknown, why(f.Transformed)}
	case !asks:
		return Transformation{State: TransformsNothing}
	}
	found := b.graph.TransformersOf(f)
	if len(found) == 0 {
		return Transformation{TransformsUnknown, "no transformer of the input is known to be on its group"}
	}
	for _, t := range found {
		if touched, hidden := touches(t, f); touched != "" {
			return Transformation{TransformsField, touched}
		} else if hidden {
			return Transformation{TransformsUnknown, "what " + t.ID + " does is not known"}
		}
	}
	return Transformation{State: TransformsNothing}
}

// touches says what a transformer does to a field that a pattern tests; hidden says
// that a part of it cannot be seen.
func touches(t *graph.Transformer, f *graph.MetricFilter) (touched string, hidden bool) {
	if t.Processors.IsUnknown() {
		return "", true
	}
	fields, told := testedFields(f)
	for _, p := range t.Processors.List() {
		for _, name := range p.Keys() {
			settings := p.Get(name, 0)
			if p.Get(name).IsNull() || len(p.Get(name).List()) == 0 {
				continue
			}
			keys, whole, unseen := changed(name, settings)
			hidden = hidden || unseen
			switch {
			case whole:
				return name + " rewrites the whole event", hidden
			case !told && len(keys) > 0:
				hidden = true
			}
			for _, k := range keys {
				if slices.ContainsFunc(fields, func(field string) bool { return within(field, k) || within(k, field) }) {
					return name + " changes " + k, hidden
				}
			}
		}
	}
	return "", hidden
}

// testedFields are the fields of a pattern, errorCode or userIdentity.type; told is
// false for a pattern that is not about fields.
func testedFields(f *graph.MetricFilter) (fields []string, told bool) {
	text, _ := f.Pattern.Text()
	p, err := filterpattern.Parse(text)
	if err != nil || p.Kind() != filterpattern.JSON {
		return nil, false
	}
	for _, s := range p.Selectors() {
		fields = append(fields, strings.TrimPrefix(s.String(), "$."))
	}
	return fields, true
}

func within(path, key string) bool { return path == key || strings.HasPrefix(path, key+".") }

// changed are the keys that a processor changes, takes away or writes over; whole says
// that it makes another event, unseen that a key is not known.
func changed(processor string, settings resource.Value) (keys []string, whole, unseen bool) {
	add := func(v resource.Value) {
		if text, known := v.Text(); known && !v.IsNull() {
			keys = append(keys, text)
		} else if v.IsUnknown() {
			unseen = true
		}
	}
	each := func(list resource.Value, names ...string) {
		unseen = unseen || list.IsUnknown()
		for _, e := range list.List() {
			for _, name := range names {
				add(e.Get(name))
			}
		}
	}
	switch processor {
	case "parse_json":
		destination, known := settings.Get("destination").Text()
		return nil, known && destination != "", settings.Get("destination").IsUnknown()
	case "delete_keys", "lower_case_string", "upper_case_string", "trim_string":
		list := settings.Get("with_keys")
		unseen = list.IsUnknown()
		for _, v := range list.List() {
			add(v)
		}
	case "move_keys", "copy_value":
		names := []string{"target"}
		if processor == "move_keys" {
			names = append(names, "source")
		}
		each(settings.Get("entry"), names...)
	case "rename_keys":
		each(settings.Get("entry"), "key", "rename_to")
	case "add_keys", "type_converter":
		each(settings.Get("entry"), "key")
	case "split_string", "substitute_string":
		each(settings.Get("entry"), "source")
	case "date_time_converter", "list_to_map":
		add(settings.Get("target"))
	case "csv", "grok", "parse_cloudfront", "parse_key_value", "parse_postgres", "parse_route53", "parse_to_ocsf", "parse_vpc", "parse_waf":
		whole = true
	default: // one that is new
		unseen = true
	}
	return keys, whole, unseen
}
