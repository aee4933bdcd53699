package cover

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// formula translates a pattern.
func (v *vocabulary) formula(b filterpattern.Body) formula {
	switch b := b.(type) {
	case filterpattern.Empty:
		return all{}
	case filterpattern.Document:
		return translate(b.Expr, func(c *filterpattern.Condition) formula { return v.fact(c) })
	case filterpattern.TermList:
		return v.terms(b)
	case filterpattern.Search:
		return v.finds(b.Regexp)
	case filterpattern.Line:
		return v.line(b)
	}
	return oneOf{}
}

// translate keeps the formula's shape and asks leaf for its conditions.
func translate(x filterpattern.Expr, leaf func(*filterpattern.Condition) formula) formula {
	switch x := x.(type) {
	case filterpattern.And:
		f := make(all, len(x))
		for i, operand := range x {
			f[i] = translate(operand, leaf)
		}
		return f
	case filterpattern.Or:
		f := make(oneOf, len(x))
		for i, operand := range x {
			f[i] = translate(operand, leaf)
		}
		return f
	case *filterpattern.Condition:
		return leaf(x)
	case filterpattern.Constant:
		if x {
			return all{}
		}
	}
	return oneOf{}
}

// Patterns that are not JSON read the raw text of the message. Nothing is
// known of that text beyond that it is one JSON object, which its writer may
// order, space and escape in many ways. But some texts are there whatever
// the writer does: a string's characters, as long as JSON does not escape
// them, and the names of properties that are present. Hence
//
//	the raw text contains T  <=>  some place that the JSON patterns name
//	                              holds a string that contains T, or
//	                              some property on the way there has a name
//	                              that contains T, or
//	                              T is elsewhere
//
// where "elsewhere" is an atom of its own, which nothing is known of. The
// equivalence holds by that atom's definition, so it may be used on both sides of
// a question. A proof that no event exists is a proof for every writer of JSON
// (with the atom false, T is at no place; with the atom true, nothing follows),
// and an event that is found counts only if Match confirms it on its text.

// terms translates a terms pattern; alternatives count as in terms.match.
func (v *vocabulary) terms(ts filterpattern.TermList) formula {
	demanded, alternatives := all{}, oneOf{}
	for _, t := range ts {
		switch t.Sign {
		case 0:
			demanded = append(demanded, v.contains(t.Text))
		case '-':
			demanded = append(demanded, v.contains(t.Text).negation())
		case '?':
			alternatives = append(alternatives, v.contains(t.Text))
		}
	}
	if ts.Alternatives() {
		return alternatives
	}
	return demanded
}

// line translates a space-delimited pattern. A single field takes the whole
// message, because the brace that a JSON object starts with groups no words.
// What several fields take depends on blanks, so they stay one question.
func (v *vocabulary) line(l filterpattern.Line) formula {
	switch {
	case len(l) == 0 || len(l) == 1 && l[0].Test == nil:
		return all{}
	case len(l) == 1:
		return translate(l[0].Test, v.whole)
	}
	return v.opaque("fits " + l.String())
}

// whole translates a condition on the whole message.
func (v *vocabulary) whole(c *filterpattern.Condition) formula {
	f := v.wholeEquals(c)
	if f == nil {
		return v.opaque("fits " + c.String())
	}
	if c.Op == filterpattern.NotEqual {
		return f.negation()
	}
	return f
}

// wholeEquals translates what = asks of the whole message, nil if it asks for
// more than a text inside.
func (v *vocabulary) wholeEquals(c *filterpattern.Condition) formula {
	if c.Value.Kind == filterpattern.RegexpLiteral {
		return v.finds(c.Value.Regexp)
	}
	parts := c.Value.Parts()
	switch last := len(parts) - 1; {
	case c.Value.Kind != filterpattern.TextLiteral || last < 1 || parts[0] != "" || parts[last] != "":
		return nil
	case last == 1: // a star alone
		return all{}
	case last == 2:
		return v.contains(parts[1])
	}
	return v.foundIn(c.Value, strings.Join(parts, ""), fmt.Sprintf("contains something like %q", c.Value.Text))
}

// contains asks for a text; a star in it is a star.
func (v *vocabulary) contains(text string) formula {
	raw := fmt.Sprintf("contains %q", text)
	if strings.Contains(text, "*") {
		return v.opaque(raw)
	}
	return v.foundIn(filterpattern.NewText("*"+text+"*"), text, raw)
}

// finds asks for a match of a regular expression.
func (v *vocabulary) finds(re *filterpattern.Regexp) formula {
	raw := fmt.Sprintf("fits the regular expression %s", re.Source)
	inner, err := inside(re)
	if err != nil {
		return v.opaque(raw)
	}
	return v.foundIn(inner, "", raw)
}

// foundIn spells out where something can be. Its text must be plain, unless
// it is a regular expression that only finds plain ones. The list may be cut
// short where the budget ends, because the answer is Unknown then.
func (v *vocabulary) foundIn(l *filterpattern.Literal, text, raw string) formula {
	if !isPlain(text) {
		return v.opaque(raw)
	}
	if known, ok := v.spelled[raw]; ok {
		return known
	}
	v.spelled[raw] = v.spellOut(l, raw)
	return v.spelled[raw]
}

func (v *vocabulary) spellOut(l *filterpattern.Literal, raw string) formula {
	named := func(s filterpattern.Step) bool { return s.Kind == filterpattern.Property && l.Matches(s.Name) }
	for _, place := range v.required {
		if slices.ContainsFunc(place, named) {
			return all{}
		}
	}
	found := oneOf{}
	for _, place := range v.places {
		if !v.budget.spend(1) {
			break
		}
		found = append(found, v.fact(&filterpattern.Condition{Selector: place, Op: filterpattern.Contains, Value: l}))
		for i, step := range place {
			if named(step) {
				found = append(found, v.fact(&filterpattern.Condition{Selector: place[:i+1], Op: filterpattern.Exists}))
			}
		}
	}
	return append(found, v.question(atom{raw: raw + " elsewhere", text: l}))
}

// opaque returns a question to the raw text that has no answer but its own.
func (v *vocabulary) opaque(raw string) formula { return v.question(atom{raw: raw}) }

func (v *vocabulary) question(a atom) formula { return fact{v.intern("raw text "+a.raw, a), true} }
