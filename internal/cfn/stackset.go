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
	given, differ := Overridden(c.given, overrides)
	for _, name := range differ {
		what := set.name + ".ParameterOverrides." + name
		given[name] = set.in.unknownText(set.in.symbol(what), resource.Origin{Cause: resource.Opaque, Via: []string{set.in.displayName(what)}})
	}
	c.given = given
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

// Overridden returns the parameters of a stack set with what all of its deployments
// override, and the names of those whose values are not known to be the same everywhere.
func Overridden(given map[string]resource.Value, overrides []map[string]resource.Value) (all map[string]resource.Value, differ []string) {
	all = map[string]resource.Value{}
	maps.Copy(all, given)
	for _, own := range overrides {
		maps.Copy(all, own)
	}
	for name := range all {
		if !isSame(name, given, overrides) {
			differ = append(differ, name)
		}
	}
	return all, differ
}

// isSame reports whether a parameter is known to have one value in every deployment.
func isSame(name string, given map[string]resource.Value, overrides []map[string]resource.Value) bool {
	values, isOverridden := []resource.Value{}, false
	for _, own := range overrides {
		value, ok := own[name]
		if !ok {
			value = given[name]
		}
		values, isOverridden = append(values, value), isOverridden || ok
	}
	return !isOverridden || !slices.ContainsFunc(values[1:], func(v resource.Value) bool { return !sameText(v, values[0]) })
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
