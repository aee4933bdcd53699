package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// crowd returns a report with n results of two findings each, and one with a warning.
func crowd(n int) verdict.Report {
	var results []verdict.Result
	for i := range n {
		r := loosened.Results[0]
		r.Input = fmt.Sprintf("live/%d/plan.json", i)
		r.Findings = slices.Clone(r.Findings)
		r.Findings[0].Location = &verdict.Location{File: "main.tf", Line: i + 1}
		results = append(results, r)
	}
	results = append(results, deniedResult("last/plan.json", verdict.Fail, nil, verdict.Finding{Code: "drifted", Level: verdict.Warning, Message: "m"}))
	return whole(nil, results...)
}

func TestMarkdownKeepsItsLimits(t *testing.T) {
	for _, n := range []int{1, 60, 3000} {
		r := crowd(n)
		var summary bytes.Buffer
		write(t, "github", r, Options{Summary: &summary})
		for text, limit := range map[string]int{string(write(t, "markdown", r, Options{})): commentLimit, summary.String(): summaryLimit} {
			if len(text) > limit {
				t.Errorf("%d results: %d bytes of %d", n, len(text), limit)
			}
			sections := strings.Count(text, "\n### ")
			if left := fmt.Sprintf("\n%d more results do not fit here", n+1-sections); strings.Contains(text, left) != (sections < n+1) {
				t.Errorf("%d results, %d sections: %s", n, sections, text[max(0, len(text)-200):])
			}
			if _, closed := outsideFences(text); !closed {
				t.Errorf("%d results: a fence stays open", n)
			}
		}
	}
}

func TestMarkdownLeavesOutWhatHolds(t *testing.T) {
	all, quiet := string(write(t, "markdown", estate, Options{})), string(write(t, "markdown", estate, Options{Quiet: true}))
	if strings.Count(all, "\n| ") != 1+5 || strings.Count(quiet, "\n| ") != 1+2 {
		t.Errorf("%s", quiet)
	}
}

func TestEscapeMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"aws_sns_topic.security has no tag owner": "aws_sns_topic.security has no tag owner",
		"_a_ *b* `c` [d](e) <f> ~g~ h&i $j$":      "\\_a\\_ \\*b\\* \\`c\\` \\[d\\](e) \\<f\\> \\~g\\~ h\\&i \\$j\\$",
		"a|b":                                     "a&#124;b",
		"@team #12":                               "<span>@</span>team <span>#</span>12",
		"https://a www.b WWW.":                    `https\://a www\.b WWW\.`,
		"a\nb":                                    `a\\nb`,
	} {
		if got := escapeMarkdown(in); got != want {
			t.Errorf("escapeMarkdown(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCode(t *testing.T) {
	for in, want := range map[string][2]string{
		"aws_sns_topic.x": {"`aws_sns_topic.x`", "`aws_sns_topic.x`"},
		"a`b``c":          {"```a`b``c```", "<code>a\\`b\\`\\`c</code>"},
		"`a`":             {"`` `a` ``", "<code>\\`a\\`</code>"},
		"a||b":            {"`a||b`", "<code>a&#124;&#124;b</code>"},
		`a\|b`:            {"`a\\|b`", `<code>a\\&#124;b</code>`},
		" ":               {"", ""},
	} {
		if got := [2]string{codeSpan(in), codeCell(in)}; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFix(t *testing.T) {
	var b strings.Builder
	writeFix(&b, "add a filter with\npattern = \"x\"\nif this is right as it is, add to .iacgate.yaml:\nexternal:\n  - topic: t", "hcl")
	want := "\n  Fix: add a filter with\n\n  ```hcl\n  pattern = \"x\"\n  ```\n\n" +
		"  If this is right as it is, add to .iacgate.yaml:\n\n  ```yaml\n  external:\n    - topic: t\n  ```\n"
	if got := b.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
