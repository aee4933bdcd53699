package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// summary counts in the order of the exit status.
func summary(r verdict.Report) string {
	controls := map[string]bool{}
	for _, res := range r.Results {
		controls[res.Control] = true
	}
	text := verdict.Plural(len(controls), "control")
	if len(r.Inputs) > 1 {
		text += ", " + verdict.Plural(len(r.Inputs), "input")
	}
	var counts []string
	s := r.Summary
	for _, c := range []struct {
		n    int
		word string
	}{{s.Fail, "fail"}, {s.Unknown, "unknown"}, {s.Waived, "waived"}, {s.Pass, "pass"}, {s.Skip, "skip"}} {
		if c.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	if s.Warnings > 0 {
		counts = append(counts, verdict.Plural(s.Warnings, "warning"))
	}
	if len(counts) == 0 {
		return text
	}
	return text + ": " + strings.Join(counts, ", ")
}

// changeText says how a plan changes the verdict.
func changeText(r verdict.Result) string {
	switch {
	case r.Before == "" || r.Before == verdict.Skip:
		return ""
	case r.Before == verdict.Pass:
		return "this plan breaks it: before it, the control passes"
	case r.Verdict == verdict.Pass && r.Before == verdict.Fail:
		return "this plan fixes it: before it, the control fails"
	}
	return "before this plan: " + string(r.Before)
}

func waiverText(w verdict.Waiver) string {
	text := "waived: " + w.Reason
	if w.Inline && w.Location != nil {
		text = "waived at " + location(verdict.Location{File: w.Location.File, Line: w.Location.Line}) + ": " + w.Reason
	}
	if !w.Expires.IsZero() {
		text += ", until " + w.Expires.String()
	}
	if w.Owner != "" {
		text += ", owner " + w.Owner
	}
	if w.Ticket != "" {
		text += ", ticket " + w.Ticket
	}
	return text
}

// witnessText introduces the witness of a finding.
func witnessText(f verdict.Finding) string {
	if f.Code == "pattern-floods" || f.Code == "pattern-is-wide" {
		return "this event raises the alarm, too:"
	}
	return "this event raises nothing:"
}

// causeText names the plan, once.
func causeText(cause string) string {
	if strings.HasPrefix(cause, "this plan ") {
		return cause
	}
	return "this plan causes it: " + cause
}

func location(l verdict.Location) string {
	text := terminal.Clean(l.File)
	if l.Line > 0 {
		text += ":" + strconv.Itoa(l.Line)
		if l.Column > 0 {
			text += ":" + strconv.Itoa(l.Column)
		}
	}
	return text
}

func formatName(format string) string {
	switch format {
	case "plan":
		return "terraform plan"
	case "state":
		return "terraform state"
	case "hcl":
		return "terraform configuration"
	case "cfn":
		return "cloudformation template"
	case "mixed":
		return "several inputs as one account"
	}
	return terminal.Clean(format)
}

// withResource names the resource of a finding, unless its message does.
func withResource(f verdict.Finding) string {
	if f.Resource == "" || strings.Contains(f.Message, f.Resource) {
		return f.Message
	}
	return f.Resource + ": " + f.Message
}

func linkName(l verdict.Link) string { return strings.ReplaceAll(string(l), "_", " ") }

// sentence begins with a capital, unless it begins with an address or a name in code,
// and ends with a full stop: GitHub shows only the first sentence where space
// is short.
func sentence(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if first, size := utf8.DecodeRuneInString(word); unicode.IsLower(first) && !strings.ContainsAny(word, "._$[") {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// references writes the newest n benchmark numbers of each publisher, Security
// Hub last: CIS 7.0.0 5.1, CIS 6.0.0 5.1, Security Hub CloudWatch.2.
func references(refs map[string]string, n int) string {
	var out []string
	for _, key := range benchmarks(refs) {
		if len(out) == n {
			break
		}
		out = append(out, benchmarkName(key)+" "+refs[key])
	}
	for _, key := range slices.Sorted(maps.Keys(refs)) {
		if !strings.HasPrefix(key, cisPrefix) {
			out = append(out, benchmarkName(key)+" "+refs[key])
		}
	}
	return strings.Join(out, ", ")
}

const cisPrefix = "cis-aws-"

// benchmarks returns the CIS versions, the newest first.
func benchmarks(refs map[string]string) []string {
	keys := make([]string, 0, len(refs))
	for key := range refs {
		if strings.HasPrefix(key, cisPrefix) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(compareVersions(strings.TrimPrefix(b, cisPrefix), strings.TrimPrefix(a, cisPrefix)), cmp.Compare(a, b))
	})
	return keys
}

// compareVersions compares versions number by number: 1.4.0 is before 1.10, and 3.0 before
// 3.0.0.
func compareVersions(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		m, _ := strconv.Atoi(x)
		n, _ := strconv.Atoi(y)
		if m != n {
			return cmp.Compare(m, n)
		}
	}
	return cmp.Compare(len(a), len(b))
}

func benchmarkName(key string) string {
	if version, ok := strings.CutPrefix(key, cisPrefix); ok {
		return "CIS " + version
	}
	if key == "security-hub" {
		return "Security Hub"
	}
	return key
}
