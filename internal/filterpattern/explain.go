package filterpattern

import (
	"slices"
	"strings"
)

// Explain says in plain words when an event matches, one line per condition,
// alternatives and nested conditions indented.
func (p *Pattern) Explain() []string {
	o := &outline{}
	p.body.explain(o)
	return o.lines
}

func (d Document) explain(o *outline) {
	if value, ok := d.Expr.(Constant); ok {
		o.addConstant(bool(value))
		return
	}
	o.addLine("an event matches when:")
	o.list(d.Expr)
}

func (o *outline) addConstant(value bool) {
	if value {
		o.addLine("every event that is a JSON object matches")
	} else {
		o.addLine("no event matches")
	}
}

func (p Search) explain(o *outline) {
	o.addLine("a message matches when it contains something that fits the regular expression %s", p.Source)
}

func (ts TermList) explain(o *outline) {
	o.addLine("a message matches when:")
	alternatives := ts.Alternatives()
	var lines []string
	for _, t := range ts {
		switch {
		case t.Sign == '-':
			lines = append(lines, sprintf("it does not contain %q", t.Text))
		case t.Sign == 0 || alternatives:
			lines = append(lines, sprintf("it contains %q", t.Text))
		}
	}
	if alternatives {
		o.bullets(lines, ", or")
	} else {
		o.bullets(lines, ", and")
	}
	if ignored := ts.ignored(); len(ignored) > 0 {
		o.addLine("AWS ignores %s: alternatives count only where every term is one", strings.Join(ignored, " "))
	}
}

// ignored returns the ? terms of a pattern that has other terms, too.
func (ts TermList) ignored() []string {
	var ignored []string
	for _, t := range ts {
		if t.Sign == '?' && !ts.Alternatives() {
			ignored = append(ignored, TermList{t}.print(false))
		}
	}
	return ignored
}

func (l Line) explain(o *outline) {
	var tests []Expr
	for _, f := range l {
		if f.Test != nil {
			tests = append(tests, f.Test)
		}
	}
	switch words := l.words(); {
	case len(tests) == 0 && words == 0:
		o.addLine("every event matches")
	case len(tests) == 0:
		o.addLine("a message of at least %s matches", count(words))
	case len(l) == 1:
		o.addLine("a message matches when, %s being all of it:", l[0].Name)
		o.list(conjunction(tests...))
	default:
		o.addLine("a message of at least %s matches when:", count(words))
		o.list(conjunction(tests...))
	}
}

// words counts the words between blanks that the pattern asks for.
func (l Line) words() int {
	n := 0
	for _, f := range l {
		if !f.Ellipsis {
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

func (c *Condition) explain() string {
	if c.Field != "" {
		return c.Field + " " + strings.TrimPrefix(c.verb(), "is present and ")
	}
	name := c.subject()
	i := c.Selector.WildcardIndex()
	switch {
	case c.Op == NotEqual && i < 0 && c.Value.fitsAll():
		return sprintf("never: every text and number at %s fits %q", name, c.Value.Text)
	case i < 0:
		return name + " " + c.verb()
	case c.Op == NotExists:
		return name + " selects nothing"
	case c.Op == NotEqual:
		opposite := Condition{Op: Equal, Value: c.Value}
		container := strings.TrimPrefix(c.Selector[:i].String(), "$.")
		return sprintf("%s is present and none of %s %s", container, name, opposite.verb())
	}
	return sprintf("any of %s %s", name, c.verb())
}

// verb says what the condition asks of a value. Comparisons are false on
// absent fields, which is worth saying for != alone.
func (c *Condition) verb() string {
	switch c.Op {
	case Equal:
		return c.Value.verb(false)
	case NotEqual:
		return "is present and " + c.Value.verb(true)
	case Less:
		return "is a number below " + c.Value.Text
	case LessEqual:
		return "is a number of at most " + c.Value.Text
	case Greater:
		return "is a number above " + c.Value.Text
	case GreaterEqual:
		return "is a number of at least " + c.Value.Text
	case IsNull:
		return "is null"
	case IsTrue:
		return "is true"
	case IsFalse:
		return "is false"
	case NotExists:
		return "is absent"
	}
	return "is present"
}

// verb says what fits the literal, or what does not.
func (l *Literal) verb(negated bool) string {
	is, s := "is ", func(verb string) string { return verb + "s" }
	if negated {
		is, s = "is not ", func(verb string) string { return "does not " + verb }
	}
	switch l.Kind {
	case NumberLiteral:
		return is + l.Text
	case RegexpLiteral:
		return s("fit") + " the regular expression " + l.Text
	}
	parts := l.Parts()
	first, last := parts[0], parts[len(parts)-1]
	switch {
	case len(parts) == 1:
		return is + sprintf("%q", l.Text)
	case l.fitsAll():
		return is + "a text or a number"
	case len(parts) == 2 && last == "":
		return s("start") + sprintf(" with %q", first)
	case len(parts) == 2 && first == "":
		return s("end") + sprintf(" in %q", last)
	case len(parts) == 3 && first == "" && last == "":
		return s("contain") + sprintf(" %q", parts[1])
	}
	return is + sprintf("like %q, where * is any text", l.Text)
}

// fitsAll reports whether the literal is nothing but stars.
func (l *Literal) fitsAll() bool {
	return l.Kind == TextLiteral && l.Text != "" && strings.Trim(l.Text, "*") == ""
}

// subject names what the condition looks at.
func (c *Condition) subject() string {
	if c.Field != "" {
		return c.Field
	}
	return strings.TrimPrefix(c.Selector.String(), "$.")
}

// list says a formula: the operands of its outermost connective as bullets,
// inner ones below them.
func (o *outline) list(x Expr) {
	operands, link := []Expr{x}, ""
	switch x := x.(type) {
	case And:
		operands, link = x, ", and"
	case Or:
		operands, link = x, ", or"
	}
	o.depth++
	defer func() { o.depth-- }()
	for len(operands) > 0 {
		n := 1
		if link != ", and" {
			n = max(1, choices(operands))
		}
		if n == len(operands) {
			link = ""
		}
		o.item(operands[:n], link)
		operands = operands[n:]
	}
}

// item says one operand, or several alternatives for one field at once.
func (o *outline) item(operands []Expr, link string) {
	x := operands[0]
	if alternatives, ok := x.(Or); ok && len(operands) == 1 && choices(alternatives) == len(alternatives) {
		x, operands = alternatives[0], alternatives
	}
	switch x := x.(type) {
	case *Condition:
		o.wrap(append([]string{x.explain()}, texts(operands[1:])...), link)
		return
	case And:
		o.addLine("- all of these hold:")
	case Or:
		o.addLine("- one of these holds:")
	}
	o.list(x)
	if link != "" {
		o.lines[len(o.lines)-1] += strings.Replace(link, ",", ";", 1)
	}
}

// choices counts the operands that ask for other texts in the place that the
// first one looks at.
func choices(operands []Expr) int {
	subject := ""
	n := slices.IndexFunc(operands, func(x Expr) bool {
		c, ok := x.(*Condition)
		if !ok || c.Op != Equal || c.Value.Kind != TextLiteral || !c.Value.IsExact() {
			return true
		}
		if subject == "" {
			subject = c.subject()
		}
		return subject != c.subject()
	})
	if n < 0 {
		return len(operands)
	}
	return n
}

// texts quotes what conditions compare with.
func texts(operands []Expr) []string {
	var quoted []string
	for _, x := range operands {
		if c, ok := x.(*Condition); ok {
			quoted = append(quoted, sprintf("%q", c.Value.Text))
		}
	}
	return quoted
}
