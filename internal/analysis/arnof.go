package analysis

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// arns are the attributes of the types of a chain that are ARNs, by the service that
// is in these.
var arns = map[string]struct {
	service    string
	attributes []string
}{
	"aws_iam_role":                         {"iam", []string{"arn"}},
	"aws_iam_policy":                       {"", nil}, // an ARN, and of no role
	"aws_iam_role_policy":                  {"", nil},
	"aws_kinesis_firehose_delivery_stream": {"firehose", []string{"arn", "id"}},
	"aws_lambda_alias":                     {"lambda", []string{"arn", "id"}},
	"aws_lambda_function":                  {"lambda", []string{"arn", "qualified_arn"}},
	"aws_sns_topic":                        {"sns", []string{"arn", "id"}},
	"aws_sqs_queue":                        {"sqs", []string{"arn"}},
}

// arnOf says of which service the ARN is that a value holds, "" where it is none, by
// what is known of a value that has no text yet: the attribute that it refers to, or
// how its text begins. known is false where neither tells; what names it.
func (b *builder) arnOf(v resource.Value) (what, service string, known bool) {
	o, ok := v.Origin()
	if !ok || !v.IsUnknown() || len(o.Deciders) > 0 {
		return "", "", false
	}
	if o.Cause == resource.Referenced && o.Whole() && len(o.Refs) == 1 {
		ref := o.Refs[0]
		if arn, ok := arns[b.graph.TypeOf(ref.Address)]; ok && ref.Attribute != "" {
			if slices.Contains(arn.attributes, ref.Attribute) {
				service = arn.service
			}
			return ref.String(), service, true
		}
	}
	text, ok := v.Symbolic()
	if !ok {
		return "", "", false
	}
	if arn, ok := graph.ParseARN(text); ok {
		return text, arn.Service, len(resource.Symbols(arn.Service)) == 0
	}
	symbol, begins := resource.SymbolName(text)
	of, generated := resource.GeneratedFor(symbol)
	switch {
	case begins && generated:
		return "the name of " + of, "", true // that AWS makes up
	case begins || strings.HasPrefix("arn:", text) || strings.HasPrefix(text, "arn:"):
		return "", "", false
	}
	return text, "", true
}
