package report

import (
	"github.com/iacgate/iacgate/internal/verdict"
)

// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)
// as far as iacgate uses it. GitHub's use of it is described in
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning:
// it requires ruleId, message, a location and a fingerprint, of which it only reads
// primaryLocationLineHash, and ignores kind and suppressions. So a pass is not a result, because GitHub would raise an alert for
// it; and what is unknown is not a result of kind open, because those have the level
// none (3.27.10), but a warning whose verdict is in its properties.
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

// sarifProperties has the values that SARIF has no property for.
type sarifProperties struct {
	Control   string         `json:"control"`
	Controls  []string       `json:"controls"` // all that have it
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

func sarifLevel(l verdict.Level) string {
	switch l {
	case verdict.Error:
		return "error"
	case verdict.Unclear, verdict.Warning:
		return "warning"
	}
	return "note"
}

// A sarifRule is a finding code, as SARIF's reportingDescriptor. Those that have
// results are written.
type sarifRule struct {
	ID         string          `json:"id"`
	Name       string          `json:"name,omitempty"`
	Short      sarifMessage    `json:"shortDescription"`
	Full       sarifMessage    `json:"fullDescription"`
	HelpURI    string          `json:"helpUri,omitempty"`
	Help       sarifHelp       `json:"help"`
	Default    sarifConfig     `json:"defaultConfiguration"`
	Properties sarifRuleDetail `json:"properties"`
}

type sarifHelp struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown"`
}

type sarifConfig struct {
	Level string `json:"level"`
}

type sarifRuleDetail struct {
	Tags      []string `json:"tags"` // at most 20; GitHub shows 10
	Precision string   `json:"precision"`
	Severity  string   `json:"security-severity,omitempty"`
}
