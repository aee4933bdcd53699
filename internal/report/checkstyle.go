package report

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// The XML of Checkstyle's XMLLogger
// (https://checkstyle.org/apidocs/com/puppycrawl/tools/checkstyle/XMLLogger.html),
// which many tools read as the findings of a linter.
type checkstyleLog struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"` // of the format, not of iacgate
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr,omitempty"`
	Severity string `xml:"severity,attr"` // error, warning or info
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

func writeCheckstyle(w io.Writer, r verdict.Report, o Options) error {
	log := checkstyleLog{Version: "10.0"}
	at := map[string]int{}
	for _, i := range issues(r, o) {
		n, ok := at[i.place.File]
		if !ok {
			n = len(log.Files)
			at[i.place.File] = n
			log.Files = append(log.Files, checkstyleFile{Name: xmlText(i.place.File)})
		}
		log.Files[n].Errors = append(log.Files[n].Errors, checkstyleError{
			Line: i.place.Line, Column: max(0, i.place.Column), Severity: checkstyleSeverity(i.effectiveLevel(o.Gate)),
			Message: xmlRunes(i.headline() + shortSharing(i)), Source: xmlText("iacgate." + i.result.Control + "." + i.Code),
		})
	}
	return writeXML(w, log)
}

// shortSharing names the further controls of an issue, of which the source has the first.
func shortSharing(i issue) string {
	if len(i.controls) < 2 {
		return ""
	}
	return " (also " + strings.Join(i.controls[1:], ", ") + ")"
}

func checkstyleSeverity(l verdict.Level) string {
	switch l {
	case verdict.Error, verdict.Unclear:
		return "error"
	case verdict.Warning:
		return "warning"
	}
	return "info"
}
