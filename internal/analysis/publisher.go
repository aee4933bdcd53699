package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
)

// A Publisher is a filter that publishes to the series of an alarm, whatever its
// group: CloudWatch adds up what all of them publish.
type Publisher struct {
	Filter string `json:"filter"`
	// Everyday is an everyday event that it matches, by control: none where it
	// matches none that is not the control's own.
	Everyday map[string]cloudtrail.Event `json:"everyday"`
	Unknown  string                      `json:"unknown"` // why its pattern is not known
}

// publishersOf are the filters of which an everyday event, or nobody knows what,
// takes part in the series of an alarm.
func (b *builder) publishersOf(a *graph.Alarm) []Publisher {
	out := []Publisher{}
	for _, f := range b.graph.Served(a) {
		if p := b.publisher(f); published(f.Value).State != PublishesZero && (len(p.Everyday) > 0 || p.Unknown != "") {
			out = append(out, p)
		}
	}
	return out
}

func (b *builder) publisher(f *graph.MetricFilter) Publisher {
	if p, ok := b.publishing[f]; ok {
		return p
	}
	p := Publisher{Filter: f.ID, Everyday: map[string]cloudtrail.Event{}}
	text, known := f.Pattern.Text()
	if !known {
		p.Unknown = why(f.Pattern)
	}
	for id := range b.asked.references {
		switch found := b.asked.flood(pairing{pattern: text, control: id}); {
		case !known || !found.floods:
		case f.Pattern.IsSensitive():
			p.Everyday[id] = nil
		default:
			p.Everyday[id] = found.event
		}
	}
	b.publishing[f] = p
	return p
}

// flood is an everyday event that a pattern matches and that is not the control's
// own.
func (r reference) flood(have *filterpattern.Pattern) (cloudtrail.Event, bool) {
	i := slices.IndexFunc(r.everyday, func(e cloudtrail.Record) bool { return have.MatchMessage(e.Message) })
	if i < 0 {
		return nil, false
	}
	return r.everyday[i].Event, true
}
