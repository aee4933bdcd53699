package report

import (
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/iacgate/iacgate"
	// GitHub refuses a run with more results.
	sarifResults = 25000
	sourceRoot   = "%SRCROOT%"
)

func writeSARIF(w io.Writer, r verdict.Report, o Options) error {
	all, left := mostSevere(issues(r, o), sarifResults, o.Gate)
	notes := notifications(r.Inputs, o)
	if text := r.Configuration.Text(); text != "" {
		notes = append(notes, sarifNotification{Level: "note", Message: message(sentence(text))})
	}
	if left > 0 {
		notes = append(notes, sarifNotification{Level: "warning", Message: message(verdict.Plural(left, "result") + " left out: GitHub accepts no more than 25,000")})
	}
	rules, index := sarifRules(all)
	results := []sarifResult{}
	for _, i := range all {
		results = append(results, newSarifResult(i, index[ruleID(i)], o))
	}
	return JSON(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{{
		Tool:        sarifTool{sarifDriver{"iacgate", o.Version, homepage, rules}},
		Invocations: []sarifInvocation{{true, notes}},
		BaseIDs:     map[string]sarifArtifact{sourceRoot: {Description: &sarifMessage{"The root of the repository, or else the directory in which iacgate ran."}}},
		ColumnKind:  "unicodeCodePoints",
		Results:     results,
		Properties:  sarifSummary{r.Summary},
	}}})
}

// notifications returns the notes on inputs, which have no rule.
func notifications(inputs []verdict.Input, o Options) []sarifNotification {
	var all []sarifNotification
	for _, in := range inputs {
		for _, n := range in.Notes {
			at := physical(verdict.Location{File: o.fromRoot(in.Path), Line: 1})
			all = append(all, sarifNotification{"note", message(n), []sarifLocation{{Physical: at}}})
		}
	}
	return all
}

func newSarifResult(i issue, rule int, o Options) sarifResult {
	at := sarifLocation{Physical: physical(i.place)}
	if i.Resource != "" {
		at.Logical = []sarifLogical{{i.Resource, "resource"}}
	}
	text := withResource(i.Finding)
	if i.Cause != "" {
		text += ". " + sentence(causeText(i.Cause))
	}
	if shared := i.sharing(); shared != "" {
		text = strings.TrimSuffix(text, ".") + ". " + sentence(shared)
	}
	return sarifResult{
		RuleID: ruleID(i), RuleIndex: rule, Level: sarifLevel(i.Level), Message: message(sentence(text)),
		Locations: []sarifLocation{at}, Related: calls(i, o), Suppressions: suppressions(i),
		Fingerprints: map[string]string{"primaryLocationLineHash": i.fingerprint, "iacgate/v1": i.fingerprint},
		Properties: sarifProperties{
			Control: i.result.Control, Controls: i.controls, Input: i.result.Input, Verdict: string(i.result.Verdict), Before: string(i.result.Before),
			Link: string(i.Link), Attribute: i.Attribute, Cause: i.Cause, Witness: i.Witness, Fix: i.Fix, Chain: i.result.Chain,
		},
	}
}

func calls(i issue, o Options) []sarifLocation {
	var all []sarifLocation
	for _, c := range i.place.Calls {
		c.File, c.Line = o.fromRoot(c.File), max(1, c.Line)
		all = append(all, sarifLocation{Physical: physical(c), Message: &sarifMessage{"called here"}})
	}
	return all
}

// suppressions returns the waiver of the issue: it is outside the judged code (kind
// external) and has been accepted.
func suppressions(i issue) []sarifSuppression {
	if !i.waived() {
		return nil
	}
	return []sarifSuppression{{"external", "accepted", waiverText(i.waiver())}}
}

// message makes a message of a text from the input. Braces are doubled, because they
// would be placeholders (3.11.5), and [text](address) is escaped, because GitHub would
// show a link (3.11.6).
func message(text string) sarifMessage {
	return sarifMessage{strings.NewReplacer("{", "{{", "}", "}}", "](", "] (").Replace(text)}
}

func physical(l verdict.Location) sarifPhysical {
	return sarifPhysical{artifact(l.File), sarifRegion{l.Line, max(0, l.Column), l.Line}}
}

// artifact refers to a file: relative to the sources, so that GitHub finds it in
// the repository, or as a file URI (RFC 8089).
func artifact(file string) sarifArtifact {
	if !absolute(file) {
		u := url.URL{Path: file}
		return sarifArtifact{URI: u.String(), BaseID: sourceRoot}
	}
	u := url.URL{Scheme: "file", Path: path.Join("/", file)}
	return sarifArtifact{URI: u.String()}
}
