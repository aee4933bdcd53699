// Package graph joins resources into the chain that an audit event travels:
// trail -> log group -> metric filter -> alarm -> (composite alarm) -> topic ->
// subscription, with the policies, keys and roles that let it pass.
//
// Every join says how sure it is ([Target]): by reference, by equal literal
// text, through something that cannot be seen, or out of the input. The graph
// does not judge: what a pattern matches, whether an alarm fires and what a
// policy allows is package access's.
package graph

import "github.com/iacgate/iacgate/internal/resource"

// A Graph holds the typed nodes of one world, each kind in address order.
type Graph struct {
	Trails        []*Trail
	LogGroups     []*LogGroup
	Filters       []*MetricFilter
	Alarms        []*Alarm
	Composites    []*CompositeAlarm
	MuteRules     []*MuteRule
	Topics        []*Topic
	TopicPolicies []*ResourcePolicy
	Subscriptions []*Subscription
	Queues        []*Queue
	QueuePolicies []*ResourcePolicy
	Functions     []*Function
	Permissions   []*Permission
	Streams       []*Stream
	Keys          []*Key
	KeyPolicies   []*ResourcePolicy
	Roles         []*Role
	RolePolicies  []*RolePolicy
	Deliveries    []*Delivery
	Transformers  []*Transformer
	Other         []*resource.Resource // recognised and not judged: query-based alarms

	indexes
	resources  map[string]*resource.Resource
	uncertain  []*resource.Resource // once they are asked for
	aliases    []*alias
	grants     []Node // what gives roles policies, and what takes them away
	exclusives []*exclusive
	served     map[*Alarm][]*MetricFilter // once they are asked for
}

// Node is what all typed nodes share. A node outside the input has no
// Resource; ID names it then: a log group name, an ARN, var.topic_arn.
type Node struct {
	ID       string
	Resource *resource.Resource
	External bool // not managed by the input: a data source, a literal name
}

// Scope says where the node lives; unknown for nodes that only a name stands
// for.
func (n Node) Scope() resource.Scope {
	if n.Resource == nil {
		return resource.Scope{}
	}
	return n.Resource.Scope
}

// Uncertain says why nobody knows whether the node exists, "" where it does.
func (n Node) Uncertain() string {
	if n.Resource == nil {
		return ""
	}
	return n.Resource.Uncertain
}

// Build joins the resources of one world.
func Build(resources []*resource.Resource) *Graph {
	g := &Graph{resources: make(map[string]*resource.Resource, len(resources)), served: map[*Alarm][]*MetricFilter{}}
	for _, r := range resources {
		g.resources[r.Address] = r
	}
	for _, r := range resources {
		g.add(r)
	}
	managedFirst(g.Topics)
	managedFirst(g.LogGroups)
	g.join()
	return g
}

// Resource returns the resource with an address, nil if the world has none.
func (g *Graph) Resource(address string) *resource.Resource { return g.resources[address] }

func (g *Graph) add(r *resource.Resource) {
	n := Node{ID: r.Address, Resource: r, External: r.Mode == resource.Data}
	switch r.Type {
	case "aws_cloudtrail":
		g.Trails = append(g.Trails, newTrail(n))
	case "aws_cloudwatch_log_group":
		g.LogGroups = append(g.LogGroups, newLogGroup(n))
	case "aws_cloudwatch_log_metric_filter":
		g.Filters = append(g.Filters, newMetricFilter(n))
	case "aws_cloudwatch_metric_alarm":
		a := newAlarm(n)
		g.Alarms = append(g.Alarms, a)
		if a.OtherKind != "" {
			g.Other = append(g.Other, r)
		}
	case "aws_cloudwatch_composite_alarm":
		g.Composites = append(g.Composites, newCompositeAlarm(n))
	case "aws_cloudwatch_alarm_mute_rule":
		g.MuteRules = append(g.MuteRules, newMuteRule(n))
	case logAlarmType:
		g.Alarms = append(g.Alarms, newLogAlarm(n))
		g.Other = append(g.Other, r)
	case "aws_cloudwatch_log_transformer":
		g.Transformers = append(g.Transformers, newTransformer(n))
	case "aws_observabilityadmin_telemetry_rule", "aws_observabilityadmin_organization_telemetry_rule", "aws_observabilityadmin_centralization_rule_for_organization":
		if d := newDelivery(n); d != nil {
			g.Deliveries = append(g.Deliveries, d)
		}
	default:
		g.addDelivery(n)
		g.addReceiver(n)
	}
}

// addDelivery adds what stands behind the alarm, and the policies and keys.
func (g *Graph) addDelivery(n Node) {
	switch n.Resource.Type {
	case "aws_sns_topic":
		g.Topics = append(g.Topics, newTopic(n))
	case "aws_sns_topic_policy":
		g.TopicPolicies = append(g.TopicPolicies, newResourcePolicy(n))
	case "aws_sns_topic_subscription":
		g.Subscriptions = append(g.Subscriptions, newSubscription(n))
	case "aws_chatbot_slack_channel_configuration", "aws_chatbot_teams_channel_configuration":
		g.Subscriptions = append(g.Subscriptions, newChatbot(n))
	case "aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key":
		g.Keys = append(g.Keys, newKey(n))
	case "aws_kms_key_policy":
		g.KeyPolicies = append(g.KeyPolicies, newResourcePolicy(n))
	case "aws_kms_alias":
		g.aliases = append(g.aliases, newAlias(n))
	case "aws_iam_role":
		g.Roles = append(g.Roles, newRole(n))
	case "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_iam_policy_attachment",
		"aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachments_exclusive":
		if !n.External {
			g.grants = append(g.grants, n)
		}
	}
}

// join resolves every reference, from the people back to the trail, because
// joins by name may add external nodes that later joins meet again.
func (g *Graph) join() {
	g.joinKeys()
	g.joinReceivers()
	g.joinTopics()
	g.joinAlarms()
	g.joinLogs()
	g.joinRoles()
}
