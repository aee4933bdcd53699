package facts

import (
	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
)

func (b *Base) alarm(a *graph.Alarm) document.Alarm {
	out := document.Alarm{Name: document.Name(a.Name), Publishers: b.publishersOf(a), Notifiers: b.notifiers(a), Node: newNode(a.Node)}
	if !a.WarmUp.IsNull() {
		out.WarmUp = a.WarmUp.Display()
	}
	return out
}

// publishersOf returns the filters that publish everyday events, or unknown ones, to the
// series of an alarm.
func (b *Base) publishersOf(a *graph.Alarm) []document.Publisher {
	out := []document.Publisher{}
	for _, f := range b.Graph.WatchedFilters(a) {
		if p := b.publisher(f); publishedValue(f.Value).State != document.PublishesZero && (len(p.Everyday) > 0 || p.Unknown != "") {
			out = append(out, p)
		}
	}
	return out
}

func (b *Base) publisher(f *graph.MetricFilter) document.Publisher {
	if p, ok := b.publishing[f]; ok {
		return p
	}
	p := document.Publisher{Filter: f.ID, Everyday: map[string]cloudtrail.Event{}}
	text, known := f.Pattern.Text()
	if !known {
		p.Unknown = document.Why(f.Pattern)
	}
	for _, c := range b.Controls.List() {
		switch event, floods := b.Controls.Everyday(coverage.Question{Pattern: text, Control: c.ID}); {
		case !known || !floods:
		case f.Pattern.IsSensitive():
			p.Everyday[c.ID] = nil
		default:
			p.Everyday[c.ID] = event
		}
	}
	b.publishing[f] = p
	return p
}
