package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// writeAzure writes logging commands of Azure Pipelines
// (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands).
// They have errors and warnings; a remark is a line of the log. task.complete is
// not used, because the exit status ends the step.
func writeAzure(w io.Writer, r verdict.Report, o Options) error {
	p := &page{w: w}
	for _, i := range sortedBySeverity(issues(r, o), o.Gate) {
		switch i.effectiveLevel(o.Gate) {
		case verdict.Error, verdict.Unclear:
			p.line(azureCommand("error", i))
		case verdict.Warning:
			p.line(azureCommand("warning", i))
		default:
			p.line(location(i.place), ": ", terminal.Clean(i.subject()), ": ", i.headline())
		}
	}
	if text := r.Configuration.Text(); text != "" {
		p.line(terminal.Clean(text))
	}
	p.line(terminal.Clean(summary(r)))
	return p.err
}

func azureCommand(kind string, i issue) string {
	properties := []string{"type=" + kind, "sourcepath=" + azureProperty(i.place.File), "linenumber=" + strconv.Itoa(i.place.Line)}
	if i.place.Column > 0 {
		properties = append(properties, "columnnumber="+strconv.Itoa(i.place.Column))
	}
	code := i.Code
	if i.Level == verdict.Unclear {
		code = "unknown, " + code
	}
	properties = append(properties, "code="+azureProperty(code))
	text := terminal.Clean(i.subject()) + ": " + strings.Join(append([]string{i.headline()}, i.details()...), "\n")
	return "##vso[task.logissue " + strings.Join(properties, ";") + ";]" + azureData(text)
}

// azureData and azureProperty escape as the library of Azure's own tasks does
// (https://github.com/microsoft/azure-pipelines-task-lib/blob/master/node/taskcommand.ts);
// for %AZP25 see
// https://github.com/microsoft/azure-pipelines-agent/blob/master/docs/design/percentEncoding.md.
func azureData(s string) string {
	return strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func azureProperty(s string) string {
	return strings.NewReplacer("]", "%5D", ";", "%3B").Replace(azureData(terminal.Clean(s)))
}
