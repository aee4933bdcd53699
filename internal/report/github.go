package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// githubShown is how many annotations of a level GitHub shows for one step
// (https://github.com/orgs/community/discussions/26680).
const githubShown = 10

// githubLevels are the levels of annotations
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands),
// the most severe first.
var githubLevels = []string{"error", "warning", "notice"}

// writeGitHub writes workflow commands, the most severe issues first because GitHub only
// shows the first ones; the last of a level says how many more there are.
// The report itself goes to the job summary.
func writeGitHub(w io.Writer, r verdict.Report, o Options) error {
	p := &page{w: w}
	byLevel := annotations(issues(r, o), o.Gate)
	for _, level := range githubLevels {
		shown := byLevel[level]
		if len(shown) > githubShown {
			shown = shown[:githubShown-1]
		}
		for _, i := range shown {
			p.line(i.command(level))
		}
		if more := len(byLevel[level]) - len(shown); more > 0 {
			p.line("::", level, " title=iacgate::", verdict.Plural(more, "more annotation"), " of this level; the other outputs show everything")
		}
	}
	if text := r.Configuration.Text(); text != "" {
		p.line(terminal.Clean(text))
	}
	p.line(terminal.Clean(summary(r)))
	if p.err != nil || o.Summary == nil {
		return p.err
	}
	return writeMarkdownPage(o.Summary, r, o, summaryLimit)
}

// annotations are the issues by the level of their annotations, the most severe first.
func annotations(all []issue, g verdict.Gate) map[string][]issue {
	byLevel := map[string][]issue{}
	for _, i := range sortedBySeverity(all, g) {
		level := githubLevel(i.effectiveLevel(g))
		byLevel[level] = append(byLevel[level], i)
	}
	return byLevel
}

func githubLevel(l verdict.Level) string {
	switch l {
	case verdict.Error, verdict.Unclear:
		return "error"
	case verdict.Warning:
		return "warning"
	}
	return "notice"
}

// command returns the workflow command. Where there is no source, it names the input
// and no file: GitHub could not show the place.
func (i issue) command(level string) string {
	var properties []string
	text := i.headline()
	if i.Location != nil && i.Location.File != "" {
		properties = append(properties, "file="+githubProperty(i.place.File), "line="+strconv.Itoa(i.place.Line))
		if i.place.Column > 0 {
			properties = append(properties, "col="+strconv.Itoa(i.place.Column))
		}
	} else {
		text = terminal.Clean(i.place.File) + ": " + text
	}
	properties = append(properties, "title="+githubProperty(i.subject()+" ("+i.Code+")"))
	lines := append([]string{text}, i.details()...)
	return "::" + level + " " + strings.Join(properties, ",") + "::" + githubData(strings.Join(lines, "\n"))
}

// githubData and githubProperty escape as GitHub's own toolkit does
// (https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts).
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func githubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubData(terminal.Clean(s)))
}
