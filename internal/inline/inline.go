// Package inline reads the language of waivers in code: a comment such as
//
//	# iacgate:ignore unauthorized-api-calls until=2027-01-31 SEC-1234
//
// names controls, joined by commas, and gives a reason; until, owner and ticket are
// optional and may be anywhere after the controls. It also reads the words of a
// waiver that another notation keeps apart.
//
// It does not find comments and does not know what they are about: the readers of
// code do. Which controls exist, and which day it is, is known downstream.
package inline

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/resource"
)

// Marker is the beginning of every such comment. Code without it has none.
const Marker = "iacgate:"

// MaxInFile bounds the waivers in one file: readers look for the place of each.
const MaxInFile = 200

// TooMany takes the place of the first waiver beyond the limit.
func TooMany(at resource.Position) *resource.InlineWaiver {
	return &resource.InlineWaiver{Position: at, Problem: fmt.Sprintf("more than %d waivers in one file", MaxInFile), Hint: "accept so much in .iacgate.yaml"}
}

const directive = "ignore"

// Example is a valid comment.
const Example = "iacgate:ignore unauthorized-api-calls until=2027-01-31 the reason"

// Parse reads the text of one line of a comment, without what marks it as one.
// Text that does not begin as a waiver is prose, unless it nearly does. What
// cannot be read has a Problem.
func Parse(text string, at resource.Position) []*resource.InlineWaiver {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), Marker)
	if !ok {
		return nil
	}
	words := strings.Fields(rest)
	if len(words) == 0 {
		return nil
	}
	if words[0] != directive {
		if _, near := nearest.To(words[0], []string{directive}); !near {
			return nil
		}
		return []*resource.InlineWaiver{{Position: at, Problem: "unknown " + Marker + words[0], Hint: "did you mean " + Marker + directive + "?"}}
	}
	var w Words
	w.Control, words = controls(words[1:])
	var reason []string
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		if !ok || name == "" || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz_") != "" {
			reason = append(reason, word)
			continue
		}
		if problem, hint := w.set(name, value); problem != "" {
			return []*resource.InlineWaiver{{Position: at, Problem: problem, Hint: hint}}
		}
	}
	w.Reason = strings.Join(reason, " ")
	return w.InlineWaivers(at)
}

// controls takes the names of controls, joined by commas with or without blanks,
// from the beginning of a comment.
func controls(words []string) (names string, rest []string) {
	for i, word := range words {
		names += word
		if !strings.HasSuffix(word, ",") && (i+1 == len(words) || !strings.HasPrefix(words[i+1], ",")) {
			return names, words[i+1:]
		}
	}
	return names, nil
}

// Keys are the words that a waiver has, as other notations name them.
var Keys = []string{"control", "until", "reason", "owner", "ticket"}

// Words are the parts of a waiver before they are checked.
type Words struct{ Control, Until, Reason, Owner, Ticket string }

func (w *Words) set(name, value string) (problem, hint string) {
	known := []string{"until", "owner", "ticket"}
	field := map[string]*string{"until": &w.Until, "owner": &w.Owner, "ticket": &w.Ticket}[name]
	switch {
	case field == nil:
		near, ok := nearest.To(name, known)
		if strings.HasPrefix(name, "expire") {
			near, ok = "until", true
		}
		if !ok {
			return "unknown " + name + "=", "a reason cannot contain =; known: until=, owner= and ticket="
		}
		return "unknown " + name + "=", "did you mean " + near + "=?"
	case *field != "":
		return name + "= is given twice", ""
	case value == "":
		return name + "= has no value", ""
	}
	*field = value
	return "", ""
}

// InlineWaivers makes a waiver for each control, or one that says what is wrong.
func (w Words) InlineWaivers(at resource.Position) []*resource.InlineWaiver {
	wrong := func(problem, hint string) []*resource.InlineWaiver {
		return []*resource.InlineWaiver{{Position: at, Problem: problem, Hint: hint}}
	}
	var until time.Time
	if w.Until != "" {
		var err error
		if until, err = time.Parse(time.DateOnly, w.Until); err != nil {
			return wrong("until is not a date", "write year, month and day: 2027-01-31")
		}
	}
	switch {
	case strings.Trim(w.Control, ", ") == "":
		return wrong("no control is named", "write "+Example)
	case !strings.ContainsFunc(w.Reason, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }):
		return wrong("a reason is missing", "write "+Example)
	}
	var all []*resource.InlineWaiver
	for name := range strings.SplitSeq(w.Control, ",") {
		if name = strings.TrimSpace(name); name == "all" {
			name = "*"
		}
		if name == "" {
			return wrong("a comma without a control", "write "+Example)
		}
		all = append(all, &resource.InlineWaiver{Control: name, Until: until, Reason: w.Reason, Owner: w.Owner, Ticket: w.Ticket, Position: at})
	}
	return all
}
