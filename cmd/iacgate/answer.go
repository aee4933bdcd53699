package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/analysis"
)

// patternAnswer is what pattern says of a pattern.
type patternAnswer struct {
	Pattern     string          `json:"pattern"` // in canonical form
	Kind        string          `json:"kind"`
	Explanation []string        `json:"explanation"`
	Controls    []controlAnswer `json:"controls"` // the asked one, or those that it is aimed at
}

type controlAnswer struct {
	Control string `json:"control"`
	Title   string `json:"title"`
	analysis.Coverage
}

func (p *program) writePattern(a patternAnswer, asJSON bool) error {
	if asJSON {
		return p.writeJSON(a)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n  %s pattern; ", printable(a.Pattern), a.Kind)
	for i, line := range a.Explanation {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(printable(line) + "\n")
	}
	if len(a.Controls) == 0 {
		b.WriteString("\nIt is aimed at none of the controls.\n")
	}
	for _, c := range a.Controls {
		c.write(&b)
	}
	_, err := p.stdout.Write([]byte(b.String()))
	return err
}

func (c controlAnswer) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-7s  %s  %s\n", c.word(), c.Control, c.Title)
	switch {
	case c.Never:
		b.WriteString("  it can match none of these events\n")
	case c.Aimed == "no":
		b.WriteString("  it is not about these events\n")
	}
	if c.Reason != "" {
		fmt.Fprintf(b, "  undecided: %s\n", printable(c.Reason))
	}
	if c.Lost != nil {
		known := "; nobody has recorded such a code"
		if c.Recorded {
			known = ""
		}
		writeEvent(b, "it loses this event"+known+":", c.Lost)
	}
	switch {
	case c.Floods:
		writeEvent(b, "it matches everyday events such as this one, so the alarm stays on:", c.Everyday)
	case c.Wide:
		writeEvent(b, "it also matches events beyond the control's, such as:", c.Beyond)
	}
	for _, x := range c.Exclusions {
		fmt.Fprintf(b, "  it leaves out events that are declared exclusions: %s\n", printable(x))
	}
}

// word sums the answer up; the details stand below.
func (c controlAnswer) word() string {
	switch {
	case c.Covers == "unknown":
		return "UNKNOWN"
	case c.Covers == "no":
		return "MISSES"
	case c.Floods:
		return "FLOODS"
	}
	return "COVERS"
}

func writeEvent(b *strings.Builder, intro string, event map[string]any) {
	text, err := marshal(event)
	if err != nil {
		return
	}
	fmt.Fprintf(b, "  %s\n    %s\n", intro, printable(text))
}

// marshal writes JSON on one line, with the fields that name the call first: a
// reader sees them without scrolling.
func marshal(event map[string]any) (string, error) {
	first := []string{"eventSource", "eventName", "errorCode", "errorMessage"}
	var keys []string
	for k := range event {
		if !slices.Contains(first, k) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	var parts []string
	for _, k := range append(first, keys...) {
		v, ok := event[k]
		if !ok {
			continue
		}
		name, _ := json.Marshal(k)
		value, err := json.Marshal(v)
		if err != nil {
			return "", err
		}
		parts = append(parts, string(name)+": "+string(value))
	}
	return "{" + strings.Join(parts, ", ") + "}", nil
}

func (p *program) writeJSON(v any) error {
	enc := json.NewEncoder(p.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
