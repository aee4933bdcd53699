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
		return anyOf(p.IDs, func(id Text) answer { return or(wildcard(id), equal(id, Known(c.Service))) })
	}
	return no
}

// wildcard says whether an id is "*". What is an attribute of a resource or of a data source is none.
func wildcard(id Text) answer {
	if id.Unknown && (strings.HasPrefix(id.Symbol, "aws_") || strings.HasPrefix(id.Symbol, "data.aws_")) {
		return no
	}
	return equal(id, Known("*"))
}

// isAccount says whether an id is the caller's account: its number or the ARN of its root.
func (c Caller) isAccount(id Text) answer {
	if c.Service != "" || c.Account == (Text{}) {
		return no
	}
	if c.Account.Unknown {
		return equal(id, c.Account)
	}
	root := Known("arn:" + Hole + ":iam::" + c.Account.Text + ":root")
	out := equal(id, c.Account)
	if arn, known := literal(id); known && strings.HasPrefix(arn, "arn:") && equal(root, id) != no {
		return or(out, equal(Known(accountOf(arn)), c.Account))
	}
	return or(out, and(maybe, equal(root, id)))
}

// accountOf is the fifth field of an ARN.
func accountOf(arn string) string {
	fields := strings.SplitN(arn, ":", 6)
	if len(fields) < 6 {
		return ""
	}
	return fields[4]
}
