package graph

import "testing"

// Joins add nodes while they look for others: what is added later is found, too.
func TestIndexReadsOn(t *testing.T) {
	var x index[*Topic]
	nodes := []*Topic{{Node: Node{ID: "a"}}}
	if x.find(nodes, "b") != nil || x.find(nodes, "a") != nodes[0] {
		t.Error("one node")
	}
	nodes = append(nodes, &Topic{Node: Node{ID: "b"}}, &Topic{Node: Node{ID: "a"}})
	if x.find(nodes, "b") != nodes[1] {
		t.Error("a node that was added is not found")
	}
	if x.find(nodes, "a") != nodes[0] {
		t.Error("of two with one ID the first is found")
	}
}

func TestManagedFirst(t *testing.T) {
	nodes := []*Topic{
		{Node: Node{ID: "read a", External: true}}, {Node: Node{ID: "b"}}, {Node: Node{ID: "read c", External: true}}, {Node: Node{ID: "d"}},
	}
	managedFirst(nodes)
	if got := ids(nodes); got != "b d read a read c" {
		t.Errorf("%q", got)
	}
}

func TestFind(t *testing.T) {
	g := built(t, everyKind)
	for _, c := range []struct{ kind, want, got string }{
		{"trail", "aws_cloudtrail.x", g.Trail("aws_cloudtrail.x").ID},
		{"group", "aws_cloudwatch_log_group.x", g.LogGroup("aws_cloudwatch_log_group.x").ID},
		{"filter", "aws_cloudwatch_log_metric_filter.x", g.Filter("aws_cloudwatch_log_metric_filter.x").ID},
		{"alarm", "aws_cloudwatch_metric_alarm.x", g.Alarm("aws_cloudwatch_metric_alarm.x").ID},
		{"topic", "aws_sns_topic.x", g.Topic("aws_sns_topic.x").ID},
		{"subscription", "aws_sns_topic_subscription.x", g.Subscription("aws_sns_topic_subscription.x").ID},
		{"queue", "aws_sqs_queue.x", g.Queue("aws_sqs_queue.x").ID},
		{"function", "aws_lambda_alias.x", g.Function("aws_lambda_alias.x").ID},
		{"stream", "aws_kinesis_firehose_delivery_stream.x", g.Stream("aws_kinesis_firehose_delivery_stream.x").ID},
		{"key", "aws_kms_replica_key.x", g.Key("aws_kms_replica_key.x").ID},
		{"role", "aws_iam_role.x", g.Role("aws_iam_role.x").ID},
		{"any resource", "aws_s3_bucket.x", g.Resource("aws_s3_bucket.x").Address},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.kind, c.got, c.want)
		}
	}
	if g.Trail("gone") != nil || g.Alarm("aws_cloudtrail.x") != nil || g.Resource("gone") != nil {
		t.Error("what is not there is found")
	}
}
