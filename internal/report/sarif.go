package report

import (
	"io"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/verdict"
)

// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)
// as far as iacgate speaks it. What GitHub makes of it stands in
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning:
// it wants ruleId, message, a location and a fingerprint, reads of all
// fingerprints primaryLocationLineHash alone, and knows neither kind nor
// suppressions. So a pass is no result, because GitHub would raise an alert for
// it; and what is unknown is no result of kind open, because those have the level
// none (3.27.10), but a warning whose verdict stands in its properties.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool                `json:"tool"`
	Invocations []sarifInvocation        `json:"invocations"`
	BaseIDs     map[string]sarifArtifact `json:"originalUriBaseIds"`
	ColumnKind  string                   `json:"columnKind"`
	Results     []sarifResult            `json:"results"`
	Properties  sarifSummary             `json:"properties"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}

type sarifSummary struct {
	Summary verdict.Summary `json:"summary"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    int                `json:"ruleIndex"`
	Level        string             `json:"level"`
	Message      sarifMessage       `json:"message"`
	Locations    []sarifLocation    `json:"locations"`
	Related      []sarifLocation    `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	Properties   sarifProperties    `json:"properties"`
}

type sarifLocation struct {
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI         string        `json:"uri,omitempty"`
	BaseID      string        `json:"uriBaseId,omitempty"`
	Description *sarifMessage `json:"description,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification"`
}

// sarifProperties hold what SARIF has no word for.
type sarifProperties struct {
	Control   string         `json:"control"`
	Input     string         `json:"input"`
	Verdict   string         `json:"verdict"`
	Before    string         `json:"before,omitempty"`
	Link      string         `json:"link,omitempty"`
	Attribute string         `json:"attribute,omitempty"`
	Cause     string         `json:"cause,omitempty"`
	Witness   map[string]any `json:"witness,omitempty"`
	Fix       string         `json:"fix,omitempty"`
	Chain     *verdict.Chain `json:"chain,omitempty"`
}

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/iacgate/iacgate"
	// GitHub refuses a run with more results.
	sarifResults = 25000
	sourceRoot   = "%SRCROOT%"
)

func writeSARIF(w io.Writer, r verdict.Report, o Options) error {
	all := issues(r)
	said := notifications(r.Inputs)
	if left := len(all) - sarifResults; left > 0 {
		all = gravestFirst(all, o.Gate)[:sarifResults]
		said = append(said, sarifNotification{Level: "warning", Message: message(plural(left, "result") + " left out: GitHub takes no more than 25,000")})
	}
	rules, index := sarifRules(all)
	results := []sarifResult{}
	for _, i := range all {
		results = append(results, newSarifResult(i, index[ruleID(i)]))
	}
	return JSON(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{{
		Tool:        sarifTool{sarifDriver{"iacgate", o.Version, homepage, rules}},
		Invocations: []sarifInvocation{{true, said}},
		BaseIDs:     map[string]sarifArtifact{sourceRoot: {Description: &sarifMessage{"The directory in which iacgate ran."}}},
		ColumnKind:  "unicodeCodePoints",
		Results:     results,
		Properties:  sarifSummary{r.Summary},
	}}})
}

// notifications are the notes on inputs, which are about no rule.
func notifications(inputs []verdict.Input) []sarifNotification {
	var all []sarifNotification
	for _, in := range inputs {
		for _, n := range in.Notes {
			at := physical(verdict.Location{File: slashed(in.Path), Line: 1})
			all = append(all, sarifNotification{"note", message(n), []sarifLocation{{Physical: at}}})
		}
	}
	return all
}

func newSarifResult(i issue, rule int) sarifResult {
	at := sarifLocation{Physical: physical(i.place)}
	if i.Resource != "" {
		at.Logical = []sarifLogical{{i.Resource, "resource"}}
	}
	text := about(i.Finding)
	if i.Cause != "" {
		text += ". " + sentence(blame(i.Cause))
	}
	return sarifResult{
		RuleID: ruleID(i), RuleIndex: rule, Level: sarifLevel(i.Level), Message: message(sentence(text)),
		Locations: []sarifLocation{at}, Related: calls(i), Suppressions: suppressions(i),
		Fingerprints: map[string]string{"primaryLocationLineHash": i.fingerprint, "iacgate/v1": i.fingerprint},
		Properties: sarifProperties{
			Control: i.result.Control, Input: i.result.Input, Verdict: string(i.result.Verdict), Before: string(i.result.Before),
			Link: string(i.Link), Attribute: i.Attribute, Cause: i.Cause, Witness: i.Witness, Fix: i.Fix, Chain: i.result.Chain,
		},
	}
}

func calls(i issue) []sarifLocation {
	var all []sarifLocation
	for _, c := range i.place.Calls {
		c.File, c.Line = slashed(c.File), max(1, c.Line)
		all = append(all, sarifLocation{Physical: physical(c), Message: &sarifMessage{"called here"}})
	}
	return all
}

// suppressions say that a waiver covers the issue: it stands outside the judged
// code (kind external) and has been accepted.
func suppressions(i issue) []sarifSuppression {
	if !i.waived() {
		return nil
	}
	reason := "waived"
	if i.result.Waiver != nil {
		reason = waiverText(*i.result.Waiver)
	}
	return []sarifSuppression{{"external", "accepted", reason}}
}

func sarifLevel(l verdict.Level) string {
	switch l {
	case verdict.Error:
		return "error"
	case verdict.Unclear, verdict.Warning:
		return "warning"
	}
	return "note"
}

// message makes a message of a text from the input. Braces are doubled, for
// they are placeholders else (3.11.5); and no [text](address) makes a link
// (3.11.6), which GitHub would show as one.
func message(text string) sarifMessage {
	return sarifMessage{strings.NewReplacer("{", "{{", "}", "}}", "](", "] (").Replace(text)}
}

// sentence begins with a capital, unless an address or a name in code stands
// there, and ends with a full stop: GitHub shows a first sentence where room is
// short.
func sentence(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if first, size := utf8.DecodeRuneInString(word); unicode.IsLower(first) && !strings.ContainsAny(word, "._$[") {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

func physical(l verdict.Location) sarifPhysical {
	return sarifPhysical{artifact(l.File), sarifRegion{l.Line, max(0, l.Column), l.Line}}
}

// artifact refers to a file: relative to the sources, so that GitHub finds it in
// the repository, or as a file URI (RFC 8089).
func artifact(file string) sarifArtifact {
	drive := len(file) > 2 && file[1] == ':' && file[2] == '/'
	if drive {
		file = "/" + file
	}
	u := url.URL{Path: file}
	if path.IsAbs(file) {
		u.Scheme = "file"
		return sarifArtifact{URI: u.String()}
	}
	return sarifArtifact{URI: u.String(), BaseID: sourceRoot}
}
