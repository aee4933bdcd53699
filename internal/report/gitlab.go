package report

import (
	"io"

	"github.com/iacgate/iacgate/internal/verdict"
)

// gitlabIssue is one entry of a Code Quality report
// (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
// GitLab keeps the first of two with one fingerprint and compares those of a
// merge request with those of its target, so fingerprints differ and last.
type gitlabIssue struct {
	Type        string         `json:"type"`
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Categories  []string       `json:"categories"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"` // without ./
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

func writeGitLab(w io.Writer, r verdict.Report, o Options) error {
	list := []gitlabIssue{}
	for _, i := range issues(r, o) {
		list = append(list, gitlabIssue{
			Type: "issue", Description: i.subject() + ": " + i.headline(), CheckName: i.Code,
			Categories: []string{"Security"}, Fingerprint: i.fingerprint, Severity: gitlabSeverity(i, o.Gate),
			Location: gitlabLocation{i.place.File, gitlabLines{i.place.Line}},
		})
	}
	return JSON(w, list)
}

// gitlabSeverity grades what fails by the severity of its control.
func gitlabSeverity(i issue, g verdict.Gate) string {
	switch i.effectiveLevel(g) {
	case verdict.Error:
		switch i.severity {
		case "critical":
			return "blocker"
		case "high":
			return "critical"
		}
		return "major"
	case verdict.Unclear:
		return "major"
	case verdict.Warning:
		return "minor"
	}
	return "info"
}
