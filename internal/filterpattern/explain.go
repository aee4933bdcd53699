package filterpattern

import "strings"

// Explain says in plain words when an event matches, one line per condition,
// alternatives and nested conditions indented.
func (p *Pattern) Explain() []string {
	o := &outline{}
	p.body.explain(o)
	return o.lines
}

func (d document) explain(o *outline) {
	if value, ok := d.expr.(constant); ok {
		o.sayConstant(bool(value))
		return
	}
	o.say("an event matches when:")
	o.list(d.expr)
}

func (o *outline) sayConstant(value bool) {
	if value {
		o.say("every event that is a JSON object matches")
	} else {
		o.say("no event matches")
	}
}

func (p search) explain(o *outline) {
	o.say("a message matches when it contains something that fits the regular expression %s", p.source)
}

func (ts terms) explain(o *outline) {
	o.say("a message matches when:")
	alternatives := ts.alternatives()
	var lines []string
	for _, t := range ts {
		switch {
		case t.sign == '-':
			lines = append(lines, sprintf("it does not contain %q", t.text))
		case t.sign == 0 || alternatives:
			lines = append(lines, sprintf("it contains %q", t.text))
		}
	}
	if alternatives {
		o.bullets(lines, ", or")
	} else {
		o.bullets(lines, ", and")
	}
	if ignored := ts.ignored(); len(ignored) > 0 {
		o.say("AWS ignores %s: alternatives count only where every term is one", strings.Join(ignored, " "))
	}
}

// ignored returns the ? terms that stand beside other terms.
func (ts terms) ignored() []string {
	var ignored []string
	for _, t := range ts {
		if t.sign == '?' && !ts.alternatives() {
			ignored = append(ignored, terms{t}.print(false))
		}
	}
	return ignored
}

func (l line) explain(o *outline) {
	var tests []expr
	for _, f := range l {
		if f.test != nil {
			tests = append(tests, f.test)
		}
	}
	switch words := l.words(); {
	case len(tests) == 0 && words == 0:
		o.say("every event matches")
	case len(tests) == 0:
		o.say("a message of at least %s matches", count(words))
	case len(l) == 1:
		o.say("a message matches when, %s being all of it:", l[0].name)
		o.list(conjunction(tests...))
	default:
		o.say("a message of at least %s matches when:", count(words))
		o.list(conjunction(tests...))
	}
}

// words counts the words between blanks that the pattern asks for.
func (l line) words() int {
	n := 0
	for _, f := range l {
		if !f.ellipsis {
			n++
		}
	}
	return n
}

func count(words int) string {
	if words == 1 {
		return "one word"
	}
	return sprintf("%d words", words)
}

func (c *condition) explain() string {
	if c.field != "" {
		return c.field + " " + strings.TrimPrefix(c.verb(), "is present and ")
	}
	name := c.subject()
	i := c.selector.wildcard()
	switch {
	case c.op == notEqual && i < 0 && c.value.fitsAll():
		return sprintf("never: every text and number at %s fits %q", name, c.value.text)
	case i < 0:
		return name + " " + c.verb()
	case c.op == notExists:
		return name + " selects nothing"
	case c.op == notEqual:
		opposite := condition{op: equal, value: c.value}
		container := strings.TrimPrefix(Selector{c.selector.steps[:i]}.String(), "$.")
		return sprintf("%s is present and none of %s %s", container, name, opposite.verb())
	}
	return sprintf("any of %s %s", name, c.verb())
}

// verb says what the condition asks of a value. Comparisons are false on
// absent fields, which is worth saying for != alone.
func (c *condition) verb() string {
	switch c.op {
	case equal:
		return c.value.verb(false)
	case notEqual:
		return "is present and " + c.value.verb(true)
	case less:
		return "is a number below " + c.value.text
	case lessEqual:
		return "is a number of at most " + c.value.text
	case greater:
		return "is a number above " + c.value.text
	case greaterEqual:
		return "is a number of at least " + c.value.text
	case isNull:
		return "is null"
	case isTrue:
		return "is true"
	case isFalse:
		return "is false"
	case notExists:
		return "is absent"
	}
	return "is present"
}

// verb says what fits the literal, or what does not.
func (l *literal) verb(negated bool) string {
	is, s := "is ", func(verb string) string { return verb + "s" }
	if negated {
		is, s = "is not ", func(verb string) string { return "does not " + verb }
	}
	switch l.kind {
	case numberLiteral:
		return is + l.text
	case regexLiteral:
		return s("fit") + " the regular expression " + l.text
	}
	parts := l.glob.parts
	first, last := parts[0], parts[len(parts)-1]
	switch {
	case len(parts) == 1:
		return is + sprintf("%q", l.text)
	case l.fitsAll():
		return is + "a text or a number"
	case len(parts) == 2 && last == "":
		return s("start") + sprintf(" with %q", first)
	case len(parts) == 2 && first == "":
		return s("end") + sprintf(" in %q", last)
	case len(parts) == 3 && first == "" && last == "":
		return s("contain") + sprintf(" %q", parts[1])
	}
	return is + sprintf("like %q, where * is any text", l.text)
}

// fitsAll reports whether the literal is nothing but stars.
func (l *literal) fitsAll() bool {
	return l.kind == textLiteral && l.text != "" && strings.Trim(l.text, "*") == ""
}

// subject names what the condition looks at.
func (c *condition) subject() string {
	if c.field != "" {
		return c.field
	}
	return strings.TrimPrefix(c.selector.String(), "$.")
}
