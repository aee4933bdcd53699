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
// the gravest first.
var githubLevels = []string{"error", "warning", "notice"}

// writeGitHub writes workflow commands, the gravest issues first because GitHub
// shows the first ones only; the last of a level says how many more there are.
// The whole report goes to the job summary.
func writeGitHub(w io.Writer, r verdict.Report, o Options) error {
	p := &page{w: w}
	byLevel := map[string][]issue{}
	for _, i := range gravestFirst(issues(r, o), o.Gate) {
		level := githubLevel(i.weight(o.Gate))
		byLevel[level] = append(byLevel[level], i)
	}
	for _, level := range githubLevels {
		shown := byLevel[level]
		if len(shown) > githubShown {
			shown = shown[:githubShown-1]
		}
		for _, i := range shown {
			p.line(githubCommand(level, i))
		}
		if more := len(byLevel[level]) - len(shown); more > 0 {
			p.line("::", level, " title=iacgate::", githubData(plural(more, "more annotation")+" of this level; the job summary tells everything"))
		}
	}
	p.line(terminal.Clean(summary(r)))
	if p.err != nil || o.Summary == nil {
		return p.err
	}
	return writeMarkdownPage(o.Summary, r, o, summaryLimit)
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

// githubCommand is one annotation. Where there is no source, it names the input
// and no file: GitHub could not show the place.
func githubCommand(level string, i issue) string {
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
	properties = append(properties, "title="+githubProperty(i.result.Control+" ("+i.Code+")"))
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
