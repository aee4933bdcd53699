package facts

import (
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/access"
	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// maxNesting bounds composite alarms over composite alarms.
const maxNesting = 5

// notifiers returns the alarms that act when an alarm goes off, by the path to them:
// the alarm and the composite alarms over it, at any depth.
func (b *Base) notifiers(a *graph.Alarm) map[string]document.Notifier {
	out := map[string]document.Notifier{}
	self := document.Notifier{Address: a.ID, Composite: []string{}, Fires: truth.Yes}
	out[a.ID] = b.notifierFor(self, a.Node, a.Name, a.Notifier)
	b.addComposites(out, a.ID, self, a.Node, a.Name, a)
	return out
}

func (b *Base) addComposites(out map[string]document.Notifier, id string, child document.Notifier, node graph.Node, name resource.Value, root *graph.Alarm) {
	if len(child.Composite) == maxNesting {
		return
	}
	for _, over := range b.compositesOver(node, name) {
		c := over.composite
		if slices.Contains(child.Composite, c.ID) {
			continue
		}
		if !b.count() {
			return
		}
		actor := document.Notifier{
			Address: c.ID, Composite: append(slices.Clone(child.Composite), c.ID),
			Fires: truth.And(child.Fires, over.fires), Reason: over.reason,
		}
		if child.Fires != truth.Yes {
			actor.Reason = child.Reason
		}
		if !c.Suppressor.IsNull() {
			actor.Suppressor, actor.Suppressed = c.Suppressor.Display(), b.isSuppressed(c, root.Node, root.Name)
		}
		path := id + " > " + c.ID
		out[path] = b.notifierFor(actor, c.Node, c.Name, c.Notifier)
		b.addComposites(out, path, actor, c.Node, c.Name, root)
	}
}

// compositesOver returns the composite alarms over a child. Many paths lead
// through one, whose rules are read once.
func (b *Base) compositesOver(child graph.Node, name resource.Value) []parentAlarm {
	found, known := b.parents[child.ID]
	if known {
		return found
	}
	for _, c := range b.Graph.Composites {
		if fires, reason, concerned := b.compositeFires(c, child, name); concerned {
			found = append(found, parentAlarm{c, fires, reason})
		}
	}
	b.parents[child.ID] = found
	return found
}

// compositeFires reports whether a composite alarm goes off when one child does and
// nothing else happens. Its rule is about alarms of its own region and account.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
func (b *Base) compositeFires(c *graph.CompositeAlarm, child graph.Node, name resource.Value) (fires truth.Truth, reason string, concerned bool) {
	here := c.Scope().Same(child.Scope())
	if here == truth.No {
		return truth.No, "", false
	}
	text, known := c.Rule.Symbolic()
	if !known {
		return truth.Unknown, "alarm_rule is not known: " + document.Why(c.Rule), mayName(c.Rule, child, name)
	}
	rule, err := alarmrule.Parse(text)
	switch {
	case err != nil && c.Rule.IsUnknown():
		return truth.Unknown, "alarm_rule is not known: " + document.Why(c.Rule), true
	case err != nil:
		return truth.No, "alarm_rule does not parse: " + err.Error(), strings.Contains(text, nameOf(name))
	}
	named := truth.No
	if rule.Open() {
		named = truth.Unknown
	}
	for _, r := range rule.Children() {
		named = max(named, namesAlarm(r.Name, child, name))
	}
	switch truth.And(named, here) {
	case truth.No:
		return truth.No, "", false
	case truth.Unknown:
		return truth.Unknown, "whether it names this alarm is not known: " + c.Rule.Display(), true
	}
	rests := b.restsOf(c, rule)
	if child.Resource.Type == "aws_cloudwatch_composite_alarm" {
		metric := rests
		rests = func(ref string) alarmrule.State {
			if namesAlarm(ref, child, name) == truth.Yes {
				return alarmrule.OK // or it never goes off itself
			}
			return metric(ref)
		}
	}
	least := rule.Fires(func(ref string) bool { return namesAlarm(ref, child, name) == truth.Yes }, rests)
	most := rule.Fires(func(ref string) bool { return namesAlarm(ref, child, name) != truth.No }, rests)
	switch {
	case least != most:
		return truth.Unknown, "whether it names this alarm again is not known: " + c.Rule.Display(), true
	case least == truth.Yes:
		return truth.Yes, "", true
	case least == truth.No:
		return truth.No, "the rule stays false when this alarm alone goes off: " + c.Rule.Display(), true
	}
	return truth.Unknown, "whether the rule holds depends on the states of alarms while nothing happens: " + c.Rule.Display(), true
}

// restsOf returns in which state each metric alarm of a rule is while nothing happens.
func (b *Base) restsOf(c *graph.CompositeAlarm, rule *alarmrule.Rule) func(ref string) alarmrule.State {
	known, ok := b.rests[c.ID]
	if !ok {
		known = map[string]alarmrule.State{}
		for _, ref := range rule.Children() {
			known[ref.Name] = b.restOf(ref.Name, c)
		}
		b.rests[c.ID] = known
	}
	return func(ref string) alarmrule.State { return known[ref] }
}

// restOf returns the state of the metric alarm that a rule names while no data arrives. One
// that treats missing data as not breaching is OK then: it is in INSUFFICIENT_DATA only from
// its creation to its first evaluation.
//
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
func (b *Base) restOf(ref string, from *graph.CompositeAlarm) alarmrule.State {
	state := alarmrule.Unseen
	for _, a := range b.Graph.Alarms {
		if from.Scope().Same(a.Scope()) != truth.Yes || namesAlarm(ref, a.Node, a.Name) != truth.Yes {
			continue
		}
		if text, _ := a.MissingData.Text(); text != "notBreaching" {
			return alarmrule.Unseen
		}
		state = alarmrule.OK
	}
	return state
}

// mayName reports whether a rule that is known only after apply may name an alarm. The
// text around its references is not known either, and may hold a name that is.
func mayName(rule resource.Value, child graph.Node, name resource.Value) bool {
	text, _ := name.Text()
	return text != "" || refersTo(rule, child.ID) || !refersToAny(rule)
}

// notifierFor fills in an actor's actions.
func (b *Base) notifierFor(out document.Notifier, node graph.Node, name resource.Value, a graph.Notifier) document.Notifier {
	out.Muted, out.Silenced = b.muteRules(node, name)
	out.Enabled, out.Text = document.Bool(a.ActionsEnabled), a.ActionsEnabled.Display()
	out.Actions = map[string]document.Action{}
	for i, t := range a.Actions {
		if !b.count() {
			break
		}
		if _, settled := node.Resource.Settled["alarm_actions"]; settled && t.State == graph.Known {
			t.State, t.Reason = graph.Inferred, document.SettledBy(node.Resource, "alarm_actions")
		}
		b.addActions(out.Actions, strconv.Itoa(i), t, access.Source{Node: node, Name: name})
	}
	return out
}

// addActions adds one action for each topic that a target is, or may be.
func (b *Base) addActions(out map[string]document.Action, id string, t graph.Target, from access.Source) {
	action := document.Action{
		State: document.LinkState(t.State), Text: t.Text, Reason: t.Reason, Region: truth.Unknown,
		Publish: document.Check{State: document.Undecided, Code: "topic-outside", Resource: t.Text}, Key: document.Check{State: document.Unasked},
	}
	if t.OneOf {
		action.Group = id
	}
	if text := strings.TrimSpace(t.Text); isForeignPartition(text, from.Node) {
		action.Foreign = "an ARN in another partition"
		out[id] = action
		return
	}
	if len(t.To) == 0 {
		action.Foreign, action.NamedBy = t.Foreign, b.topicEntries(t.Text, "")
		out[id] = action
		return
	}
	for _, to := range t.To {
		if !b.count() {
			break
		}
		out[id+" "+to] = b.actionTo(action, to, t, from)
	}
}

// actionTo describes an action, which notifies a topic or does something else.
func (b *Base) actionTo(action document.Action, to string, t graph.Target, from access.Source) document.Action {
	topic := b.Graph.Topic(to)
	if topic == nil {
		action.Foreign, action.Text, action.NamedBy = t.Foreign, to, b.topicEntries(t.Text, to)
		return action
	}
	action.Topic, action.NamedBy = to, b.topicEntries(action.Text, to)
	action.Region = from.Node.Scope().SameRegion(topic.Place)
	action.Publish = b.access.Publish(topic, from)
	action.Key = b.access.UseTopicKey(topic, from)
	return action
}
