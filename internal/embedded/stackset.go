package embedded

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/resource"
)

// makers are the resources of one world that make others.
type makers []*resource.Resource

// A deployment is where a stack set deploys its template: a resource of its own, or a
// group in the arguments of the set.
type deployment struct {
	arguments resource.Value
	kind      catalog.Maker
	uncertain string // why it is not known whether it is made
}

// deployments returns where a stack set deploys its template, as far as the input says so.
func (ms makers) deployments(set *resource.Resource) (all []deployment) {
	kind, _ := catalog.MakerOf(set.Type)
	for _, group := range set.Attr(kind.Groups).List() {
		all = append(all, deployment{group, kind, ""})
	}
	for _, r := range ms {
		if of, _ := catalog.MakerOf(r.Type); ms.setOf(r) == set {
			all = append(all, deployment{r.Attributes, of, r.Uncertain})
		}
	}
	return all
}

// setOf returns the stack set that a resource deploys; nil if it is not in the input.
func (ms makers) setOf(instance *resource.Resource) *resource.Resource {
	of, _ := catalog.MakerOf(instance.Type)
	if of.Set == "" {
		return nil
	}
	name := instance.Attr(of.Set)
	ref, isRef := wholeRef(name)
	text, isText := plainText(name)
	for _, set := range ms {
		kind, _ := catalog.MakerOf(set.Type)
		own, known := plainText(set.Attr(kind.Name))
		if kind.IsSet && kind.Body != "" && (isRef && ref.Address == set.Address || isText && known && text == own) {
			return set
		}
	}
	return nil
}

// doubt says why it is not known whether a resource makes a stack, "" if it does: a set
// makes none by itself, and others may deploy it.
func (ms makers) doubt(maker *resource.Resource) string {
	kind, _ := catalog.MakerOf(maker.Type)
	if !kind.IsSet || maker.Uncertain != "" {
		return maker.Uncertain
	}
	all := ms.deployments(maker)
	if len(all) == 0 {
		return fmt.Sprintf("whether %s makes any stack is not known: nothing in the input deploys it", maker.Address)
	}
	if slices.ContainsFunc(all, func(d deployment) bool { return d.uncertain == "" }) {
		return ""
	}
	return all[0].uncertain
}

// place returns where a stack set deploys its template. Everything in it is in one place;
// which, is known where there is one.
func (ms makers) place(set *resource.Resource) resource.Scope {
	at := resource.Scope{Provider: "stack set " + set.Address, Partition: set.Scope.InPartition()}
	var regions []string
	for _, d := range ms.deployments(set) {
		regions = append(regions, d.regions()...)
	}
	slices.Sort(regions)
	if regions = slices.Compact(regions); len(regions) == 1 && resource.IsRegion(regions[0]) {
		at.Region = regions[0]
	}
	return at
}

// regions returns the regions of a deployment, "" for one that is not known.
func (d deployment) regions() (all []string) {
	for _, name := range d.kind.Regions {
		v := d.arguments.Get(name)
		if v.IsNull() {
			continue
		}
		list := v.List()
		if v.Kind() != resource.List {
			list = []resource.Value{v}
		}
		for _, one := range list {
			text, _ := plainText(one)
			all = append(all, text)
		}
		break
	}
	return all
}

// overridden returns the parameters of a stack set with what its deployments override;
// known is false where one does not show what it overrides.
func (ms makers) overridden(set *resource.Resource, given map[string]resource.Value) (all map[string]resource.Value, known bool) {
	var overrides []map[string]resource.Value
	for _, d := range ms.deployments(set) {
		own, listed := parameters(d.arguments.Get(d.kind.Overrides))
		if !listed {
			return given, false
		}
		overrides = append(overrides, own)
	}
	all, differ := cfn.Overridden(given, overrides)
	for _, name := range differ {
		all[name] = resource.UnknownValue(resource.Origin{Cause: resource.Opaque, Via: []string{"the parameter " + name + " of the stack set"}})
	}
	return all, true
}

// parameters returns the parameters in a map, or in the list that awscc has; listed is
// false where there may be others.
func parameters(v resource.Value) (given map[string]resource.Value, listed bool) {
	given = map[string]resource.Value{}
	for _, name := range v.Keys() {
		given[name] = v.Get(name)
	}
	for _, item := range v.List() {
		name, ok := plainText(item.Get("parameter_key"))
		if !ok {
			return given, false
		}
		given[name] = item.Get("parameter_value")
	}
	return given, !v.IsUnknown()
}
