package report

import (
	"io"
	"slices"
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
		for _, a := range shown {
			p.line(a.command(level))
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

// An annotation is a message of one or more controls at one place.
type annotation struct {
	issue
	controls []string
}

// annotations merges the same message of several controls, for example about a topic
// that all of them share.
func annotations(all []issue, g verdict.Gate) map[string][]annotation {
	byLevel, at := map[string][]annotation{}, map[string]int{}
	for _, i := range sortedBySeverity(all, g) {
		level := githubLevel(i.effectiveLevel(g))
		key := strings.Join(append([]string{level, i.Code, location(i.place), i.headline()}, i.details()...), "\n")
		n, seen := at[key]
		if !seen {
			n = len(byLevel[level])
			at[key] = n
			byLevel[level] = append(byLevel[level], annotation{issue: i})
		}
		if a := &byLevel[level][n]; !slices.Contains(a.controls, i.result.Control) {
			a.controls = append(a.controls, i.result.Control)
		}
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
func (a annotation) command(level string) string {
	var properties []string
	text := a.headline()
	if a.Location != nil && a.Location.File != "" {
		properties = append(properties, "file="+githubProperty(a.place.File), "line="+strconv.Itoa(a.place.Line))
		if a.place.Column > 0 {
			properties = append(properties, "col="+strconv.Itoa(a.place.Column))
		}
	} else {
		text = terminal.Clean(a.place.File) + ": " + text
	}
	title := a.result.Control
	if more := len(a.controls) - 1; more > 0 {
		title += " and " + strconv.Itoa(more) + " more"
	}
	properties = append(properties, "title="+githubProperty(title+" ("+a.Code+")"))
	lines := append([]string{text}, a.details()...)
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
