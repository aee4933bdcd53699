package main

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/truth"
)

// A patternAnswer is the output of pattern.
type patternAnswer struct {
	Pattern     string          `json:"pattern"` // in canonical form
	Kind        string          `json:"kind"`
	Explanation []string        `json:"explanation"`
	Controls    []controlAnswer `json:"controls"` // the asked one, or those that it is aimed at
}

type controlAnswer struct {
	Control string `json:"control"`
	Title   string `json:"title"`
	document.Coverage
	holds    bool     // a filter with this pattern does its part
	decisive []string // fields of an event that decide
}

func (p *program) writePattern(a patternAnswer, asJSON bool) error {
	if asJSON {
		return report.JSON(p.stdout, a)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n  %s pattern; ", terminal.Clean(a.Pattern), a.Kind)
	for i, line := range a.Explanation {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(terminal.Clean(line) + "\n")
	}
	if len(a.Controls) == 0 {
		b.WriteString("\nIt targets none of the controls.\n")
	}
	for _, c := range a.Controls {
		c.write(&b)
	}
	_, err := p.stdout.Write([]byte(b.String()))
	return err
}

func (c controlAnswer) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-7s  %s  %s\n", c.label(), c.Control, c.Title)
	switch {
	case c.Matches == "never":
		b.WriteString("  it can match none of these events: " + terminal.Clean(c.Loses) + "\n")
	case c.Aimed == truth.No:
		b.WriteString("  it is not about these events\n")
	}
	if c.Reason != "" {
		fmt.Fprintf(b, "  undecided: %s\n", terminal.Clean(c.Reason))
	}
	switch {
	case c.Lost != nil && c.Matches == "not-unrecorded":
		c.writeEvent(b, "it loses this event, which AWS is not known to write: "+c.Loses, c.Lost)
	case c.Lost != nil && c.Matches == "never":
		c.writeEvent(b, "it loses this event:", c.Lost)
	case c.Lost != nil:
		c.writeEvent(b, "it loses this event: "+c.Loses, c.Lost)
	}
	if len(c.Excludable) > 0 {
		b.WriteString(indented(config.ExclusionEntry(c.Excludable), "  "))
	}
	for _, field := range c.Enumerates {
		fmt.Fprintf(b, "  it lists the values of %s that are known today; AWS may add others\n", field)
	}
	if c.Differs != "" {
		fmt.Fprintf(b, "  AWS documents different patterns: %s\n", terminal.Clean(c.Differs))
	}
	switch c.Beyond {
	case "everyday":
		c.writeEvent(b, "it matches everyday events such as this one, so the alarm stays on: "+c.Gains, c.Extra)
	case "some":
		c.writeEvent(b, "it also matches other events, such as:", c.Extra)
	}
	for _, x := range c.Exclusions {
		fmt.Fprintf(b, "  it leaves out events that are declared exclusions: %s\n", terminal.Clean(x))
	}
}

// label sums the answer up in one word.
func (c controlAnswer) label() string {
	switch {
	case c.Matches == "unknown":
		return "UNKNOWN"
	case c.Aimed == truth.No || c.Matches != "all" && !c.holds:
		return "MISSES"
	case c.Beyond == "everyday":
		return "FLOODS"
	case !c.holds:
		return "DIFFERS"
	}
	return "COVERS"
}

// indented puts blanks before each line of a text.
func indented(text, by string) string {
	return by + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+by) + "\n"
}

func (c controlAnswer) writeEvent(b *strings.Builder, intro string, event map[string]any) {
	fmt.Fprintf(b, "  %s\n    %s\n", strings.TrimSuffix(terminal.Clean(intro), ": "), report.ShortEvent(event, c.decisive))
}
