package fix

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Beside returns the change that adds what the control needs beside what is at fault, and
// leaves that as it is: a filter, an alarm, a topic to notify, a role. It is for faults
// that code cannot fix in their place.
func Beside(f Fault, resources []*resource.Resource, file func(*resource.Resource) string) (c verdict.Change, ok bool) {
	f.Another, f.Denied = true, false
	var apply func(*draft)
	switch {
	case f.Code == "trail-role-cannot-write":
		f.Resource, apply = f.Trail, func(d *draft) { d.giveRole(d.TrailGroup) }
	case slices.Contains([]verdict.Link{"log_group", "metric_filter", "pattern"}, f.Link):
		f.Resource, apply = f.TrailGroup, (*draft).addFilterAndAlarm
	case slices.Contains([]verdict.Link{"metric", "alarm"}, f.Link):
		f.Resource, apply = f.Filter, (*draft).addAlarmBeside
	case slices.Contains([]verdict.Link{"action", "topic", "subscription"}, f.Link):
		f.Resource, apply = f.Alarm, (*draft).addAction
	}
	if apply == nil || f.Resource == "" {
		return verdict.Change{}, false
	}
	return with(apply, f, resources, file)
}

// addFilterAndAlarm adds a filter on the trail's group with an alarm on it.
func (d *draft) addFilterAndAlarm() {
	if !d.reaches(d.TrailGroup) {
		d.impossible = true
		return
	}
	d.Alarm, d.Filter = "", d.newFilter(d.TrailGroup)
	d.Namespace, d.Metric = namespace, camelCase(strings.Split(d.Control, "-"))
	d.addAlarmBeside()
}

// addAlarmBeside adds an alarm on the filter's metric that notifies the topic of the chain,
// where code here can name it and it is in one region with the filter.
func (d *draft) addAlarmBeside() {
	topic := d.find(d.Topic)
	if d.beside = d.find(d.Filter); d.beside == nil {
		d.beside = d.find(d.TrailGroup)
	}
	d.Another = topic != nil && d.beside != nil && topic.Scope.Same(d.beside.Scope) == truth.No
	if d.Filter == "" || !d.reachesOrAdds(d.Filter) {
		d.impossible = true
		return
	}
	d.newAlarm(ref{d.topicToNotify(), "arn"})
}

// placed are the arguments that put a new resource where another one of the chain is: its
// provider configuration and its region.
func (d *draft) placed(of *resource.Resource) (arguments []argument) {
	if of == nil || !d.terraform {
		return nil
	}
	if region, ok := of.Attr("region").Text(); ok && isWritten(of, "region") {
		arguments = append(arguments, argument{"region", literal(region)})
	}
	_, alias, hasAlias := strings.Cut(of.Scope.Provider, ".")
	switch {
	case !hasAlias || strings.Contains(of.Scope.Provider, ":"):
	case d.module == "":
		arguments = append(arguments, argument{"provider", providerName("aws." + alias)})
	default:
		d.impossible = true // what the module calls it is not known here
	}
	return arguments
}

// isWritten says whether the code sets an argument of a resource.
func isWritten(r *resource.Resource, argument string) bool {
	_, ok := r.Positions[argument]
	return ok
}

// providerName is a provider configuration, which JSON writes as a text.
type providerName string

func (v providerName) hcl(scope) string { return string(v) }

func (v providerName) node(scope) *yaml.Node { return yamlString(string(v)) }

// unusedName is a name in AWS that no resource of a type has.
func (d *draft) unusedName(typ, attribute, base string) string {
	name := base
	for n := 2; slices.ContainsFunc(d.resources, func(r *resource.Resource) bool {
		text, _ := r.Attr(attribute).Text()
		return r.Type == typ && text == name
	}); n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	return name
}
