package cfn

import (
	"fmt"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// A stackSet is a resource that deploys a template to other places than the stack's, once
// for each group of instances.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
type stackSet struct {
	*declaration
	in     *stack
	groups []resource.Value
	listed bool // groups are all that there are
}

// isSet reports whether a resource is a stack set.
func isSet(d *declaration) bool { return d.typ == "AWS::CloudFormation::StackSet" }

func (s *stack) stackSet(d *declaration) *stackSet {
	set := &stackSet{declaration: d, in: s, listed: !d.isTransformed()}
	if d.properties == nil || d.properties.get("StackInstancesGroup") == nil {
		return set
	}
	v := s.value(d.properties.get("StackInstancesGroup"))
	set.groups, set.listed = v.List(), set.listed && (v.Kind() == resource.List || isAbsent(v))
	return set
}

// deploy moves a stack to where the stack set deploys it, with the parameters that it has
// there. Everything in it is in one place; which, is known where there is one.
func (set *stackSet) deploy(c *stack) {
	c.place = resource.Scope{Provider: "stack set " + set.in.displayName(set.name), Partition: set.in.place.InPartition()}
	if regions := set.regions(); len(regions) == 1 && resource.IsRegion(regions[0]) {
		c.place.Region = regions[0]
	}
	set.override(c)
}

func (set *stackSet) regions() (all []string) {
	for _, group := range set.groups {
		for _, region := range group.Get("Regions").List() {
			text, _ := region.Text()
			all = append(all, text)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// override replaces the parameters that groups of instances override. Where the groups do
// not agree, the value is not known.
func (set *stackSet) override(c *stack) {
	overrides, listed := set.overrides()
	if !listed {
		c.given, c.mayHaveMore = map[string]resource.Value{}, true
		return
	}
	names := map[string]bool{}
	for _, group := range overrides {
		for name := range group {
			names[name] = true
		}
	}
	given := maps.Clone(c.given)
	for name := range names {
		c.given[name] = set.agreed(name, overrides, given)
	}
}

// overrides returns the parameters that each group of instances overrides; listed is false
// where there may be more.
func (set *stackSet) overrides() (all []map[string]resource.Value, listed bool) {
	listed = set.listed
	for _, group := range set.groups {
		var own map[string]resource.Value
		if v := group.Get("ParameterOverrides"); !v.IsNull() {
			given, whole := pairs(v)
			own, listed = given, listed && whole
		}
		all = append(all, own)
	}
	return all, listed
}

// agreed returns the value that a parameter has in every group.
func (set *stackSet) agreed(name string, overrides []map[string]resource.Value, given map[string]resource.Value) resource.Value {
	var first resource.Value
	for i, group := range overrides {
		value, ok := group[name]
		if !ok {
			value = given[name]
		}
		if i == 0 {
			first = value
		}
		if !sameText(value, first) {
			what := set.name + ".ParameterOverrides." + name
			return set.in.unknownText(set.in.symbol(what), resource.Origin{Cause: resource.Opaque, Via: []string{set.in.displayName(what)}})
		}
	}
	return first
}

// notDeployed says why it is not known whether a nested template is deployed, "" if it
// is: stacks of a stack set without groups may be made elsewhere.
func (s *stack) notDeployed(d *declaration) string {
	if !isSet(d) || len(s.stackSet(d).groups) > 0 {
		return ""
	}
	return fmt.Sprintf("whether %s makes any stack is not known: it has no StackInstancesGroup", s.address(d.name))
}

// pairs returns the parameters of a list that has them as ParameterKey and ParameterValue;
// listed is false where it may have more.
func pairs(v resource.Value) (given map[string]resource.Value, listed bool) {
	given = map[string]resource.Value{}
	for _, item := range v.List() {
		name, ok := item.Get("ParameterKey").Text()
		if !ok {
			return given, false
		}
		given[name] = item.Get("ParameterValue")
	}
	return given, v.Kind() == resource.List || isAbsent(v)
}
