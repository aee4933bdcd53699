package iampolicy

import "strings"

// principal says whether a statement is about the caller.
//
// A service principal is matched by its own name, and by the wildcards: the default policy of an SNS topic admits
// AWS "*" under conditions, and alarms publish through it. Principals of other kinds, account roots among them, are
// never services.
func (s Statement) principal(c Caller) answer {
	switch {
	case s.Principals != nil:
		return anyPrincipal(s.Principals, c)
	case s.NotPrincipals != nil:
		return anyPrincipal(s.NotPrincipals, c).not()
	}
	return sure(c == Caller{})
}

func anyPrincipal(list []Principal, c Caller) answer {
	out := no
	for _, p := range list {
		out = or(out, p.is(c))
	}
	return out
}

func (p Principal) is(c Caller) answer {
	switch {
	case p.Type == "*":
		return yes
	case p.Type == "AWS":
		return anyOf(p.IDs, func(id Text) answer { return or(wildcard(id), c.isAccount(id)) })
	case p.Type == "Service" && c.Service != "":
		return anyOf(p.IDs, func(id Text) answer { return or(wildcard(id), isService(id, c.Service)) })
	}
	return no
}

// isService says whether an id is a service. Its domain may be that of a stack or provider, which is amazonaws.com or
// amazonaws.com.cn: the service is the same.
func isService(id Text, service string) answer {
	if name, isSuffix := strings.CutSuffix(id.Text, string(holeClose)); isSuffix {
		if at := strings.LastIndex(name, string(holeOpen)); strings.HasPrefix(name[max(at, 0):], string(holeOpen)+"suffix ") {
			id = Known(name[:at] + "amazonaws.com")
		}
	}
	return equal(id, Known(service))
}

// wildcard says whether an id is "*". What is an attribute of a resource or of a data source is none.
func wildcard(id Text) answer {
	if id.Unknown && (strings.HasPrefix(id.Symbol, "aws_") || strings.HasPrefix(id.Symbol, "data.aws_")) {
		return no
	}
	return equal(id, Known("*"))
}

// partitions of AWS, the second field of ARNs.
var partitions = []string{"aws", "aws-cn", "aws-us-gov"}

// isAccount says whether an id is the caller's account: its number or the ARN of its root.
func (c Caller) isAccount(id Text) answer {
	if c.Service != "" || c.Account == (Text{}) {
		return no
	}
	number := c.Account.Text
	if c.Account.Unknown {
		number = Hole
	}
	out := equal(id, c.Account)
	for _, partition := range partitions {
		out = or(out, equal(id, Known("arn:"+partition+":iam::"+number+":root")))
	}
	return out
}
