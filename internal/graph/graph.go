// Package graph joins resources into the chain that an audit event travels: trail -> log
// group -> metric filter -> alarm -> (composite alarm) -> topic -> subscription, with the
// policies, keys and roles that let the event pass.
//
// Every join says how certain it is ([Target]): by reference, by equal literal text,
// through an unknown value, or to something outside the input. The graph does not judge:
// packages coverage, alarm and access decide what a pattern matches, whether an alarm
// fires and what a policy allows.
package graph

import (
	"cmp"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

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

// addDelivery adds what an alarm notifies, and the policies and keys.
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

func (g *Graph) addReceiver(n Node) {
	args := argumentsOf(n.Resource)
	switch n.Resource.Type {
	case "aws_sqs_queue":
		g.Queues = append(g.Queues, &Queue{
			Node: n, Name: args.get("name"), ARN: args.get("arn"),
			KMS: args.get("kms_master_key_id"), FIFO: args.get("fifo_queue"), Policy: args.get("policy"),
		})
	case "aws_sqs_queue_policy":
		g.QueuePolicies = append(g.QueuePolicies, newResourcePolicy(n))
	case "aws_lambda_function":
		g.Functions = append(g.Functions, &Function{Node: n, Name: args.get("function_name"), ARN: args.get("arn"), Alias: resource.NullValue()})
	case "aws_lambda_alias":
		g.Functions = append(g.Functions, &Function{Node: n, ARN: args.get("arn"), Alias: args.get("name")})
	case "aws_lambda_permission":
		g.Permissions = append(g.Permissions, &Permission{Node: n})
	case "aws_kinesis_firehose_delivery_stream":
		g.Streams = append(g.Streams, &Stream{Node: n, Name: args.get("name"), ARN: args.get("arn")})
	}
}

// join resolves every reference, from the subscription back to the trail, because joins
// by name may add external nodes that later joins need.
func (g *Graph) join() {
	g.joinKeys()
	g.joinReceivers()
	g.joinTopics()
	g.joinAlarms()
	g.joinLogs()
	g.joinRoles()
}

// managedFirst puts managed resources before data sources, so that a name that both have
// means the former.
func managedFirst[T identified](nodes []T) {
	slices.SortStableFunc(nodes, func(a, b T) int {
		switch {
		case a.external() == b.external():
			return 0
		case b.external():
			return -1
		}
		return 1
	})
}

// Uncertain returns resources that may or may not exist, in address
// order.
func (g *Graph) Uncertain() []*resource.Resource {
	if g.uncertain == nil {
		g.uncertain = []*resource.Resource{}
		for _, r := range g.resources {
			if r.Uncertain != "" {
				g.uncertain = append(g.uncertain, r)
			}
		}
		slices.SortFunc(g.uncertain, byAddress)
	}
	return g.uncertain
}

// Without returns the graph of the world without some resources; nil if it has none
// of them.
func (g *Graph) Without(leaves func(*resource.Resource) bool) *Graph {
	var rest []*resource.Resource
	for _, r := range g.resources {
		if !leaves(r) {
			rest = append(rest, r)
		}
	}
	if len(rest) == len(g.resources) {
		return nil
	}
	slices.SortFunc(rest, byAddress)
	return Build(rest)
}

func byAddress(a, b *resource.Resource) int { return cmp.Compare(a.Address, b.Address) }
