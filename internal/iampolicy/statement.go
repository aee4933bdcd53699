package iampolicy

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/truth"
)

// part is how one element of a statement answers, and what to say if it turns the request down.
type part struct {
	holds truth.Truth
	why   func() string
}

// applies reports whether a statement applies to a request. The text is about the first element that does not, or, failing
// that, the first that is undecided; rank grows with how many elements held before it.
func (s Statement) applies(r Request, variables bool) (out truth.Truth, why string, rank int) {
	if s.Incomplete {
		return truth.Unknown, "cannot be seen as a whole", 0
	}
	parts := s.parts(r, variables)
	out = truth.Yes
	for i, p := range parts {
		switch {
		case p.holds == truth.No:
			return truth.No, p.why(), i
		case p.holds == truth.Unknown && out == truth.Yes:
			out, why, rank = truth.Unknown, p.why(), i
		}
	}
	if out == truth.Yes {
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

// about returns the part of a statement that names things: what it is for, and what is asked.
func about(a truth.Truth, is, asked func() string) part {
	return part{a, func() string {
		if a == truth.No {
			return fmt.Sprintf("is for %s, not for %s", is(), asked())
		}
		return fmt.Sprintf("is for %s; whether that covers %s cannot be seen", is(), asked())
	}}
}

func (s Statement) action(action string) truth.Truth {
	switch asked := Known(action); {
	case s.Actions != nil:
		return anyOf(s.Actions, func(t Text) truth.Truth { return likeFold(t, asked) })
	case s.NotActions != nil:
		return anyOf(s.NotActions, func(t Text) truth.Truth { return likeFold(t, asked) }).Not()
	}
	return truth.No
}

// resource: trust policies name none, and mean the role to which they belong.
func (s Statement) resource(r Request, variables bool) truth.Truth {
	matches := func(t Text) truth.Truth {
		if variables {
			t = r.expand(t)
		}
		return r.matchesResource(t)
	}
	switch {
	case s.Resources != nil:
		return anyOf(s.Resources, matches)
	case s.NotResources != nil:
		return anyOf(s.NotResources, matches).Not()
	}
	return truth.Yes
}

// matchesResource reports whether a pattern matches a thing that has several names: one name that surely matches is enough, and so
// is one that surely does not.
func (r Request) matchesResource(pattern Text) truth.Truth {
	pattern = r.plain(pattern)
	out := truth.Unknown
	for _, name := range r.Resources {
		switch like(pattern, r.plain(name)) {
		case truth.Yes:
			return truth.Yes
		case truth.No:
			out = truth.No
		}
	}
	if len(r.Resources) == 0 {
		return like(pattern, Text{Unknown: true})
	}
	return out
}

func anyOf(texts []Text, matches func(Text) truth.Truth) truth.Truth {
	out := truth.No
	for _, t := range texts {
		out = truth.Or(out, matches(t))
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
	case truth.Yes:
		has = "in the request it is " + printTexts(values)
	case truth.Unknown:
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
