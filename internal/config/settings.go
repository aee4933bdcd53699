package config

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Settings returns the keys that differ from their defaults, in the order in which they
// are documented.
func (c Config) Settings() []verdict.Setting {
	base := Default()
	all := []verdict.Setting{}
	add := func(key string, value, usual any, text string) {
		if !reflect.DeepEqual(value, usual) {
			all = append(all, verdict.Setting{Key: key, Text: text, Value: value})
		}
	}
	add("controls", c.Controls, base.Controls, "controls "+strings.Join(c.Controls, " "))
	add("profile", c.Profile, base.Profile, "profile "+c.Profile)
	add("sensitivity", c.Sensitivity, base.Sensitivity, c.Sensitivity.text(base.Sensitivity))
	add("default_exclusions", c.DefaultExclusions, base.DefaultExclusions, "default_exclusions "+boolText(c.DefaultExclusions))
	add("exclusions", c.OwnExclusions(), []Exclusion{}, plural(len(c.OwnExclusions()), "exclusion"))
	add("external", c.External, base.External, plural(len(c.External), "external entry"))
	add("waivers", c.Waivers, base.Waivers, plural(len(c.Waivers), "waiver"))
	add("levels", c.Levels, base.Levels, levelsText(c.Levels))
	add("custom_controls", verdict.IDs(c.CustomControls), []string{}, plural(len(c.CustomControls), "custom control"))
	add("roots", c.Roots, base.Roots, plural(len(c.Roots), "root"))
	add("exclude", c.Exclude, base.Exclude, "exclude "+strings.Join(c.Exclude, " "))
	age := fmt.Sprintf("%dd", c.WaiverMaxAge/day)
	add("waiver_max_age", age, "0d", "waiver_max_age "+age)
	add("waiver_requires", c.WaiverRequires, base.WaiverRequires, "waiver_requires "+strings.Join(c.WaiverRequires, " "))
	add("tofu", c.Tofu, base.Tofu, "tofu "+boolText(c.Tofu))
	return all
}

// OwnExclusions returns those that are not published.
func (c Config) OwnExclusions() []Exclusion {
	return slices.DeleteFunc(slices.Clone(c.Exclusions), func(e Exclusion) bool { return slices.ContainsFunc(publishedExclusions(), e.samePattern) })
}

func (s Sensitivity) text(usual Sensitivity) string {
	var parts []string
	if s.WarnAbove != usual.WarnAbove {
		parts = append(parts, fmt.Sprintf("warn_above %d", s.WarnAbove))
	}
	if s.FailAbove != usual.FailAbove {
		parts = append(parts, fmt.Sprintf("fail_above %d", s.FailAbove))
	}
	if s.MaxDelay != usual.MaxDelay {
		parts = append(parts, "max_delay "+s.MaxDelay.String())
	}
	return strings.Join(parts, ", ")
}

// levelsText counts the levels that are lower and higher than usual.
func levelsText(levels map[string]verdict.Level) string {
	lowered, raised := []string{}, []string{}
	for _, code := range slices.Sorted(maps.Keys(levels)) {
		usual, _ := finding.Lookup(code)
		switch grave := func(l verdict.Level) int { return slices.Index(verdict.Levels, l) }; cmp.Compare(grave(levels[code]), grave(usual.Level)) {
		case 1:
			lowered = append(lowered, code)
		case -1:
			raised = append(raised, code)
		}
	}
	var parts []string
	if len(lowered) > 0 {
		parts = append(parts, plural(len(lowered), "level")+" lowered")
	}
	if len(raised) > 0 {
		parts = append(parts, plural(len(raised), "level")+" raised")
	}
	if len(parts) == 0 {
		return "levels as usual"
	}
	return strings.Join(parts, ", ")
}

func boolText(v *bool) string { return fmt.Sprint(v != nil && *v) }

func plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
