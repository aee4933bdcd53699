package analysis

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// maxNesting bounds composite alarms over composite alarms.
const maxNesting = 5

// actors returns those who act when an alarm goes off: the alarm and the
// composite alarms over it, at any depth.
func (b *builder) actors(a *graph.Alarm) []Actor {
	self := Actor{ID: a.ID, Alarm: a.ID, Composite: []string{}, Fires: "yes"}
	out := []Actor{b.acts(self, a.Node, a.Name, a.Actor)}
	return append(out, b.composites(self, a.Node, a.Name)...)
}

func (b *builder) composites(child Actor, node graph.Node, name resource.Value) []Actor {
	var out []Actor
	if len(child.Composite) == maxNesting {
		return nil
	}
	for _, c := range b.graph.Composites {
		fires, reason, concerned := firesOn(c, node, name)
		if !concerned || slices.Contains(child.Composite, c.ID) {
			continue
		}
		actor := Actor{
			ID: child.ID + " > " + c.ID, Alarm: child.Alarm,
			Composite: append(slices.Clone(child.Composite), c.ID),
			Fires:     worse(child.Fires, fires), Reason: reason,
		}
		if child.Fires != "yes" {
			actor.Reason = child.Reason
		}
		if !c.Suppressor.IsNull() {
			actor.Suppressor = c.Suppressor.Display()
		}
		out = append(out, b.acts(actor, c.Node, c.Name, c.Actor))
		out = append(out, b.composites(actor, c.Node, c.Name)...)
	}
	return out
}

func worse(a, b string) string {
	for _, s := range []string{"no", "unknown"} {
		if a == s || b == s {
			return s
		}
	}
	return "yes"
}

// firesOn says whether a composite alarm goes off when one child does and
// nothing else happens.
func firesOn(c *graph.CompositeAlarm, child graph.Node, name resource.Value) (fires, reason string, concerned bool) {
	text, known := c.Rule.Text()
	if !known {
		return "unknown", "alarm_rule is known only after apply", refers(c.Rule, child.ID)
	}
	rule, err := alarmrule.Parse(text)
	if err != nil {
		return "no", "alarm_rule does not parse: " + err.Error(), strings.Contains(text, nameOf(name))
	}
	names := alarmrule.Named(alarmNames(child, name)...)
	if !slices.ContainsFunc(rule.Children(), func(r alarmrule.Ref) bool { return names(r.Name) }) {
		return "", "", false
	}
	switch rule.Fires(names) {
	case alarmrule.True:
		return "yes", "", true
	case alarmrule.False:
		return "no", "the rule stays false when this alarm alone goes off: " + c.Rule.Display(), true
	}
	return "unknown", "whether the rule holds depends on other alarms: " + c.Rule.Display(), true
}

func nameOf(name resource.Value) string {
	if text, ok := name.Text(); ok && text != "" {
		return text
	}
	return "\x00"
}

func alarmNames(n graph.Node, name resource.Value) []string {
	names := []string{"${" + n.ID + ".alarm_name}", "${" + n.ID + ".arn}", nameOf(name)}
	if arn, ok := n.Resource.Attr("arn").Text(); ok {
		names = append(names, arn)
	}
	return names
}

// acts fills in an actor's actions.
func (b *builder) acts(out Actor, node graph.Node, name resource.Value, a graph.Actor) Actor {
	if truth, ok := a.ActionsEnabled.Truth(); ok {
		out.Enabled = &truth
	}
	out.Actions = []Action{}
	for i, t := range a.Actions {
		out.Actions = append(out.Actions, b.actions(out.ID, i, t, source{node, name})...)
	}
	out.Has = "some"
	if len(out.Actions) == 0 {
		out.Has = "none"
		if a.HasActions.IsUnknown() {
			out.Has, out.Text = "unknown", a.HasActions.Display()
		}
	}
	return out
}

// actions spreads one target: each topic that it is, or may be.
func (b *builder) actions(actor string, i int, t graph.Target, from source) []Action {
	group := ""
	if t.OneOf {
		group = actor
	}
	base := Action{
		ID: actor + " #" + itoa(i), State: string(t.State), Group: group, Text: t.Text, Reason: t.Reason,
		Region: "unknown", Publish: Check{State: "unknown"}, Key: Check{State: "unknown"},
	}
	if len(t.To) == 0 {
		base.Foreign = t.Foreign
		return []Action{base}
	}
	var out []Action
	for _, id := range t.To {
		action := base
		action.ID += " " + id
		if topic := b.graph.Topic(id); topic != nil {
			action.Topic = id
			action.Region = triNames[from.node.Scope().SameRegion(topic.Place)]
			action.Publish, action.Key = b.mayPublish(topic, from), b.mayEncrypt(topic, from)
		} else {
			action.Foreign, action.Text = t.Foreign, id
		}
		out = append(out, action)
	}
	return out
}

// source is the alarm that publishes.
type source struct {
	node graph.Node
	name resource.Value
}

// arn is the alarm's ARN as far as it is known.
func (s source) arn() iampolicy.Text {
	if text, ok := s.node.Resource.Attr("arn").Text(); ok {
		return iampolicy.Text{Text: text, Symbol: s.node.ID + ".arn"}
	}
	name, ok := s.name.Text()
	if !ok {
		name = iampolicy.Hole
	}
	return iampolicy.Text{
		Text:   "arn:" + iampolicy.Hole + ":cloudwatch:" + region(s.node.Scope()) + ":" + account(s.node.Scope()) + ":alarm:" + name,
		Symbol: s.node.ID + ".arn",
	}
}

func (s source) account() iampolicy.Text { return iampolicy.Known(account(s.node.Scope())) }

func region(s resource.Scope) string {
	if s.Region != "" {
		return s.Region
	}
	return iampolicy.NamedHole("region of " + s.Provider)
}

func account(s resource.Scope) string {
	if s.Account != "" {
		return s.Account
	}
	return iampolicy.NamedHole("account of " + s.Provider)
}
