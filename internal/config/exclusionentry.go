package config

import "strings"

// ExclusionEntry is what to write into a configuration so that events which some
// patterns match may be left out.
func ExclusionEntry(patterns []string) string {
	var b strings.Builder
	b.WriteString("if these events may be left out, write into .iacgate.yaml:\nexclusions:")
	for _, p := range patterns {
		b.WriteString("\n  - pattern: '" + strings.ReplaceAll(p, "'", "''") + "'\n    reason: ...")
	}
	return b.String()
}
