// Package access decides whether an event may pass: the role of a trail, the policy and
// the key of a topic, and the queue, function or stream that a subscription delivers to.
// It evaluates policies with package iampolicy and does not decide what a failure means
// for a control.
//
// A role, its policies, the policy of a topic or a key may be of undecided count. Such a
// check runs twice, with all of them and without those that may not exist, and holds or
// fails only if both agree.
package access

import (
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// Types of the resources that a check depends on.
var (
	roleTypes  = []string{"aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_iam_policy"}
	topicTypes = []string{"aws_sns_topic_policy"}
	keyTypes   = []string{"aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_key_policy", "aws_kms_alias"}
)

// withoutUncertain returns the world without the resources that may not exist; nil if all
// certainly exist.
func (w *World) withoutUncertain() *World {
	if w.sure == nil && !w.isSure {
		w.isSure = true
		if g := w.graph.Without(func(r *resource.Resource) bool { return r.Uncertain != "" }); g != nil {
			sure := *w
			sure.graph, sure.sure, sure.regions = g, nil, nil
			w.sure = &sure
		}
	}
	return w.sure
}

// checkTwice returns a check that holds with and without the resources that may not exist.
// again repeats it without them; ok is false if its subject is one of them.
func (w *World) checkTwice(check document.Check, types []string, again func(sure *World) (c document.Check, ok bool)) document.Check {
	doubtful := w.firstUncertain(types)
	if doubtful == nil {
		return check
	}
	other, ok := again(w.withoutUncertain())
	if !ok || isGood(other) && isGood(check) || other.State == check.State {
		return check
	}
	return document.Check{State: document.Undecided, Code: "count-undecided", Resource: doubtful.Address, Reason: doubtful.Uncertain}
}

func isGood(c document.Check) bool {
	return c.State == document.OK || c.State == document.Unasked || c.State == document.Guessed
}

// firstUncertain returns the first resource of some types that may not exist; nil if there
// is none.
func (w *World) firstUncertain(types []string) *resource.Resource {
	for _, r := range w.graph.Uncertain() {
		if slices.Contains(types, r.Type) {
			return r
		}
	}
	return nil
}

// TrailRole checks the trail's role, with and without the parts that may not exist.
func (w *World) TrailRole(t *graph.Trail) document.Check {
	return w.checkTwice(w.checkRole(t), roleTypes, func(sure *World) (document.Check, bool) {
		same := sure.graph.Trail(t.ID)
		if same == nil {
			return document.Check{}, false
		}
		return sure.checkRole(same), true
	})
}

// checkTopicTwice is checkTwice for a check of a topic.
func (w *World) checkTopicTwice(t *graph.Topic, from Source, types []string, ask func(w *World, t *graph.Topic, from Source) document.Check) document.Check {
	return w.checkTwice(ask(w, t, from), types, func(sure *World) (document.Check, bool) {
		same := sure.graph.Topic(t.ID)
		if same == nil {
			return document.Check{}, false
		}
		return ask(sure, same, from), true
	})
}

// Publish reports whether an alarm may publish to a topic.
func (w *World) Publish(t *graph.Topic, from Source) document.Check {
	return w.checkTopicTwice(t, from, topicTypes, (*World).checkTopicPolicy)
}

// UseTopicKey reports whether CloudWatch may use the key of a topic for an alarm.
func (w *World) UseTopicKey(t *graph.Topic, from Source) document.Check {
	return w.checkTopicTwice(t, from, keyTypes, (*World).checkTopicKey)
}

// receiverTypes are the types of resources that allow SNS to deliver.
var receiverTypes = slices.Concat(roleTypes, keyTypes, []string{"aws_sqs_queue_policy", "aws_lambda_permission"})

// Receives reports whether the queue, function or delivery stream of a
// subscription allows SNS to deliver. A receiver that the input does not manage is
// outside.
func (w *World) Receives(t *graph.Topic, s *graph.Subscription) document.Check {
	return w.checkTwice(w.checkReceiver(t, s), receiverTypes, func(sure *World) (document.Check, bool) {
		topic, same := sure.graph.Topic(t.ID), sure.graph.Subscription(s.ID)
		if same == nil {
			return document.Check{}, false
		}
		if topic == nil {
			topic = t
		}
		return sure.checkReceiver(topic, same), true
	})
}
