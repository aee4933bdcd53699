package iampolicy

import "strings"

// A step is a character that a text may have at a place, and if many any number of them.
type step struct {
	set    func(rune) bool // nil is any character
	char   rune            // the only one, where set is nil and it is not 0
	unique string          // a character that nothing else has: of a name that AWS makes up for one thing
	many   bool
}

func (s step) overlaps(o step) bool {
	switch {
	case s.unique != "" && o.unique != "":
		return s.unique == o.unique
	case s.unique != "":
		return o.isAny()
	case o.unique != "":
		return s.isAny()
	case s.char != 0 && o.char != 0:
		return s.char == o.char
	case s.char != 0:
		return o.set == nil || o.set(s.char)
	case o.char != 0:
		return s.set == nil || s.set(o.char)
	}
	return true // two sets: taken to have a character in common
}

func (s step) isAny() bool { return s.set == nil && s.char == 0 && s.unique == "" }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
func isLower(r rune) bool { return 'a' <= r && r <= 'z' }

// isRune is every character that is not unique to a name.
func isRune(rune) bool { return true }

func isLabel(r rune) bool { return isLower(r) || isDigit(r) || r == '-' || r == '.' }

// domain returns the possible values of an unknown part, by its name, or a larger set: an account is twelve digits and
// not a wildcard, and a name that AWS generates is not a literal, though a policy may contain its beginning.
// https://docs.aws.amazon.com/general/latest/gr/rande.html has the regions.
func domain(name string) []step {
	what, _, _ := strings.Cut(name, " of ")
	what, _, _ = strings.Cut(what, " for ")
	switch {
	case what == name:
	case what == "account":
		return repeated(step{set: isDigit}, 12)
	case what == "region": // eu-west-1, us-gov-east-1
		return []step{{set: isLower}, {set: isLower}, {set: isLabel, many: true}, {char: '-'}, {set: isDigit}, {set: isDigit, many: true}}
	case what == "partition":
		return []step{{char: 'a'}, {char: 'w'}, {char: 's'}, {set: isLabel, many: true}}
	case what == "suffix": // amazonaws.com, c2s.ic.gov
		return []step{{set: isLower}, {set: isLabel, many: true}}
	case what == "generated name":
		return []step{{set: isRune, many: true}, {unique: name}, {set: isRune, many: true}}
	}
	if strings.HasPrefix(name, "aws_") || strings.HasPrefix(name, "data.aws_") {
		return []step{{set: isNoWildcard, many: true}} // AWS does not name anything with a wildcard
	}
	return []step{{many: true}}
}

func isNoWildcard(r rune) bool { return r != '*' && r != '?' }

// isPlain reports whether an unknown part never holds a wildcard.
func isPlain(name string) bool {
	for _, s := range domain(name) {
		if s.isAny() {
			return false
		}
	}
	return true
}

// plain marks the unknown parts of a text that hold no wildcard because AWS does not allow any in that kind of name.
func (r Request) plain(t Text) Text {
	for _, name := range r.Plain {
		t.Text = strings.ReplaceAll(t.Text, SymbolMark(name), SymbolMark("aws_ "+name))
	}
	return t
}

func repeated(s step, n int) []step {
	all := make([]step, n)
	for i := range all {
		all[i] = s
	}
	return all
}

func steps(elements []element) []step {
	all := make([]step, 0, len(elements))
	for _, e := range elements {
		switch e.kind {
		case unknownPart:
			all = append(all, domain(e.name)...)
		case anyRun:
			all = append(all, step{many: true})
		case anyChar:
			all = append(all, step{})
		default:
			all = append(all, step{char: e.char})
		}
	}
	return all
}

// possible lets unknown parts on both sides be any text of their domain, independent of each other, and reports whether
// pattern and value can be equal. It is false only if no values match.
func possible(pattern, value []element) bool {
	a, b := steps(pattern), steps(value)
	// row[j] reports whether a[i:] and b[j:] may be equal, next the same of a[i+1:].
	row, next := make([]bool, len(b)+1), make([]bool, len(b)+1)
	for i := len(a); i >= 0; i-- {
		for j := len(b); j >= 0; j-- {
			row[j] = agree(a, b, i, j, row, next)
		}
		row, next = next, row
	}
	return next[0]
}

func agree(a, b []step, i, j int, row, next []bool) bool {
	endA, endB := i == len(a), j == len(b)
	switch {
	case endA && endB:
		return true
	case endA:
		return b[j].many && row[j+1]
	case endB:
		return a[i].many && next[j]
	case a[i].many && next[j], b[j].many && row[j+1]:
		return true
	case !a[i].overlaps(b[j]), a[i].many && b[j].many: // two of many are left as they are, or one of them ended above
		return false
	case a[i].many:
		return row[j+1]
	case b[j].many:
		return next[j]
	}
	return next[j+1]
}
