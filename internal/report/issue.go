package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An issue is one finding with the result that it is part of, for formats that
// know files and lines and nothing of chains.
type issue struct {
	verdict.Finding
	result verdict.Result
	// place always has a file and a line: of the source, or else of the input.
	place verdict.Location
	// fingerprint stays the same while lines move, and differs between any two
	// issues of a report.
	fingerprint string
	own         bool // the code is one of iacgate's, not of a user's policy
}

// issues returns every finding of a report, in its order.
func issues(r verdict.Report, o Options) []issue {
	var all []issue
	seen, codes := map[string]int{}, finding.Levels()
	for _, res := range r.Results {
		for _, f := range spoken(res) {
			i := issue{Finding: f, result: res, place: o.place(f, res, r.Inputs)}
			_, i.own = codes[f.Code]
			key := i.key()
			seen[key]++
			i.fingerprint = fingerprint(key, seen[key])
			all = append(all, i)
		}
	}
	return all
}

// gravestFirst orders issues for readers who show the first ones only.
func gravestFirst(all []issue, g verdict.Gate) []issue {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b issue) int {
		return cmp.Compare(slices.Index(verdict.Levels, a.weight(g)), slices.Index(verdict.Levels, b.weight(g)))
	})
	return all
}

// gravest returns at most n issues, and how many are left out: the order of a
// report stays while all of it fits.
func gravest(all []issue, n int, g verdict.Gate) (kept []issue, left int) {
	if len(all) <= n {
		return all, 0
	}
	return gravestFirst(all, g)[:n], len(all) - n
}

// spoken returns the findings of a result. One that does not pass and has
// nothing to say for it gets a finding that does, so that no format loses it: of a
// whole chain in an input that is not whole, that it is not.
func spoken(r verdict.Result) []verdict.Finding {
	level, word := verdict.Error, "fails"
	switch {
	case slices.ContainsFunc(r.Findings, faulty), r.Verdict == verdict.Pass, r.Verdict == verdict.Skip:
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

// incomplete says whether a finding tells that the input is not whole.
func incomplete(f verdict.Finding) bool { return f.Code == "plan-incomplete" }

// faulty says whether a finding keeps its result from passing.
func faulty(f verdict.Finding) bool { return f.Level == verdict.Error || f.Level == verdict.Unclear }

// waived says whether a waiver covers the issue. That of a whole result covers
// those that would keep it from passing, not the warnings beside them.
func (i issue) waived() bool {
	return i.Waiver != nil || i.result.Verdict == verdict.Waived && faulty(i.Finding)
}

// waiver is what covers an issue that is waived.
func (i issue) waiver() verdict.Waiver {
	switch {
	case i.Waiver != nil:
		return *i.Waiver
	case i.result.Waiver != nil:
		return *i.result.Waiver
	}
	return verdict.Waiver{Reason: "no reason is given"}
}

// weight is the level of the issue once waivers and the gate are applied.
func (i issue) weight(g verdict.Gate) verdict.Level {
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

// headline says in one line what is the case, and of what.
func (i issue) headline() string {
	text := about(i.Finding)
	switch {
	case i.waived():
		text = "waived (" + i.waiver().Reason + "): " + text
	case i.Level == verdict.Unclear:
		text = "unknown: " + text
	}
	return terminal.Clean(text)
}

// about names the resource of a finding, unless its message does.
func about(f verdict.Finding) string {
	if f.Resource == "" || strings.Contains(f.Message, f.Resource) {
		return f.Message
	}
	return f.Resource + ": " + f.Message
}

// details says what stands behind the headline, a line each: where a module was
// called, what the plan has to do with it, an event that shows it, the mend.
func (i issue) details() []string {
	var lines []string
	if i.Location != nil {
		for _, c := range i.Location.Calls {
			lines = append(lines, "called at "+location(c))
		}
	}
	if i.Cause != "" {
		lines = append(lines, terminal.Clean(blame(i.Cause)))
	}
	if len(i.Witness) > 0 {
		lines = append(lines, proves(i.Finding)+" "+ShortEvent(i.Witness, i.Telling))
	}
	if i.Fix != "" && i.Level != verdict.Note {
		first := true
		for l := range strings.SplitSeq(i.Fix, "\n") {
			if first {
				l = "mend: " + l
			}
			lines = append(lines, terminal.Clean(l))
			first = false
		}
	}
	return lines
}

// key tells an issue from others. Lines are not part of it, and a message only
// where the code alone says nothing, as in a policy of the user's own.
func (i issue) key() string {
	parts := []string{i.result.Control, slashed(i.result.Input), i.Code, string(i.Link), i.Resource, i.Attribute}
	if !i.own {
		parts = append(parts, i.Message)
	}
	return strings.Join(parts, "\x00")
}

func fingerprint(key string, occurrence int) string {
	sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(occurrence)))
	return hex.EncodeToString(sum[:16])
}

// place is where a finding is shown: in the source, else at the first line of
// the input. Several inputs in one are shown at the first of them.
func (o Options) place(f verdict.Finding, r verdict.Result, inputs []verdict.Input) verdict.Location {
	if f.Location != nil && f.Location.File != "" {
		l := *f.Location
		l.File, l.Line = o.fromRoot(l.File), max(1, l.Line)
		return l
	}
	file := r.Input
	if known := slices.ContainsFunc(inputs, func(in verdict.Input) bool { return in.Path == file }); !known && len(inputs) > 0 {
		file = inputs[0].Path
	}
	return verdict.Location{File: o.fromRoot(file), Line: 1}
}

// fromRoot writes a path as it reads from the root of the repository, if it lies
// below.
func (o Options) fromRoot(file string) string {
	name := slashed(file)
	if o.Root == "" || file == "-" {
		return name
	}
	full := name
	if !absolute(name) {
		full = path.Join(o.Dir, name)
	}
	if below, ok := strings.CutPrefix(full, strings.TrimSuffix(o.Root, "/")+"/"); ok {
		return below
	}
	return name
}

// absolute is true of paths of Windows, too, with slashes: C:/work.
func absolute(file string) bool {
	return path.IsAbs(file) || len(file) > 2 && file[1] == ':' && file[2] == '/'
}

// slashed writes a path as CI systems compare it: with slashes, without ./. The
// standard input, which has no path, gets a name.
func slashed(file string) string {
	if file == "-" {
		return "stdin"
	}
	return path.Clean(strings.ReplaceAll(file, `\`, "/"))
}
