package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// shortEvent writes the telling fields of a witness on one line. Dots at the
// end say that the whole event has more; the JSON report holds it.
func shortEvent(f verdict.Finding) string {
	var parts []string
	keys := tellingKeys(f)
	for _, k := range keys {
		parts = append(parts, encode(k)+": "+encode(f.Witness[k]))
	}
	if len(keys) < len(f.Witness) {
		parts = append(parts, "...")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// tellingKeys returns who was called and what went wrong first, then what else
// matters. A witness that does not say what matters shows its best known
// fields; one without those, everything.
func tellingKeys(f verdict.Finding) []string {
	first := []string{"eventSource", "eventName", "errorCode"}
	if _, denied := f.Witness["errorCode"]; !denied {
		first = append(first, "errorMessage")
	}
	rest := slices.Clone(f.Telling)
	slices.Sort(rest)
	var keys []string
	for _, k := range append(first, rest...) {
		if _, ok := f.Witness[k]; ok && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	if len(keys) > 0 {
		return keys
	}
	for k := range f.Witness {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// encode writes a value as JSON with a blank behind colons and commas, as
// people write it.
func encode(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return `"?"`
	}
	return spaced(strings.TrimSpace(b.String()))
}

func spaced(text string) string {
	var b strings.Builder
	quoted, escaped := false, false
	for _, r := range text {
		b.WriteRune(r)
		switch {
		case escaped:
			escaped = false
		case quoted && r == '\\':
			escaped = true
		case r == '"':
			quoted = !quoted
		case !quoted && (r == ':' || r == ','):
			b.WriteByte(' ')
		}
	}
	return b.String()
}
