package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// writeTAP writes TAP version 14
// (https://testanything.org/tap-version-14-specification.html), a test point for
// each control on an input. A skipped control was not tested, and a waived one is
// a TODO: a harness counts neither as a failure.
func writeTAP(w io.Writer, r verdict.Report, o Options) error {
	p := &page{w: w}
	p.line("TAP version 14")
	if text := r.Configuration.Text(); text != "" {
		p.line("# ", terminal.Clean(text))
	}
	if len(r.Results) == 0 {
		p.line("1..0 # nothing was judged")
		return p.err
	}
	p.line(fmt.Sprintf("1..%d", len(r.Results)))
	for n, res := range r.Results {
		p.testPoint(n+1, res, outcomeOf(res, o.Gate))
	}
	return p.err
}

func (p *page) testPoint(n int, r verdict.Result, o outcome) {
	status, directive := "ok", ""
	switch {
	case o.failed:
		status = "not ok"
	case o.kind == string(verdict.Waived):
		status, directive = "not ok", " # TODO "+tapText(o.reason(r))
	case o.skipped:
		directive = " # SKIP " + tapText(o.reason(r))
	}
	p.line(status, fmt.Sprintf(" %d - ", n), tapText(terminal.Clean(slashed(r.Input)+" "+r.Control)), directive)
	if findings := findingsOrPlaceholder(r); len(findings) > 0 || o.failed {
		p.diagnostics(r, o, findings)
	}
}

// tapText escapes the character that begins a directive, and the backslash.
func tapText(s string) string { return strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(s) }

// diagnostics write YAML 1.2, of which JSON is a part: a key to a line, and a
// JSON value after it.
func (p *page) diagnostics(r verdict.Result, o outcome, findings []verdict.Finding) {
	p.line("  ---")
	if o.failed {
		p.line("  message: ", yamlValue(o.reason(r)))
		p.line("  severity: ", yamlValue(o.kind))
	}
	p.line("  verdict: ", yamlValue(r.Verdict))
	p.line("  findings:")
	for _, f := range findings {
		p.line("    - code: ", yamlValue(f.Code))
		p.line("      level: ", yamlValue(f.Level))
		p.line("      message: ", yamlValue(f.Message))
		p.detail("link", f.Link, f.Link != "")
		p.detail("resource", f.Resource, f.Resource != "")
		p.detail("at", f.Location, f.Location != nil)
		p.detail("cause", f.Cause, f.Cause != "")
		p.detail("witness", flow(f.Witness), len(f.Witness) > 0)
		p.detail("fix", f.Fix, f.Fix != "")
	}
	p.line("  ...")
}

func (p *page) detail(key string, value any, present bool) {
	if present {
		p.line("      ", key, ": ", yamlValue(value))
	}
}

// maxKey is how many characters an implicit key of YAML may have
// (https://yaml.org/spec/1.2.2/#742-flow-mappings).
const maxKey = 1024

// flow returns an event as YAML can hold it on one line: as a text if it has a longer
// key.
func flow(event map[string]any) any {
	if longKey(event) {
		return compactJSON(event)
	}
	return event
}

func longKey(value any) bool {
	switch v := value.(type) {
	case []any:
		return slices.ContainsFunc(v, longKey)
	case map[string]any:
		for key, member := range v {
			if len(yamlValue(key)) > maxKey || longKey(member) {
				return true
			}
		}
	}
	return false
}

// yamlValue writes a value as JSON on one line.
func yamlValue(v any) string { return escapeHostile(compactJSON(v)) }
