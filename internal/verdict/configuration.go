package verdict

import (
	"fmt"
	"strconv"
	"strings"
)

// A Configuration is everything besides its flags that influenced a run. The author of
// the change may have written it, so every report shows it.
type Configuration struct {
	File     string    `json:"file,omitempty"` // "" if none was read
	SHA256   string    `json:"sha256,omitempty"`
	Hides    []Hidden  `json:"hides,omitempty"` // configurations that would count without it
	Settings []Setting `json:"settings"`        // that differ from their defaults
	// Baseline holds the known faults, nil if no baseline was named.
	Baseline *BaselineFile `json:"baseline,omitempty"`
	// InlineWaivers counts the waivers in the code; Ignored says that none of
	// them counts.
	InlineWaivers int  `json:"inline_waivers"`
	Ignored       bool `json:"inline_waivers_ignored,omitempty"`
}

// A Hidden configuration is one that does not count: a nearer one or a flag names
// another.
type Hidden struct {
	File     string    `json:"file"`
	Settings []Setting `json:"settings"` // that it would change
	Problem  string    `json:"problem,omitempty"`
}

// A Setting is a key of a configuration that differs from its default.
type Setting struct {
	Key   string `json:"key"`
	Text  string `json:"text"`  // what it changes, in words
	Value any    `json:"value"` // as the configuration has it
}

// A BaselineFile is the file that a baseline was read from.
type BaselineFile struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Known  int    `json:"known"` // results that it accepts
}

// Text describes the configuration on one line; "" if everything is at its default.
func (c *Configuration) Text() string {
	if c == nil {
		return ""
	}
	var parts []string
	if c.File != "" {
		parts = append(parts, c.fileText())
	}
	if b := c.Baseline; b != nil {
		parts = append(parts, fmt.Sprintf("the baseline %s: %s", b.File, Plural(b.Known, "known result")))
	}
	switch {
	case c.InlineWaivers > 0 && c.Ignored:
		parts = append(parts, Plural(c.InlineWaivers, "waiver")+" in the code, which are ignored")
	case c.InlineWaivers > 0:
		parts = append(parts, Plural(c.InlineWaivers, "waiver")+" in the code")
	}
	if len(parts) == 0 {
		return ""
	}
	return "judged with " + strings.Join(parts, "; ")
}

func (c *Configuration) fileText() string {
	text := c.File + ": " + texts(c.Settings)
	for _, h := range c.Hides {
		what := texts(h.Settings)
		if h.Problem != "" {
			what = h.Problem
		}
		text += "; not with " + h.File + ": " + what
	}
	return text
}

func texts(settings []Setting) string {
	var all []string
	for _, s := range settings {
		all = append(all, s.Text)
	}
	if len(all) == 0 {
		return "defaults"
	}
	return strings.Join(all, ", ")
}

// Plural returns a number with its noun: 1 warning, 2 warnings.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
