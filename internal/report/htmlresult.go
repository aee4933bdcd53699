package report

import (
	"encoding/json"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A webResult is one result as the page shows it.
type webResult struct {
	verdict.Result
	ID         string
	Chain      template.HTML // drawn
	Considered template.HTML
	Faults     int // what keeps it from passing
	Warnings   int
	Rows       []webRow
	Findings   []webFinding
}

// A webRow is one link in words.
type webRow struct {
	Link, State, Resource, Detail string
}

// A webFinding is one finding as the page shows it.
type webFinding struct {
	verdict.Finding
	ID     string
	Source []webLine
	Event  []webField
	Fix    string
	IsCode bool // Fix is code, not a sentence
}

// A webLine is one line of code.
type webLine struct {
	Number int
	Text   string
	Meant  bool // the one that the finding names
}

// A webField is one member of a witness; telling ones decide.
type webField struct {
	Text    string
	Telling bool
}

func newWebResult(n int, r verdict.Result) webResult {
	id := "result-" + strconv.Itoa(n)
	out := webResult{
		Result: r, ID: id,
		Chain: drawn(diagram.Chain(r), id+"-chain"),
	}
	if len(r.Candidates) > 1 {
		out.Considered = drawn(diagram.Considered(r), id+"-considered")
	}
	for _, s := range r.Links {
		out.Rows = append(out.Rows, webRow{linkName(s.Link), stateName(s.State), s.Resource, s.Detail})
	}
	for i, f := range r.Findings {
		switch f.Level {
		case verdict.Error, verdict.Unclear:
			out.Faults++
		case verdict.Warning:
			out.Warnings++
		}
		out.Findings = append(out.Findings, newWebFinding(id+"-finding-"+strconv.Itoa(i+1), f))
	}
	return out
}

// drawn is a picture for the page: the drawing escapes what it writes.
func drawn(g diagram.Graph, id string) template.HTML { return template.HTML(g.SVG(id)) }

func newWebFinding(id string, f verdict.Finding) webFinding {
	out := webFinding{Finding: f, ID: id, Fix: f.Fix, IsCode: isCode(f.Fix), Event: fields(f.Witness, f.Telling)}
	if f.Source != nil && f.Location != nil {
		for i, text := range f.Source.Lines {
			n := f.Source.First + i
			out.Source = append(out.Source, webLine{n, text, n == f.Location.Line})
		}
	}
	return out
}

// fields writes an event member by member, as indented JSON: what names the call
// first, then what decides.
func fields(event map[string]any, telling []string) []webField {
	keys := slices.Concat(naming(event), slices.Sorted(slices.Values(telling)), slices.Sorted(maps.Keys(event)))
	var out []webField
	seen := map[string]bool{}
	for _, k := range keys {
		v, ok := event[k]
		if !ok || seen[k] {
			continue
		}
		seen[k] = true
		raw, err := json.MarshalIndent(v, "  ", "  ")
		if err != nil {
			raw = []byte(`"?"`)
		}
		comma := ","
		if len(seen) == len(event) {
			comma = ""
		}
		out = append(out, webField{"  " + encode(k) + ": " + string(raw) + comma, slices.Contains(telling, k)})
	}
	return out
}

func linkName(l verdict.Link) string { return strings.ReplaceAll(string(l), "_", " ") }

func stateName(s verdict.State) string {
	if s == verdict.NotJudged {
		return "not judged"
	}
	return string(s)
}

func levelName(l verdict.Level) string { return string(l) }
