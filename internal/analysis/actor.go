package analysis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// maxNesting bounds composite alarms over composite alarms.
const maxNesting = 5

// actors returns those who act when an alarm goes off, by what leads to them:
// the alarm and the composite alarms over it, at any depth.
func (b *builder) actors(a *graph.Alarm) map[string]Actor {
	out := map[string]Actor{}
	self := Actor{Address: a.ID, Composite: []string{}, Fires: truth.Yes}
	out[a.ID] = b.acts(self, a.Node, a.Name, a.Actor)
	b.composites(out, a.ID, self, a.Node, a.Name, a)
	return out
}

func (b *builder) composites(out map[string]Actor, id string, child Actor, node graph.Node, name resource.Value, root *graph.Alarm) {
	if len(child.Composite) == maxNesting {
		return
	}
	for _, over := range b.compositesOver(node, name) {
		c := over.composite
		if slices.Contains(child.Composite, c.ID) {
			continue
		}
		if !b.work.fact() {
			return
		}
		actor := Actor{
			Address: c.ID, Composite: append(slices.Clone(child.Composite), c.ID),
			Fires: worse(child.Fires, over.fires), Reason: over.reason,
		}
		if child.Fires != truth.Yes {
			actor.Reason = child.Reason
		}
		if !c.Suppressor.IsNull() {
			actor.Suppressor, actor.Suppressed = c.Suppressor.Display(), b.isSuppressed(c, root.Node, root.Name)
		}
		path := id + " > " + c.ID
		out[path] = b.acts(actor, c.Node, c.Name, c.Actor)
		b.composites(out, path, actor, c.Node, c.Name, root)
	}
}

// above is a composite alarm whose rule is about one child, or may be.
type above struct {
	composite *graph.CompositeAlarm
	fires     truth.Truth
	reason    string
}

// compositesOver returns the composite alarms over a child. Many paths lead
// through one, whose rules are read once.
func (b *builder) compositesOver(child graph.Node, name resource.Value) []above {
	found, known := b.above[child.ID]
	if known {
		return found
	}
	for _, c := range b.graph.Composites {
		if fires, reason, concerned := firesOn(c, child, name); concerned {
			found = append(found, above{c, fires, reason})
		}
	}
	b.above[child.ID] = found
	return found
}

func worse(a, b truth.Truth) truth.Truth {
	for _, s := range []truth.Truth{truth.No, truth.Unknown} {
		if a == s || b == s {
			return s
		}
	}
	return truth.Yes
}

// firesOn says whether a composite alarm goes off when one child does and
// nothing else happens.
func firesOn(c *graph.CompositeAlarm, child graph.Node, name resource.Value) (fires truth.Truth, reason string, concerned bool) {
	text, known := c.Rule.Symbolic()
	if !known {
		return truth.Unknown, "alarm_rule is not known: " + why(c.Rule), refers(c.Rule, child.ID) || !refersToAny(c.Rule)
	}
	rule, err := alarmrule.Parse(text)
	switch {
	case err != nil && c.Rule.IsUnknown():
		return truth.Unknown, "alarm_rule is not known: " + why(c.Rule), true
	case err != nil:
		return truth.No, "alarm_rule does not parse: " + err.Error(), strings.Contains(text, nameOf(name))
	}
	named := truth.No
	if rule.Open() {
		named = truth.Unknown
	}
	for _, r := range rule.Children() {
		named = max(named, names(r.Name, child, name))
	}
	switch named {
	case truth.No:
		return truth.No, "", false
	case truth.Unknown:
		return truth.Unknown, "whether it names this alarm is not known: " + c.Rule.Display(), true
	}
	least := rule.Fires(func(ref string) bool { return names(ref, child, name) == truth.Yes })
	most := rule.Fires(func(ref string) bool { return names(ref, child, name) != truth.No })
	switch {
	case least != most:
		return truth.Unknown, "whether it names this alarm once more is not known: " + c.Rule.Display(), true
	case least == alarmrule.True:
		return truth.Yes, "", true
	case least == alarmrule.False:
		return truth.No, "the rule stays false when this alarm alone goes off: " + c.Rule.Display(), true
	}
	return truth.Unknown, "whether the rule holds depends on other alarms: " + c.Rule.Display(), true
}

func nameOf(name resource.Value) string {
	if text, ok := name.Symbolic(); ok && text != "" {
		return text
	}
	return "\x00"
}

// names says whether a name or ARN in a rule is that of an alarm.
func names(ref string, n graph.Node, name resource.Value) truth.Truth {
	text, own := resource.Text(ref), source{n, name}
	if arn, isARN := graph.ParseARN(ref); isARN && arn.Service == "cloudwatch" {
		return text.Equal(resource.Text(own.arn().Text))
	}
	known, ok := name.Symbolic()
	switch {
	case !ok && name.IsUnknown():
		return truth.Unknown
	case known == "":
		return truth.No
	}
	return text.Equal(resource.Text(known))
}

// refersToAny says whether a value that is not known lists what it refers to.
func refersToAny(v resource.Value) bool {
	o, _ := v.Origin()
	return len(o.Refs) > 0 && len(o.Deciders) == 0
}

// acts fills in an actor's actions.
func (b *builder) acts(out Actor, node graph.Node, name resource.Value, a graph.Actor) Actor {
	out.Muted, out.Silenced = b.mutes(node, name)
	out.Enabled, out.Text = boolean(a.ActionsEnabled), a.ActionsEnabled.Display()
	out.Actions = map[string]Action{}
	for i, t := range a.Actions {
		if !b.work.fact() {
			break
		}
		if _, settled := node.Resource.Settled["alarm_actions"]; settled && t.State == graph.Known {
			t.State, t.Reason = graph.Inferred, settledBy(node.Resource, "alarm_actions")
		}
		b.actions(out.Actions, strconv.Itoa(i), t, source{node, name})
	}
	return out
}

// actions spreads one target: each topic that it is, or may be.
func (b *builder) actions(out map[string]Action, id string, t graph.Target, from source) {
	action := Action{
		State: LinkState(t.State), Text: t.Text, Reason: t.Reason, Region: truth.Unknown,
		Publish: Check{State: Undecided, Code: "topic-outside", Resource: t.Text}, Key: Check{State: Unasked},
	}
	if t.OneOf {
		action.Group = id
	}
	if text := strings.TrimSpace(t.Text); isForeignPartition(text, from.node) {
		action.Foreign = "an ARN of another partition"
		out[id] = action
		return
	}
	if len(t.To) == 0 {
		action.Foreign, action.NamedBy = t.Foreign, b.topicNamed(t.Text, "")
		out[id] = action
		return
	}
	for _, to := range t.To {
		if !b.work.fact() {
			break
		}
		out[id+" "+to] = b.tells(action, to, t, from)
	}
}

// tells fills in what an action does to a topic, or what it does instead.
func (b *builder) tells(action Action, to string, t graph.Target, from source) Action {
	topic := b.graph.Topic(to)
	if topic == nil {
		action.Foreign, action.Text, action.NamedBy = t.Foreign, to, b.topicNamed(t.Text, to)
		return action
	}
	action.Topic, action.NamedBy = to, b.topicNamed(action.Text, to)
	action.Region = from.node.Scope().SameRegion(topic.Place)
	action.Publish = b.agreedOn(topic, from, topicTypes, (*builder).mayPublish)
	action.Key = b.agreedOn(topic, from, keyTypes, (*builder).mayEncrypt)
	return action
}

// source is the alarm that publishes.
type source struct {
	node graph.Node
	name resource.Value
}

// arn is the alarm's ARN as far as it is known.
func (s source) arn() iampolicy.Text {
	if text, ok := s.node.Resource.Attr("arn").Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: s.node.ID + ".arn"}
	}
	name, ok := s.name.Symbolic()
	if !ok {
		name = iampolicy.Hole
	}
	return iampolicy.Text{
		Text:   "arn:" + partition(s.node.Scope()) + ":cloudwatch:" + region(s.node.Scope()) + ":" + account(s.node.Scope()) + ":alarm:" + name,
		Symbol: s.node.ID + ".arn",
	}
}

func (s source) account() iampolicy.Text { return iampolicy.Known(account(s.node.Scope())) }

func region(s resource.Scope) string { return string(s.RegionText()) }

func partition(s resource.Scope) string { return string(s.PartitionText()) }

func account(s resource.Scope) string { return string(s.AccountText()) }
