package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// What lets an event pass may be of undecided count: a role, its policies, the
// policy of a topic, a key. Such a check is asked twice, with all of them and
// without those that may not exist, and holds or fails where both agree.

// Types of what a check rests on.
var (
	roleTypes  = []string{"aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_iam_policy"}
	topicTypes = []string{"aws_sns_topic_policy"}
	keyTypes   = []string{"aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_key_policy", "aws_kms_alias"}
)

// without is the builder of the world in which nothing exists of which that is not
// certain; nil where everything does.
func (b *builder) without() *builder {
	if b.sure == nil && !b.isSure {
		b.isSure = true
		if g := b.graph.Without(func(r *resource.Resource) bool { return r.Uncertain != "" }); g != nil {
			sure := *b
			sure.graph, sure.sure, sure.regions, sure.above = g, nil, nil, map[string][]above{}
			b.sure = &sure
		}
	}
	return b.sure
}

// agreed is a check that holds whether or not what it rests on exists. again asks
// it once more; ok is false where there is nothing to ask then.
func (b *builder) agreed(check Check, types []string, again func(sure *builder) (c Check, ok bool)) Check {
	doubtful := b.doubtful(types)
	if doubtful == nil {
		return check
	}
	other, ok := again(b.without())
	if !ok || holds(other) && holds(check) || other.State == check.State {
		return check
	}
	return Check{State: Undecided, Code: "count-undecided", Resource: doubtful.Address, Reason: doubtful.Uncertain}
}

func holds(c Check) bool { return c.State == OK || c.State == Unasked || c.State == Guessed }

// doubtful is the first resource of some types of which nobody knows whether it
// exists; nil where there is none.
func (b *builder) doubtful(types []string) *resource.Resource {
	for _, r := range b.graph.Uncertain() {
		if slices.Contains(types, r.Type) {
			return r
		}
	}
	return nil
}

// agreedRole is what the trail's role allows, whatever of it exists.
func (b *builder) agreedRole(t *graph.Trail) Check {
	return b.agreed(b.role(t), roleTypes, func(sure *builder) (Check, bool) {
		same := sure.graph.Trail(t.ID)
		if same == nil {
			return Check{}, false
		}
		return sure.role(same), true
	})
}

// agreedOn is what a check says of a topic, whatever of what it rests on exists.
func (b *builder) agreedOn(t *graph.Topic, from source, types []string, ask func(b *builder, t *graph.Topic, from source) Check) Check {
	return b.agreed(ask(b, t, from), types, func(sure *builder) (Check, bool) {
		same := sure.graph.Topic(t.ID)
		if same == nil {
			return Check{}, false
		}
		return ask(sure, same, from), true
	})
}
