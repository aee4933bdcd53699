package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
)

// A Queue is an SQS queue.
type Queue struct {
	Node
	Name   resource.Value
	ARN    resource.Value
	KMS    resource.Value
	FIFO   resource.Value
	Policy resource.Value // the inline argument; null for none, which lets in nobody but the account
	Key    Target
	Attached
}

// A Function is a Lambda function, or an alias of one.
type Function struct {
	Node
	Name resource.Value
	ARN  resource.Value
	// Alias is the name of the alias, null for the function itself; Of is the
	// function that the alias is of.
	Alias resource.Value
	Of    Target
}

// A Permission is a statement of the policy of a function, or of an alias or
// version of it.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
type Permission struct {
	Node
	Function Target
	// Qualifier is the alias or version, null for the function itself.
	Qualifier resource.Value
}

// A Stream is a delivery stream of Firehose.
type Stream struct {
	Node
	Name resource.Value
	ARN  resource.Value
}
