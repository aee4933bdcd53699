package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// A webFinding shows what is wrong, where, the event that proves it and the fix.
type webFinding struct {
	ID, Level, Message safeText

	Facts   []webFact
	Remarks []safeText
	Code    []webLine
	Event   *webEvent // nil if there is none
	Fix     *webFix   // nil if there is none
}

// A webLine is a line of the code at a finding.
type webLine struct {
	Class  string
	Number int
	Text   safeText
}

// A webEvent is an event that proves a finding, in short and whole.
type webEvent struct {
	Proves  string
	Short   safeText
	Members []webMember
}

// A webMember is a member of an event as a line of JSON.
type webMember struct {
	Text    safeText
	Decides bool // whether the pattern matches
}

// A webFix is a change, in words or as code.
type webFix struct {
	Text   safeText
	IsCode bool
}

func newWebFinding(id string, f verdict.Finding) webFinding {
	out := webFinding{ID: safeText(id), Level: newSafeText(string(f.Level)), Message: newSafeText(f.Message), Code: webLines(f), Event: newWebEvent(f)}
	out.Facts = []webFact{newWebFact("code", "", f.Code), newWebFact("plain", "link ", linkName(f.Link)), newWebFact("code", "", f.Resource), newWebFact("plain", "argument ", f.Attribute)}
	if f.Location != nil {
		out.Facts = append(out.Facts, newWebFact("path", "", location(*f.Location)))
		for _, call := range f.Location.Calls {
			out.Facts = append(out.Facts, newWebFact("path", "called at ", location(call)))
		}
	}
	if f.Waiver != nil {
		out.Remarks = append(out.Remarks, newSafeText(waiverText(*f.Waiver)))
	}
	if f.Cause != "" {
		out.Remarks = append(out.Remarks, newSafeText(causeText(f.Cause)))
	}
	if f.Fix != "" {
		out.Fix = &webFix{newSafeText(f.Fix), isCode(f.Fix)}
	}
	return out
}

// webLines returns the code at the place of a finding, its line marked.
func webLines(f verdict.Finding) []webLine {
	if f.Source == nil || f.Location == nil {
		return nil
	}
	var lines []webLine
	for i, text := range f.Source.Lines {
		l := webLine{"line", f.Source.First + i, newSafeText(text)}
		if l.Number == f.Location.Line {
			l.Class = "line meant"
		}
		lines = append(lines, l)
	}
	return lines
}

// newWebEvent writes an event member by member: the call first, then the deciding fields,
// which are marked.
func newWebEvent(f verdict.Finding) *webEvent {
	if len(f.Witness) == 0 {
		return nil
	}
	out := &webEvent{Proves: witnessText(f), Short: newSafeText(ShortEvent(f.Witness, f.Telling))}
	seen := map[string]bool{}
	for _, k := range slices.Concat(callFields(f.Witness), slices.Sorted(slices.Values(f.Telling)), slices.Sorted(maps.Keys(f.Witness))) {
		v, ok := f.Witness[k]
		if !ok || seen[k] {
			continue
		}
		seen[k] = true
		text := "  " + compactJSON(k) + ": " + memberJSON(v)
		if len(seen) < len(f.Witness) {
			text += ","
		}
		out.Members = append(out.Members, webMember{newSafeText(text), slices.Contains(f.Telling, k)})
	}
	return out
}

// memberJSON returns a value as JSON, inside of an object.
func memberJSON(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // the template does
	enc.SetIndent("  ", "  ")
	if err := enc.Encode(v); err != nil {
		return `"?"`
	}
	return strings.TrimSpace(b.String())
}
