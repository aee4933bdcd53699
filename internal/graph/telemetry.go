package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Delivery is a rule that may bring events of CloudTrail into log groups without a
// trail in the input.
type Delivery struct {
	Node
	// Pattern is the name of the group, null for any.
	Pattern resource.Value
}

// newDelivery is what a rule delivers; nil for logs of other services.
func newDelivery(n Node) *Delivery {
	if n.Resource.Type == "aws_observabilityadmin_centralization_rule_for_organization" {
		return &Delivery{Node: n}
	}
	rule := argumentsOf(n.Resource).block("rule")
	if text, known := rule.get("resource_type").Text(); known && text != "AWS::CloudTrail" {
		return nil
	}
	return &Delivery{Node: n, Pattern: rule.block("destination_configuration").get("destination_pattern")}
}

// MayDeliver returns a rule that may bring events into the group of a filter; nil if
// there is none.
func (g *Graph) MayDeliver(f *MetricFilter) *Delivery {
	for _, d := range g.Deliveries {
		pattern, known := d.Pattern.Text()
		if !known || d.Pattern.IsNull() || strings.ContainsAny(pattern, "<{*$") {
			return d
		}
		for _, id := range f.Group.To {
			if l := g.LogGroup(id); l != nil && Equal(l.Name, resource.StringValue(pattern)) != truth.No {
				return d
			}
		}
		if len(f.Group.To) == 0 {
			return d
		}
	}
	return nil
}

// A Transformer rewrites the events of a log group.
type Transformer struct {
	Node
	Group Target
	// Processors are its steps, one block each.
	Processors resource.Value
}

func newTransformer(n Node) *Transformer {
	return &Transformer{Node: n, Processors: argumentsOf(n.Resource).get("transformer_config")}
}

// TransformersOf returns the transformers of a filter's group, or those that may be.
func (g *Graph) TransformersOf(f *MetricFilter) (all []*Transformer) {
	for _, t := range g.Transformers {
		for _, id := range f.Group.To {
			for _, other := range t.Group.To {
				if id == other {
					all = append(all, t)
				}
			}
		}
	}
	return all
}
