package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// Event writes a whole event on one line: the call and its failure first.
func Event(event map[string]any) string {
	return eventLine(event, slices.Concat(callFields(event), slices.Sorted(maps.Keys(event))))
}

// ShortEvent writes the main fields of an event on one line. Dots at the end
// mean that the event has more fields; the JSON report has all of them. An event without
// the fields that name a call is shown whole.
func ShortEvent(event map[string]any, telling []string) string {
	keys := callFields(event)
	if len(keys) == 0 {
		return Event(event)
	}
	return eventLine(event, slices.Concat(keys, slices.Sorted(slices.Values(telling))))
}

// callFields returns the fields of an event that name the call and its failure.
func callFields(event map[string]any) []string {
	keys := []string{"eventSource", "eventName", "errorCode"}
	if _, denied := event["errorCode"]; !denied {
		keys = append(keys, "errorMessage")
	}
	return slices.DeleteFunc(keys, func(k string) bool { return event[k] == nil })
}

// eventLine writes some fields of an event in the order of keys, each once.
func eventLine(event map[string]any, keys []string) string {
	var parts []string
	seen := map[string]bool{}
	for _, k := range keys {
		if v, ok := event[k]; ok && !seen[k] {
			parts = append(parts, compactJSON(k)+": "+compactJSON(v))
			seen[k] = true
		}
	}
	if len(parts) < len(event) {
		parts = append(parts, "...")
	}
	return terminal.Clean("{" + strings.Join(parts, ", ") + "}")
}

// compactJSON writes a value on one line, with a blank after colons and commas, as
// people write it.
func compactJSON(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return `"?"`
	}
	return spaceJSON(strings.TrimSpace(b.String()))
}

func spaceJSON(text string) string {
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
