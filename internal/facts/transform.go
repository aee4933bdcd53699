package facts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// criterion is one comparison of field_selection_criteria.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
var criterion = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*@aws\.(account|region)\s*(=|!=|NOT\s+IN|IN)\s*("[^"]*"|'[^']*'|[\[(][^\])]*[\])]|[\w-]+)\s*`)
})

var joiner = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^(AND|OR)\s+`) })

// excludesOwnPlace reports whether criteria by account and region exclude the events of the
// filter's own account and region. It is Maybe if they are not understood, or the place is
// not known.
func excludesOwnPlace(criteria string, f *graph.MetricFilter) truth.Truth {
	result, operator := truth.Unknown, ""
	for first := true; ; first = false {
		parts := criterion().FindStringSubmatch(criteria)
		if parts == nil {
			return truth.Unknown
		}
		holds := comparePlace(strings.ToLower(parts[1]), strings.ToUpper(parts[2]), parts[3], f)
		switch {
		case first:
			result = holds
		case operator == "AND":
			result = min(result, holds)
		default:
			result = max(result, holds)
		}
		criteria = criteria[len(parts[0]):]
		if criteria == "" {
			return result.Not()
		}
		joined := joiner().FindStringSubmatch(criteria)
		if joined == nil || operator != "" && operator != strings.ToUpper(joined[1]) {
			return truth.Unknown // brackets, or AND beside OR
		}
		operator, criteria = strings.ToUpper(joined[1]), criteria[len(joined[0]):]
	}
}

// comparePlace reports whether the filter's own place meets a comparison.
func comparePlace(field, operator, operand string, f *graph.MetricFilter) truth.Truth {
	own := f.Scope().Region
	if field == "account" {
		own = f.Scope().Account
	}
	if own == "" {
		return truth.Unknown
	}
	values := strings.FieldsFunc(operand, func(r rune) bool { return strings.ContainsRune(`"'[](), `, r) })
	return truth.Of(slices.Contains(values, own) != (operator == "!=" || strings.HasPrefix(operator, "NOT")))
}

// transformation evaluates the transformers of a filter's group.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Transformation-Processors.html
func (b *Base) transformation(f *graph.MetricFilter) document.Transformation {
	asks, known := f.Transformed.Truth()
	switch {
	case known && !asks:
		return document.Transformation{State: document.TransformsNothing}
	case !known && !f.Transformed.IsNull():
		return document.Transformation{State: document.TransformsUnknown, Reason: document.Why(f.Transformed)}
	case !asks:
		return document.Transformation{State: document.TransformsNothing}
	}
	found := b.Graph.TransformersOf(f)
	if len(found) == 0 {
		return document.Transformation{State: document.TransformsUnknown, Reason: "no transformer in the input is known to apply to its log group"}
	}
	for _, t := range found {
		if touched, hidden := findChange(t, f); touched != "" {
			return document.Transformation{State: document.TransformsField, Reason: touched}
		} else if hidden {
			return document.Transformation{State: document.TransformsUnknown, Reason: "the effect of " + t.ID + " is not known"}
		}
	}
	return document.Transformation{State: document.TransformsNothing}
}

// findChange says what a transformer does to a field that a pattern tests; hidden says
// that a part of it cannot be seen.
func findChange(t *graph.Transformer, f *graph.MetricFilter) (touched string, hidden bool) {
	if t.Processors.IsUnknown() {
		return "", true
	}
	fields, told := testedFields(f)
	for _, p := range t.Processors.List() {
		hidden = hidden || p.IsUnknown()
		for _, name := range p.Keys() {
			settings := p.Get(name, 0)
			hidden = hidden || p.Get(name).IsUnknown()
			if len(p.Get(name).List()) == 0 {
				continue
			}
			keys, whole, unseen := changedKeys(name, settings)
			hidden = hidden || unseen
			switch {
			case whole:
				return name + " rewrites the whole event", hidden
			case !told && len(keys) > 0:
				hidden = true
			}
			for _, k := range keys {
				if slices.ContainsFunc(fields, func(field filterpattern.Selector) bool { return overlaps(field, k) }) {
					return name + " changes " + k, hidden
				}
			}
		}
	}
	return "", hidden
}

// testedFields returns the fields of a pattern; told is false for a pattern that is not
// about fields.
func testedFields(f *graph.MetricFilter) (fields []filterpattern.Selector, told bool) {
	text, _ := f.Pattern.Text()
	p, err := filterpattern.Parse(text)
	if err != nil || p.Kind() != filterpattern.JSON {
		return nil, false
	}
	return p.Selectors(), true
}

// overlaps reports whether a key, userIdentity.type or items[0], is a field, or one of
// them is in the other. A wildcard is any key.
func overlaps(field filterpattern.Selector, key string) bool {
	names := strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune(".[]", r) })
	for i, name := range names[:min(len(names), len(field))] {
		switch step := field[i]; {
		case step.Kind == filterpattern.Property && step.Name != name, step.Kind == filterpattern.Element && strconv.Itoa(step.Index) != name:
			return false
		}
	}
	return true
}

// changedKeys returns the keys that a processor changes, removes or overwrites; whole says
// that it replaces the event, unseen that a key is not known.
func changedKeys(processor string, settings resource.Value) (keys []string, whole, unseen bool) {
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
