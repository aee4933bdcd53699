package hcl

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// An identity says which attributes of a type name its resources.
type identity struct {
	named string // the argument that is the name
	arn   string // the format of ARNs
	what  func(attribute string) string
}

// identityOf returns the identity of a type of the provider aws or awscc; nil for
// types without a name. Data sources of awscc ask for an id alone.
func identityOf(mode resource.Mode, typ string) *identity {
	if t := catalog.ByAWSCC(typ); t != nil && t.Type.Named != "" && mode == resource.Managed {
		return &identity{named: t.Argument(t.Type.Named), arn: t.Type.ARN + t.ARNSuffix, what: func(attribute string) string {
			return catalog.Attribute(typ, attribute)
		}}
	}
	t := catalog.ByName(typ)
	if t == nil || t.Named == "" {
		return nil
	}
	return &identity{named: t.Named, arn: t.ARN, what: func(attribute string) string {
		if attribute == "id" {
			return t.ID
		}
		return attribute
	}}
}

// identifies reports whether an attribute names the resource.
func (i *instance) identifies(name string) bool {
	if t := catalog.ByAWSCC(i.name.Type); t != nil {
		return slices.Contains(i.identifying(), name)
	}
	t := catalog.ByName(i.name.Type)
	return t != nil && (name == "arn" || name == "id" || name == t.Named)
}

// identifying returns the attributes that awscc fills in where the code does not: the name
// and the ARN.
func (i *instance) identifying() (names []string) {
	t := catalog.ByAWSCC(i.name.Type)
	if t == nil || i.name.Mode != resource.Managed {
		return nil
	}
	for _, member := range []string{t.Type.Named, "arn"} {
		if name := t.Argument(member); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// identity returns an attribute that follows from others: the ARN contains the name,
// the id equals one of the two.
func (i *instance) identity(name string) (cty.Value, bool) {
	id := identityOf(i.name.Mode, i.name.Type)
	if id == nil {
		return cty.NilVal, false
	}
	switch what := id.what(name); {
	case what == "arn" && id.arn != "" && i.namesItself():
		text, marks := i.nameText(id)
		return i.text(i.fill(id, text), marks, name), true
	case name == id.named, what == id.what(id.named):
		text, marks := i.nameText(id)
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
func (i *instance) nameText(id *identity) (resource.Text, cty.ValueMarks) {
	if v, ok := i.setTo(id.named); ok {
		if text, ok := value.TextOf(v); ok {
			return text, value.MarksOf(v)
		}
		return resource.Text(resource.Symbol(i.symbol(id.named))), value.MarksOf(v)
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
func (i *instance) fill(id *identity, name resource.Text) resource.Text {
	place, path := i.place(), resource.Text("/")
	if v, ok := i.setTo("path"); ok {
		if text, ok := value.TextOf(v); ok {
			path = text
		}
	}
	return resource.Text(catalog.FillIn(id.arn, map[string]string{
		"partition": string(place.PartitionText()), "region": string(place.RegionText()), "account": string(place.AccountText()),
		"path": string(path), "name": string(name),
	}))
}
