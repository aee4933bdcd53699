package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// finding writes what is wrong, where, the event that proves it and the mend.
func (p *webPage) finding(id string, f verdict.Finding) {
	p.in("h4", func() {
		p.badge(string(f.Level))
		p.text(" " + f.Message)
	}, attr{"id", id})
	facts := []fact{{class: "code", text: f.Code}, {before: "link ", text: linkName(f.Link)}, {class: "code", text: f.Resource}, {before: "argument ", text: f.Attribute}}
	if f.Location != nil {
		facts = append(facts, fact{class: "path", text: location(*f.Location)})
		for _, call := range f.Location.Calls {
			facts = append(facts, fact{class: "path", before: "called at ", text: location(call)})
		}
	}
	p.facts(facts...)
	if f.Waiver != nil {
		p.line("p", waiverText(*f.Waiver), attr{"class", "change"})
	}
	if f.Cause != "" {
		p.line("p", blame(f.Cause), attr{"class", "change"})
	}
	p.source(f)
	p.witness(f)
	if f.Fix == "" {
		return
	}
	p.line("h5", "How to fix it")
	if isCode(f.Fix) {
		p.code("The fix", func() { p.text(f.Fix) })
	} else {
		p.line("p", f.Fix)
	}
}

// code is text whose lines stay as they are. A line break behind the tag would
// be no part of it (https://html.spec.whatwg.org/multipage/syntax.html#element-restrictions).
func (p *webPage) code(label string, body func()) {
	p.open("pre", []attr{{"class", "code"}, {"tabindex", "0"}, {"aria-label", label}})
	body()
	p.shut("pre")
	p.WriteByte('\n')
}

// source writes the code at the place of a finding, its line marked.
func (p *webPage) source(f verdict.Finding) {
	if f.Source == nil || f.Location == nil {
		return
	}
	p.code("The code", func() {
		for i, text := range f.Source.Lines {
			n, class := f.Source.First+i, "line"
			if n == f.Location.Line {
				class = "line meant"
			}
			p.open("span", []attr{{"class", class}})
			p.put("span", strconv.Itoa(n), attr{"class", "at"})
			p.text(" " + text)
			p.shut("span")
			p.WriteByte('\n')
		}
	})
}

// witness writes the event that proves a finding, in short and whole.
func (p *webPage) witness(f verdict.Finding) {
	if len(f.Witness) == 0 {
		return
	}
	p.line("p", proves(f), attr{"class", "proves"})
	p.code("The event in short", func() { p.text(ShortEvent(f.Witness, f.Telling)) })
	p.more("The whole event", func() {
		p.code("The whole event", func() {
			p.text("{\n")
			p.members(f.Witness, f.Telling)
			p.text("}")
		})
	})
}

// members writes an event member by member: what names the call first, then what
// decides, which is marked.
func (p *webPage) members(event map[string]any, telling []string) {
	keys := slices.Concat(naming(event), slices.Sorted(slices.Values(telling)), slices.Sorted(maps.Keys(event)))
	seen := map[string]bool{}
	for _, k := range keys {
		v, ok := event[k]
		if !ok || seen[k] {
			continue
		}
		seen[k] = true
		text := "  " + encode(k) + ": " + memberJSON(v)
		if len(seen) < len(event) {
			text += ","
		}
		if slices.Contains(telling, k) {
			p.put("mark", text)
		} else {
			p.text(text)
		}
		p.text("\n")
	}
}

// memberJSON is a value as JSON, inside of an object.
func memberJSON(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // markup does
	enc.SetIndent("  ", "  ")
	if err := enc.Encode(v); err != nil {
		return `"?"`
	}
	return strings.TrimSpace(b.String())
}
