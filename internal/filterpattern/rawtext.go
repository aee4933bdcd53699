package filterpattern

import (
	"slices"
	"strings"
)

// Patterns that are not JSON read the raw text of the message. Nothing is
// known of that text beyond that it is one JSON object, which its writer may
// order, space and escape in many ways. But some texts stand there whatever
// the writer does: a string's characters, as long as JSON does not escape
// them, and the names of properties that are present. Hence
//
//	the raw text contains T  <=>  some place that the JSON patterns name
//	                              holds a string that contains T, or
//	                              some property on the way there has a name
//	                              that contains T, or
//	                              T stands elsewhere
//
// where "elsewhere" is an atom of its own, which nothing is known of. The
// equivalence holds by that atom's definition, so it may stand on both sides of
// a question. A proof that no event exists is a proof for every writer of JSON
// (with the atom false, T is at no place; with the atom true, nothing follows),
// and an event that is found counts only if Match confirms it on its text.

// terms translates a terms pattern; alternatives count as in terms.match.
func (v *vocabulary) terms(ts terms) formula {
	demanded, alternatives := all{}, oneOf{}
	for _, t := range ts {
		switch t.sign {
		case 0:
			demanded = append(demanded, v.contains(t.text))
		case '-':
			demanded = append(demanded, v.contains(t.text).negation())
		case '?':
			alternatives = append(alternatives, v.contains(t.text))
		}
	}
	if ts.alternatives() {
		return alternatives
	}
	return demanded
}

// line translates a space-delimited pattern. A single field takes the whole
// message, because the brace that a JSON object starts with groups no words.
// What several fields take depends on blanks, so they stay one question.
func (v *vocabulary) line(l line) formula {
	switch {
	case len(l) == 0 || len(l) == 1 && l[0].test == nil:
		return all{}
	case len(l) == 1:
		return translate(l[0].test, v.whole)
	}
	return v.asks("fits " + l.print(false))
}

// whole translates a condition on the whole message.
func (v *vocabulary) whole(c *condition) formula {
	f := v.equals(c)
	if f == nil {
		return v.asks("fits " + c.print(false))
	}
	if c.op == notEqual {
		return f.negation()
	}
	return f
}

// equals translates what = asks of the whole message, nil where it asks for
// more than a text inside.
func (v *vocabulary) equals(c *condition) formula {
	if c.value.kind == regexLiteral {
		return v.finds(c.value.regex)
	}
	parts := c.value.glob.parts
	switch last := len(parts) - 1; {
	case c.value.kind != textLiteral || last < 1 || parts[0] != "" || parts[last] != "":
		return nil
	case last == 1: // a star alone
		return all{}
	case last == 2:
		return v.contains(parts[1])
	}
	return v.stands(c.value, strings.Join(parts, ""), sprintf("contains something like %q", c.value.text))
}

// contains asks for a text; a star in it is a star.
func (v *vocabulary) contains(text string) formula {
	raw := sprintf("contains %q", text)
	if strings.Contains(text, "*") {
		return v.asks(raw)
	}
	return v.stands(newText("*"+text+"*"), text, raw)
}

// finds asks for a match of a regular expression.
func (v *vocabulary) finds(re *regex) formula {
	raw := sprintf("fits the regular expression %s", re.source)
	inner, err := re.inside()
	if err != nil {
		return v.asks(raw)
	}
	return v.stands(&literal{kind: regexLiteral, text: inner.source, regex: inner}, "", raw)
}

// stands spells out where something can stand. Its text must be plain, unless
// it is a regular expression that only finds plain ones. The list may be cut
// short where the budget ends, because the answer is Unknown then.
func (v *vocabulary) stands(l *literal, text, raw string) formula {
	if !isPlain(text) {
		return v.asks(raw)
	}
	if known, ok := v.stood[raw]; ok {
		return known
	}
	v.stood[raw] = v.spell(l, raw)
	return v.stood[raw]
}

func (v *vocabulary) spell(l *literal, raw string) formula {
	for _, place := range v.required {
		if slices.ContainsFunc(place.steps, l.fitsName) {
			return all{}
		}
	}
	found := oneOf{}
	for _, place := range v.places {
		if !v.budget.spend(1) {
			break
		}
		found = append(found, v.fact(&condition{selector: place, op: contains, value: l}))
		for i, step := range place.steps {
			if l.fitsName(step) {
				found = append(found, v.fact(&condition{selector: Selector{place.steps[:i+1]}, op: exists}))
			}
		}
	}
	return append(found, v.ask(atom{raw: raw + " elsewhere", text: l}))
}

func (l *literal) fitsName(s Step) bool { return s.Kind == Property && l.matchesText(s.Name) }

// asks is a question to the raw text that has no answer but its own.
func (v *vocabulary) asks(raw string) formula { return v.ask(atom{raw: raw}) }

func (v *vocabulary) ask(a atom) formula { return fact{v.intern("raw text "+a.raw, a), true} }

// isPlain reports whether no writer of JSON escapes a character of text: it is
// printable ASCII without what the format (quote, backslash) or careful writers
// (<, > and &) escape.
func isPlain(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !isPlainRune(r) }) < 0
}

func isPlainRune(r rune) bool {
	return ' ' <= r && r <= '~' && !strings.ContainsRune(`"\<>&`, r)
}
