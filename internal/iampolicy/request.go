package iampolicy

import "strings"

// Caller is who asks. The zero Caller is the identity to which the policies are attached: their statements name no
// principals.
type Caller struct {
	Service string // "cloudwatch.amazonaws.com"
	Account Text   // of an AWS account's root; ignored if Service is set
}

func (c Caller) String() string {
	switch {
	case c.Service != "":
		return c.Service
	case c.Account != Text{}:
		return "account " + c.Account.String()
	}
	return "the identity"
}

// Request is one action of one caller on one resource.
type Request struct {
	Principal Caller
	Action    string // "sns:Publish"
	// Resources are names by which the one resource is known: an ARN, maybe with holes, and symbols.
	Resources []Text
	// Plain are the names of holes of Resources that hold no wildcard: AWS admits none in the name of a log group or queue.
	Plain []string
	// Context holds the condition keys that are in the request; their case does not matter. A key that is neither here
	// nor in UnknownKeys is absent.
	Context map[string][]Text
	// UnknownKeys may be in the request or not, with any value.
	UnknownKeys []string
}

// presence says what is known of a condition key: its values, whether it is there, and whether it may be.
func (r Request) presence(key string) (values []Text, state answer) {
	var found string
	for name, values := range r.Context {
		// The least of several spellings, so that the answer does not depend on the order of the map.
		if strings.EqualFold(name, key) && len(values) > 0 && (found == "" || name < found) {
			found = name
		}
	}
	if found != "" {
		return r.Context[found], yes
	}
	for _, name := range r.UnknownKeys {
		if strings.EqualFold(name, key) {
			return []Text{{Unknown: true}}, maybe
		}
	}
	return nil, no
}
