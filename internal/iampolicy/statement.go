package iampolicy

import (
	"fmt"
	"strings"
)

// part is how one element of a statement answers, and what to say if it turns the request down.
type part struct {
	answer answer
	why    func() string
}

// judge says whether a statement applies to a request. The text is about the first element that does not, or, failing
// that, the first that is undecided; rank grows with how many elements held before it.
func (s Statement) judge(r Request, variables bool) (out answer, why string, rank int) {
	if s.Incomplete {
		return maybe, "cannot be seen as a whole", 0
	}
	parts := s.parts(r, variables)
	out = yes
	for i, p := range parts {
		switch {
		case p.answer == no:
			return no, p.why(), i
		case p.answer == maybe && out == yes:
			out, why, rank = maybe, p.why(), i
		}
	}
	if out == yes {
		rank = len(parts)
	}
	return out, why, rank
}

func (s Statement) parts(r Request, variables bool) []part {
	out := []part{
		about(s.principal(r.Principal), s.printPrincipals, r.Principal.String),
		about(s.action(r.Action), func() string { return printEither(s.Actions, s.NotActions) }, func() string { return r.Action }),
		about(s.resource(r, variables), func() string { return "the resource " + printEither(s.Resources, s.NotResources) },
			func() string { return printTexts(r.Resources) }),
	}
	for _, c := range s.Conditions {
		out = append(out, part{c.holds(r, variables), func() string { return c.explain(r) }})
	}
	return out
}

// about is the part of a statement that names things: what it is for, and what is asked.
func about(a answer, is, asked func() string) part {
	return part{a, func() string {
		if a == no {
			return fmt.Sprintf("is for %s, not for %s", is(), asked())
		}
		return fmt.Sprintf("is for %s; whether that covers %s cannot be seen", is(), asked())
	}}
}

func (s Statement) action(action string) answer {
	switch asked := Known(action); {
	case s.Actions != nil:
		return anyOf(s.Actions, func(t Text) answer { return likeFold(t, asked) })
	case s.NotActions != nil:
		return anyOf(s.NotActions, func(t Text) answer { return likeFold(t, asked) }).not()
	}
	return no
}

// resource: trust policies name none, and mean the role to which they belong.
func (s Statement) resource(r Request, variables bool) answer {
	matches := func(t Text) answer {
		if variables {
			t = r.expand(t)
		}
		return r.named(t)
	}
	switch {
	case s.Resources != nil:
		return anyOf(s.Resources, matches)
	case s.NotResources != nil:
		return anyOf(s.NotResources, matches).not()
	}
	return yes
}

// named says whether a pattern matches a thing that has several names: one name that surely matches is enough, and so
// is one that surely does not.
func (r Request) named(pattern Text) answer {
	pattern = r.plain(pattern)
	out := maybe
	for _, name := range r.Resources {
		switch like(pattern, r.plain(name)) {
		case yes:
			return yes
		case no:
			out = no
		}
	}
	if len(r.Resources) == 0 {
		return like(pattern, Text{Unknown: true})
	}
	return out
}

func anyOf(texts []Text, matches func(Text) answer) answer {
	out := no
	for _, t := range texts {
		out = or(out, matches(t))
	}
	return out
}

// explain says what a condition asks for and what the request has.
func (c Condition) explain(r Request) string {
	if _, known := parseOperator(c.Operator); !known {
		return fmt.Sprintf("has the condition operator %s, which is not known here", c.Operator)
	}
	values, present := r.presence(c.Key)
	has := "the request has no " + c.Key
	switch present {
	case yes:
		has = "in the request it is " + printTexts(values)
	case maybe:
		has = "whether the request has it is not known"
	}
	return fmt.Sprintf("asks for %s %s %s; %s", c.Key, c.Operator, printTexts(c.Values), has)
}

func (s Statement) printPrincipals() string {
	prefix, list := "", s.Principals
	if list == nil && s.NotPrincipals != nil {
		prefix, list = "everybody but ", s.NotPrincipals
	}
	var out []string
	for _, p := range list {
		if p.Type == "*" {
			out = append(out, "everybody")
			continue
		}
		out = append(out, p.Type+" "+printTexts(p.IDs))
	}
	if len(out) == 0 {
		return "nobody"
	}
	return prefix + strings.Join(out, ", ")
}

func printEither(texts, others []Text) string {
	if texts == nil && others != nil {
		return "everything but " + printTexts(others)
	}
	return printTexts(texts)
}

// printTexts lists up to five texts.
func printTexts(texts []Text) string {
	const most = 5
	out := make([]string, 0, most)
	for i, t := range texts {
		if i == most {
			out = append(out, fmt.Sprintf("%d more", len(texts)-most))
			break
		}
		out = append(out, t.String())
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}
