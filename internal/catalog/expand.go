package catalog

import (
	"fmt"
	"strconv"

	"github.com/iacgate/iacgate/internal/resource"
)

// Expand returns the resources that a translated resource represents in
// Terraform: CloudFormation writes subscriptions inside a topic, attaches a
// managed policy to roles in place, and gives one policy to several topics,
// queues or roles. The first is r itself.
func Expand(r *resource.Resource) []*resource.Resource {
	all := []*resource.Resource{r}
	for _, t := range ByName(r.Type).Templates {
		if t.Each != nil {
			all = spread(r, t.Each.Member)
		}
		for _, c := range t.Children {
			all = append(all, c.of(r)...)
		}
	}
	return all
}

// of creates a resource for each element of the property that holds children.
func (c Child) of(r *resource.Resource) []*resource.Resource {
	v := r.Attr(c.Elements)
	elements := v.List()
	if v.IsUnknown() && isSet(v) {
		elements = []resource.Value{v}
	}
	var all []*resource.Resource
	for i, e := range elements {
		child := *r
		child.Type = c.Type
		child.Address = fmt.Sprintf("%s.%s[%d]", r.Address, c.Elements, i)
		child.Attributes = c.attributes(r, e)
		if at, ok := r.Positions[c.Elements+"."+strconv.Itoa(i)]; ok {
			child.Position = &at
		}
		child.Positions = nil
		all = append(all, &child)
	}
	return all
}

// attributes returns those of the child that an element is.
func (c Child) attributes(r *resource.Resource, element resource.Value) resource.Value {
	fields := map[string]resource.Value{c.Back: self(r, "arn")}
	if c.Member != "" {
		fields[c.Member] = element
		return resource.MapValue(fields)
	}
	for _, name := range c.Members {
		fields[name] = element.Get(name)
	}
	return resource.MapValue(fields)
}

// self returns an attribute of r as another resource would refer to it.
func self(r *resource.Resource, attribute string) resource.Value {
	o := resource.Origin{Cause: resource.Referenced, Refs: []resource.Ref{{Address: r.Address, Attribute: attribute}}, Certain: true, Exact: true}
	if v := r.Attr(attribute); !v.IsNull() && !v.IsUnknown() {
		return v.WithOrigin(o)
	}
	return resource.UnknownValue(o)
}

// spread creates a resource for each element of an attribute that has a single value in
// Terraform.
func spread(r *resource.Resource, attribute string) []*resource.Resource {
	v := r.Attr(attribute)
	if v.Kind() != resource.List {
		return []*resource.Resource{r}
	}
	var all []*resource.Resource
	for i, e := range v.List() {
		one := *r
		fields := map[string]resource.Value{}
		for _, k := range r.Attributes.Keys() {
			fields[k] = r.Attr(k)
		}
		fields[attribute] = e
		one.Attributes = resource.MapValue(fields)
		if i > 0 {
			one.Address = fmt.Sprintf("%s.%s[%d]", r.Address, attribute, i)
		}
		all = append(all, &one)
	}
	return all
}
