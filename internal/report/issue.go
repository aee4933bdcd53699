package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An issue is one finding with the result that it is part of, for formats that
// have files and lines, but no chains. What several controls share is one issue.
type issue struct {
	verdict.Finding
	result   verdict.Result // the first one
	controls []string       // those that have it, in the order of the report
	severity string         // the highest of theirs
	// place always has a file and a line: of the source, or else of the input.
	place verdict.Location
	// fingerprint stays the same while lines move, and differs between any two
	// issues of a report.
	fingerprint string
	builtin     bool // the code is one of iacgate's, not of a user's policy
}

// issues returns every finding of a report, in its order.
func issues(r verdict.Report, o Options) []issue {
	var all []issue
	seen, codes := map[string]int{}, finding.Levels()
	causes := map[causeKey]int{}
	for _, res := range r.Results {
		for _, f := range findingsOrPlaceholder(res) {
			cause := keyOf(res, f)
			if n, known := causes[cause]; known && !slices.Contains(all[n].controls, res.Control) {
				all[n].share(res)
				continue
			}
			causes[cause] = len(all)
			i := issue{Finding: f, result: res, controls: []string{res.Control}, severity: res.Severity, place: o.place(f, res, r.Inputs)}
			_, i.builtin = codes[f.Code]
			key := i.key()
			seen[key]++
			i.fingerprint = fingerprint(key, seen[key])
			all = append(all, i)
		}
	}
	return all
}

// severities are those of controls, the highest first.
var severities = []string{"critical", "high", "medium", "low"}

// share adds a control that has the issue, too.
func (i *issue) share(r verdict.Result) {
	i.controls = append(i.controls, r.Control)
	if n := slices.Index(severities, r.Severity); n >= 0 && (n < slices.Index(severities, i.severity) || i.severity == "") {
		i.severity = r.Severity
	}
}

// subject names the controls of an issue in a few words.
func (i issue) subject() string {
	if more := len(i.controls) - 1; more > 0 {
		return i.controls[0] + " and " + strconv.Itoa(more) + " more"
	}
	return i.controls[0]
}

// sharing names the controls that have an issue; "" for one.
func (i issue) sharing() string {
	if len(i.controls) < 2 {
		return ""
	}
	return "It is found in " + strconv.Itoa(len(i.controls)) + " controls: " + strings.Join(i.controls, ", ")
}

// sortedBySeverity orders issues for readers who show the first ones only.
func sortedBySeverity(all []issue, g verdict.Gate) []issue {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b issue) int {
		return cmp.Compare(slices.Index(verdict.Levels, a.effectiveLevel(g)), slices.Index(verdict.Levels, b.effectiveLevel(g)))
	})
	return all
}

// mostSevere returns at most n issues, and how many are left out. If all of them fit, they
// keep the order of the report.
func mostSevere(all []issue, n int, g verdict.Gate) (kept []issue, left int) {
	if len(all) <= n {
		return all, 0
	}
	return sortedBySeverity(all, g)[:n], len(all) - n
}

// findingsOrPlaceholder returns the findings of a result. A result that does not pass
// and has no finding to explain it gets a placeholder, so that no format loses it: a
// complete chain in an incomplete input.
func findingsOrPlaceholder(r verdict.Result) []verdict.Finding {
	level, word := verdict.Error, "fails"
	switch {
	case slices.ContainsFunc(r.Findings, isFault), r.Verdict == verdict.Pass, r.Verdict == verdict.Skip:
		return r.Findings
	case r.Verdict == verdict.Unknown && slices.ContainsFunc(r.Findings, incomplete):
		out := slices.Clone(r.Findings)
		for i, f := range out {
			if incomplete(f) {
				out[i].Level = verdict.Unclear
			}
		}
		return out
	case r.Verdict == verdict.Unknown:
		level, word = verdict.Unclear, "is unknown"
	case r.Verdict == verdict.Waived:
		word = "is waived"
	}
	return append(slices.Clone(r.Findings), verdict.Finding{
		Code: r.Control, Level: level, Message: cmp.Or(r.Title, "the control") + ": " + word + " without a finding",
	})
}

// incomplete reports whether a finding says that the input is incomplete.
func incomplete(f verdict.Finding) bool { return f.Code == "plan-incomplete" }

// isFault reports whether a finding keeps its result from passing.
func isFault(f verdict.Finding) bool { return f.Level == verdict.Error || f.Level == verdict.Unclear }

// waived reports whether a waiver covers the issue. A waiver of a whole result covers
// those that would keep it from passing, but not its warnings.
func (i issue) waived() bool {
	return i.Waiver != nil || i.result.Verdict == verdict.Waived && isFault(i.Finding)
}

// waiver returns the one that covers an issue that is waived.
func (i issue) waiver() verdict.Waiver {
	switch {
	case i.Waiver != nil:
		return *i.Waiver
	case i.result.Waiver != nil:
		return *i.result.Waiver
	}
	return verdict.Waiver{Reason: "no reason is given"}
}

// effectiveLevel returns the level of the issue after waivers and the gate.
func (i issue) effectiveLevel(g verdict.Gate) verdict.Level {
	switch {
	case i.waived():
		return verdict.Note
	case i.Level == verdict.Unclear && g.AllowUnknown:
		return verdict.Warning
	case i.Level == verdict.Warning && g.FailOnWarn:
		return verdict.Error
	}
	return i.Level
}

// headline returns the message and its resource in one line.
func (i issue) headline() string {
	text := withResource(i.Finding)
	switch {
	case i.waived():
		text = "waived (" + i.waiver().Reason + "): " + text
	case i.Level == verdict.Unclear:
		text = "unknown: " + text
	}
	return terminal.Clean(text)
}

// details returns the rest, a line each: the module calls, the effect of the plan, an
// event that shows it, the fix.
func (i issue) details() []string {
	var lines []string
	if i.Location != nil {
		for _, c := range i.Location.Calls {
			lines = append(lines, "called at "+location(c))
		}
	}
	if shared := i.sharing(); shared != "" {
		lines = append(lines, terminal.Clean(shared))
	}
	if i.Cause != "" {
		lines = append(lines, terminal.Clean(causeText(i.Cause)))
	}
	if len(i.Witness) > 0 {
		lines = append(lines, witnessText(i.Finding)+" "+ShortEvent(i.Witness, i.Telling))
	}
	if i.Fix != "" && i.Level != verdict.Note {
		first := true
		for l := range strings.SplitSeq(i.Fix, "\n") {
			if first {
				l = "fix: " + l
			}
			lines = append(lines, terminal.Clean(l))
			first = false
		}
	}
	return lines
}

// key tells an issue from others. Lines are not part of it, and a message only
// where the code alone says nothing, as in a policy of the user's own. Nor are controls
// part of what lies at a resource that they share: the issue stays the same one when
// another control has it, too.
func (i issue) key() string {
	control := i.result.Control
	if i.builtin && i.Resource != "" && i.Link != "pattern" {
		control = ""
	}
	parts := []string{control, slashed(i.result.Input), i.Code, string(i.Link), i.Resource, i.Attribute}
	if !i.builtin {
		parts = append(parts, i.Message)
	}
	return strings.Join(parts, "\x00")
}

func fingerprint(key string, occurrence int) string {
	sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(occurrence)))
	return hex.EncodeToString(sum[:16])
}
