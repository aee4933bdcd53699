package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
)

// A Delivery is a rule that may bring events of CloudTrail into log groups without a
// trail in the input.
type Delivery struct {
	Node
	// Pattern is the name of the group, null for any.
	Pattern resource.Value
}

// newDelivery returns the delivery of a rule; nil for logs of other services.
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
