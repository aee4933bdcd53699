package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/internal/webpage"
)

// A webFinding shows what is wrong, where, the event that proves it and the fix.
type webFinding struct {
	ID, Level, Message webpage.Text

	Facts   []webFact
	Remarks []webpage.Text
	Code    []webLine
	Event   *webEvent // nil if there is none
	Fix     *webFix   // nil if there is none
}

// A webLine is a line of the code at a finding.
type webLine struct {
	Class  string
	Number int
	Text   webpage.Text
}

// A webEvent is an event that proves a finding, in short and whole.
type webEvent struct {
	Proves  string
	Short   webpage.Text
	Members []webMember
}

// A webMember is a member of an event as a line of JSON.
type webMember struct {
	Text    webpage.Text
	Decides bool // whether the pattern matches
}

// A webFix is a change, in words or as code.
type webFix struct {
	Text   webpage.Text
	IsCode bool
}

func newWebFinding(id string, f verdict.Finding) webFinding {
	out := webFinding{ID: webpage.Text(id), Level: webpage.NewText(string(f.Level)), Message: webpage.NewText(f.Message), Code: webLines(f), Event: newWebEvent(f)}
	out.Facts = []webFact{newWebFact("code", "", f.Code), newWebFact("plain", "link ", linkName(f.Link)), newWebFact("code", "", f.Resource), newWebFact("plain", "argument ", f.Attribute)}
	if f.Location != nil {
		out.Facts = append(out.Facts, newWebFact("path", "", location(*f.Location)))
		for _, call := range f.Location.Calls {
			out.Facts = append(out.Facts, newWebFact("path", "called at ", location(call)))
		}
	}
	if f.Waiver != nil {
		out.Remarks = append(out.Remarks, webpage.NewText(waiverText(*f.Waiver)))
	}
	if f.Cause != "" {
		out.Remarks = append(out.Remarks, webpage.NewText(causeText(f.Cause)))
	}
	if f.Fix != "" {
		out.Fix = &webFix{webpage.NewText(f.Fix), isCode(f.Fix)}
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
		l := webLine{"line", f.Source.First + i, webpage.NewText(text)}
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
	out := &webEvent{Proves: witnessText(f), Short: webpage.NewText(ShortEvent(f.Witness, f.Telling))}
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
		out.Members = append(out.Members, webMember{webpage.NewText(text), slices.Contains(f.Telling, k)})
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
