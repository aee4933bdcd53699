package access

import (
	"cmp"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// Source is the publishing alarm.
type Source struct {
	Node graph.Node
	Name resource.Value
}

// ARN returns the alarm's ARN as far as it is known.
func (s Source) ARN() iampolicy.Text {
	if text, ok := s.Node.Resource.Attr("arn").Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: s.Node.ID + ".arn"}
	}
	name, ok := s.Name.Symbolic()
	if !ok {
		name = iampolicy.UnknownMark
	}
	return iampolicy.Text{
		Text:   "arn:" + partition(s.Node.Scope()) + ":cloudwatch:" + region(s.Node.Scope()) + ":" + account(s.Node.Scope()) + ":alarm:" + name,
		Symbol: s.Node.ID + ".arn",
	}
}

func (s Source) account() iampolicy.Text { return iampolicy.Known(account(s.Node.Scope())) }

func region(s resource.Scope) string { return string(s.RegionText()) }

func partition(s resource.Scope) string { return string(s.PartitionText()) }

func account(s resource.Scope) string { return string(s.AccountText()) }

func topicARN(t *graph.Topic) iampolicy.Text {
	symbol := t.ID + ".arn"
	if text, ok := t.ARN.Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	name, ok := t.Name.Symbolic()
	if !ok {
		name = iampolicy.UnknownMark
	}
	return iampolicy.Text{
		Text:   "arn:" + partition(t.Place) + ":sns:" + region(t.Place) + ":" + account(t.Place) + ":" + name,
		Symbol: symbol,
	}
}

func queueARN(q *graph.Queue) iampolicy.Text {
	name, _ := q.Name.Symbolic()
	return receiverARN(q.Node, q.ARN, "sqs", cmp.Or(name, iampolicy.UnknownMark))
}

// receiverARN returns the ARN of a queue, function or stream as far as it is known.
func receiverARN(n graph.Node, arn resource.Value, service, name string) iampolicy.Text {
	symbol, at := n.ID+".arn", n.Scope()
	if text, ok := arn.Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	return iampolicy.Text{Text: "arn:" + partition(at) + ":" + service + ":" + region(at) + ":" + account(at) + ":" + name, Symbol: symbol}
}

// trailARN returns the ARN of a trail, as far as it is known.
func trailARN(t *graph.Trail) iampolicy.Text {
	symbol, at := t.ID+".arn", t.Scope()
	if text, ok := t.Resource.Attr("arn").Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	name, ok := t.Name.Symbolic()
	if !ok {
		name = iampolicy.UnknownMark
	}
	return iampolicy.Text{Text: "arn:" + partition(at) + ":cloudtrail:" + region(at) + ":" + account(at) + ":trail/" + name, Symbol: symbol}
}

func groupARN(l *graph.LogGroup) string {
	name, ok := l.Name.Symbolic()
	if !ok {
		name = iampolicy.UnknownMark
	}
	return "arn:" + partition(l.Place) + ":logs:" + region(l.Place) + ":" + account(l.Place) + ":log-group:" + name
}

func keyARN(k *graph.Key) iampolicy.Text {
	symbol := k.ID + ".arn"
	if text, ok := k.Resource.Attr("arn").Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	return iampolicy.Text{
		Text:   "arn:" + partition(k.Scope()) + ":kms:" + region(k.Scope()) + ":" + account(k.Scope()) + ":key/" + iampolicy.UnknownMark,
		Symbol: symbol,
	}
}
