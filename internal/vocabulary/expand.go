package vocabulary

import (
	"fmt"
	"strconv"

	"github.com/iacgate/iacgate/internal/resource"
)

// Expand returns the resources that a translated resource stands for in
// Terraform: CloudFormation writes subscriptions inside a topic, attaches a
// managed policy to roles in place, and gives one policy to several topics,
// queues or roles. The first is r itself.
func Expand(r *resource.Resource) []*resource.Resource {
	switch r.Type {
	case "aws_sns_topic":
		return append([]*resource.Resource{r}, children(r, "subscription", "aws_sns_topic_subscription", subscription)...)
	case "aws_iam_policy":
		return append([]*resource.Resource{r}, children(r, "roles", "aws_iam_role_policy_attachment", attachment)...)
	case "aws_sns_topic_policy":
		return spread(r, "arn")
	case "aws_sqs_queue_policy":
		return spread(r, "queue_url")
	case "aws_iam_role_policy":
		return spread(r, "role")
	}
	return []*resource.Resource{r}
}

// children makes a resource of each element of an attribute.
func children(r *resource.Resource, attribute, typ string, attrs func(r *resource.Resource, element resource.Value) resource.Value) []*resource.Resource {
	v := r.Attr(attribute)
	elements := v.List()
	if v.IsUnknown() && isSet(v) {
		elements = []resource.Value{v}
	}
	var all []*resource.Resource
	for i, e := range elements {
		child := *r
		child.Type = typ
		child.Address = fmt.Sprintf("%s.%s[%d]", r.Address, attribute, i)
		child.Attributes = attrs(r, e)
		if at, ok := r.Positions[attribute+"."+strconv.Itoa(i)]; ok {
			child.Position = &at
		}
		child.Positions = nil
		all = append(all, &child)
	}
	return all
}

func subscription(topic *resource.Resource, e resource.Value) resource.Value {
	return resource.MapValue(map[string]resource.Value{
		"topic_arn": self(topic, "arn"), "endpoint": e.Get("endpoint"), "protocol": e.Get("protocol"),
	})
}

func attachment(policy *resource.Resource, role resource.Value) resource.Value {
	return resource.MapValue(map[string]resource.Value{"role": role, "policy_arn": self(policy, "arn")})
}

// self is an attribute of r as another resource would refer to it.
func self(r *resource.Resource, attribute string) resource.Value {
	o := resource.Origin{Cause: resource.Referenced, Refs: []resource.Ref{{Address: r.Address, Attribute: attribute}}, Certain: true, Exact: true}
	if v := r.Attr(attribute); !v.IsNull() && !v.IsUnknown() {
		return v.WithOrigin(o)
	}
	return resource.UnknownValue(o)
}

// spread makes a resource of each element of an attribute that is one value in
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
