// Package report writes the results, for people and for programs: one file for each
// format, and one list of formats. It also explains controls and finding codes.
//
// It does not decide, sort or count: a [verdict.Report] is in its final order, and the
// exit status does not depend on it.
package report

import (
	"io"

	"github.com/iacgate/iacgate/internal/verdict"
)

// ResultSize is about what a result takes in a report, in bytes. A buffer that begins with
// room for all is not copied as it grows: that took a tenth of a run over 300 root modules.
const ResultSize = 2 << 10

// A Format is one way to write a report.
type Format struct {
	Name        string
	Description string
	Write       func(io.Writer, verdict.Report, Options) error
	Code        bool // findings are shown with their code
	// Bare: it has no place for the configuration of the run, which goes to the standard error.
	Bare bool
}

// Formats returns every format.
func Formats() []Format {
	return []Format{
		{Name: "text", Description: "for people: the chain link by link, and what is wrong with it", Write: writeText},
		{Name: "json", Description: "for programs: everything, by a published schema", Write: writeJSON},
		{Name: "sarif", Description: "for code scanning, as on GitHub: SARIF 2.1.0", Write: writeSARIF},
		{Name: "junit", Description: "for test reports, as on Jenkins and GitLab: JUnit XML, a test case for each control", Write: writeJUnit},
		{Name: "github", Description: "for GitHub Actions: annotations, and a job summary", Write: writeGitHub},
		{Name: "gitlab", Description: "for GitLab's Code Quality", Write: writeGitLab, Bare: true},
		{Name: "azure", Description: "for Azure Pipelines: logging commands", Write: writeAzure},
		{Name: "tap", Description: "for test harnesses: TAP version 14", Write: writeTAP},
		{Name: "checkstyle", Description: "for tools that read Checkstyle's XML", Write: writeCheckstyle, Bare: true},
		{Name: "markdown", Description: "for comments on a pull request", Write: writeMarkdown},
		{Name: "html", Description: "for people: one page with drawn chains, code and events", Write: writeHTML, Code: true},
	}
}

// Names returns the names of all formats.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Lookup returns the format with a name.
func Lookup(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
