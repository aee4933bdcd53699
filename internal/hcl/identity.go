package hcl

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// identifies reports whether an attribute names the resource.
func (i *instance) identifies(name string) bool {
	t := catalog.ByName(i.name.Type)
	return t != nil && (name == "arn" || name == "id" || name == t.Named)
}

// identity returns an attribute that follows from others: the ARN contains the name,
// the id equals one of the two.
func (i *instance) identity(name string) (cty.Value, bool) {
	t := catalog.ByName(i.name.Type)
	if t == nil || t.Named == "" {
		return cty.NilVal, false
	}
	what := name
	if name == "id" {
		what = t.ID
	}
	switch {
	case what == "arn" && t.ARN != "" && i.namesItself():
		text, marks := i.nameText(t)
		return i.text(i.fill(t, text), marks, name), true
	case what == t.Named:
		text, marks := i.nameText(t)
		return i.text(text, marks, name), true
	}
	return cty.NilVal, false
}

// namesItself reports whether the code sets the name in the ARN. A data source may
// look for something else.
func (i *instance) namesItself() bool {
	return i.name.Mode == resource.Managed || i.name.Type == "aws_sns_topic" || i.name.Type == "aws_cloudwatch_log_group"
}

// text returns a text that the instance has, with where it is.
func (i *instance) text(text resource.Text, marks cty.ValueMarks, path string) cty.Value {
	if text.IsLiteral() {
		return cty.StringVal(string(text)).WithMarks(value.OfKinds(marks, value.Sensitive), cty.NewValueMarks(i.ref(path)))
	}
	v := unknownText
	if path == "arn" {
		v = unknownARN
	}
	return value.WithText(v.WithMarks(value.OfKinds(marks, value.Sensitive), cty.NewValueMarks(i.ref(path))), text)
}

// What is known of a text, and of an ARN, before its value is.
var (
	unknownText = cty.UnknownVal(cty.String).RefineNotNull()
	unknownARN  = cty.UnknownVal(cty.String).Refine().NotNull().StringPrefix("arn:").NewValue()
)

// nameText returns the name as far as it is known: the one that the code sets, or one
// that AWS generates after a prefix.
func (i *instance) nameText(t *catalog.Type) (resource.Text, cty.ValueMarks) {
	if v, ok := i.setTo(t.Named); ok {
		if text, ok := value.TextOf(v); ok {
			return text, value.MarksOf(v)
		}
		return resource.Text(resource.Symbol(i.symbol(t.Named))), value.MarksOf(v)
	}
	generated := resource.Text(resource.Generated(i.address))
	if v, ok := i.setTo("name_prefix"); ok {
		if text, ok := value.TextOf(v); ok {
			return text + generated, value.MarksOf(v)
		}
	}
	return generated, nil
}

// fill makes the ARN of the instance.
func (i *instance) fill(t *catalog.Type, name resource.Text) resource.Text {
	place, path := i.place(), resource.Text("/")
	if v, ok := i.setTo("path"); ok {
		if text, ok := value.TextOf(v); ok {
			path = text
		}
	}
	return resource.Text(catalog.FillIn(t.ARN, map[string]string{
		"partition": string(place.PartitionText()), "region": string(place.RegionText()), "account": string(place.AccountText()),
		"path": string(path), "name": string(name),
	}))
}
