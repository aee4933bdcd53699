package iampolicy

import (
	"strings"

	"github.com/iacgate/iacgate/internal/truth"
)

// principal reports whether a statement is about the caller.
//
// A service principal is matched by its own name, and by the wildcards: the default policy of an SNS topic admits
// AWS "*" under conditions, and alarms publish through it. Principals of other kinds, account roots among them, are
// never services.
func (s Statement) principal(c Caller) truth.Truth {
	switch {
	case s.Principals != nil:
		return anyPrincipal(s.Principals, c)
	case s.NotPrincipals != nil:
		return anyPrincipal(s.NotPrincipals, c).Not()
	}
	return truth.Of(c == Caller{})
}

func anyPrincipal(list []Principal, c Caller) truth.Truth {
	out := truth.No
	for _, p := range list {
		out = truth.Or(out, p.is(c))
	}
	return out
}

func (p Principal) is(c Caller) truth.Truth {
	switch {
	case p.Type == "*":
		return truth.Yes
	case p.Type == "AWS":
		return anyOf(p.IDs, func(id Text) truth.Truth { return truth.Or(wildcard(id), c.isAccount(id)) })
	case p.Type == "Service" && c.Service != "":
		return anyOf(p.IDs, func(id Text) truth.Truth { return truth.Or(wildcard(id), isService(id, c.Service)) })
	}
	return truth.No
}

// isService reports whether an id is a service. Its domain may be that of a stack or provider, which is amazonaws.com or
// amazonaws.com.cn: the service is the same.
func isService(id Text, service string) truth.Truth {
	if name, isSuffix := strings.CutSuffix(id.Text, string(symbolClose)); isSuffix {
		if at := strings.LastIndex(name, string(symbolOpen)); strings.HasPrefix(name[max(at, 0):], string(symbolOpen)+"suffix ") {
			id = Known(name[:at] + "amazonaws.com")
		}
	}
	return equal(id, Known(service))
}

// wildcard reports whether an id is "*". An attribute of a resource or of a data source never is.
func wildcard(id Text) truth.Truth {
	if id.Unknown && (strings.HasPrefix(id.Symbol, "aws_") || strings.HasPrefix(id.Symbol, "data.aws_")) {
		return truth.No
	}
	return equal(id, Known("*"))
}

// partitions of AWS, the second field of ARNs.
var partitions = []string{"aws", "aws-cn", "aws-us-gov"}

// isAccount reports whether an id is the caller's account: its number or the ARN of its root.
func (c Caller) isAccount(id Text) truth.Truth {
	if c.Service != "" || c.Account == (Text{}) {
		return truth.No
	}
	number := c.Account.Text
	if c.Account.Unknown {
		number = UnknownMark
	}
	out := equal(id, c.Account)
	for _, partition := range partitions {
		out = truth.Or(out, equal(id, Known("arn:"+partition+":iam::"+number+":root")))
	}
	return out
}
