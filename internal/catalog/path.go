package catalog

import "strings"

// Attribute returns the path of a property in the words of Terraform:
// MetricTransformations.0.MetricName is metric_transformation.0.name. Unknown
// paths stay as they are.
func (t *Template) Attribute(path string) string { return t.Properties().attribute(asWritten, path) }

func (p Properties) attribute(names func(string) string, path string) string {
	var out []string
	for step := range strings.SplitSeq(path, ".") {
		if isIndex(step) {
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

// property returns the first path, by the name that it begins with.
func (p Properties) property(attribute string) (path string, found bool) {
	first := ""
	for name, property := range p {
		if inner, ok := property.behind(attribute); ok && (!found || name < first) {
			first, path, found = name, strings.TrimSuffix(name+"."+inner, "."), true
		}
	}
	return path, found
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
	if !below || !isIndex(index) || len(p.Properties) == 0 {
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

// isIndex reports whether a step of a path is the place of an element in a list.
func isIndex(step string) bool { return step != "" && strings.Trim(step, "0123456789") == "" }
