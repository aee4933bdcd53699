package iampolicy

import (
	"strings"

	"github.com/iacgate/iacgate/internal/truth"
)

// Caller is the principal of the request. The zero Caller is the identity to which the policies are attached: their
// statements name no principals.
type Caller struct {
	Service string // "cloudwatch.amazonaws.com", maybe with unknown parts
	Account Text   // of an AWS account's root; ignored if Service is set
}

func (c Caller) String() string {
	switch {
	case c.Service != "":
		return Known(c.Service).String()
	case c.Account != Text{}:
		return "account " + c.Account.String()
	}
	return "the identity"
}

// Request is one action of one caller on one resource.
type Request struct {
	Principal Caller
	Action    string // "sns:Publish"
	// Resources are names by which the one resource is known: an ARN, maybe with unknown parts, and symbols.
	Resources []Text
	// Plain are the names of unknown parts of Resources that hold no wildcard: AWS admits none in the name of a log group or queue.
	Plain []string
	// Context holds the condition keys that are in the request; their case does not matter. A key that is neither here
	// nor in UnknownKeys is absent.
	Context map[string][]Text
	// UnknownKeys may be in the request or not, with any value.
	UnknownKeys []string
}

// presence says what is known of a condition key: its values, whether it is there, and whether it may be.
func (r Request) presence(key string) (values []Text, state truth.Truth) {
	var found string
	for name, values := range r.Context {
		// The least of several spellings, so that the answer does not depend on the order of the map.
		if strings.EqualFold(name, key) && len(values) > 0 && (found == "" || name < found) {
			found = name
		}
	}
	if found != "" {
		return r.Context[found], truth.Yes
	}
	for _, name := range r.UnknownKeys {
		if strings.EqualFold(name, key) {
			return []Text{{Unknown: true}}, truth.Unknown
		}
	}
	return nil, truth.No
}

// expand puts the values of policy variables into a text: ${aws:SourceAccount}. One that is not in the request, or has
// several values, becomes an unknown part. ${*}, ${?} and ${$} are those characters; as * and ? would be wildcards again,
// they become unknown parts too.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (r Request) expand(t Text) Text {
	if !strings.Contains(t.Text, "${") {
		return t
	}
	var b strings.Builder
	rest := t.Text
	for {
		before, after, found := strings.Cut(rest, "${")
		b.WriteString(before)
		if !found {
			break
		}
		name, end, closed := strings.Cut(after, "}")
		if !closed {
			b.WriteString("${" + after)
			break
		}
		b.WriteString(r.variable(strings.TrimSpace(name)))
		rest = end
	}
	return Text{Text: b.String(), Unknown: t.Unknown}
}

func (r Request) variable(name string) string {
	if name == "$" {
		return "$"
	}
	values, present := r.presence(name)
	if present != truth.Yes || len(values) != 1 || values[0].Unknown || strings.ContainsAny(values[0].Text, "*?") {
		return UnknownMark
	}
	return values[0].Text
}
