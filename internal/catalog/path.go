package catalog

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Attribute returns the path of a property in the words of Terraform:
// MetricTransformations.0.MetricName is metric_transformation.0.name. Unknown
// paths stay as they are.
func (t *Template) Attribute(path string) string { return t.Properties().attribute(asWritten, path) }

func (p Properties) attribute(names func(string) string, path string) string {
	var out []string
	for step := range strings.SplitSeq(path, ".") {
		if _, err := strconv.Atoi(step); err == nil {
			out = append(out, step)
			continue
		}
		property, ok := p.find(names, step)
		switch {
		case !ok:
			out = append(out, step)
		case property.Shape == Flatten || property.Shape == Nothing:
		case property.Shape == Object:
			out = append(out, property.Attribute, "0")
		default:
			out = append(out, property.Attribute)
		}
		p = property.Properties
	}
	return strings.Join(out, ".")
}

// Property returns the path of the property of an attribute in the words of
// Terraform; ok is false if there is none.
func (t *Template) Property(attribute string) (path string, ok bool) {
	return t.Properties().property(attribute)
}

func (p Properties) property(attribute string) (string, bool) {
	for _, name := range slices.Sorted(maps.Keys(p)) {
		inner, ok := p[name].behind(attribute)
		switch {
		case ok && inner == "":
			return name, true
		case ok:
			return name + "." + inner, true
		}
	}
	return "", false
}

// behind returns the path below a property that leads to an attribute, "" for
// the property itself.
func (p Property) behind(attribute string) (string, bool) {
	switch {
	case p.Shape == Nothing:
		return "", false
	case p.Shape == Flatten:
		return p.Properties.property(attribute)
	case p.Attribute == attribute:
		return "", true
	}
	rest, below := strings.CutPrefix(attribute, p.Attribute+".")
	index, inner, more := strings.Cut(rest, ".")
	if _, err := strconv.Atoi(index); !below || err != nil || len(p.Properties) == 0 {
		return "", false
	}
	if !more {
		return index, p.Shape == List
	}
	path, ok := p.Properties.property(inner)
	if ok && p.Shape == List {
		path = index + "." + path
	}
	return path, ok
}
