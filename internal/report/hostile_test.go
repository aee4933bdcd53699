package report

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// evil is a name that tries what names can try: to move a cursor, to break a
// line, to give orders to the agents of CI systems, and to be markup.
const evil = "a\x1b[31m\x07\u009b1m\u202eb\nc\r\td\x7f\xff\ufffe" +
	"\n::error file=x::pwned\n ::stop-commands::x ##[add-mask]y ##vso[task.setvariable variable=PATH]z %0A::debug::u %5D;type=v,w]" +
	"\nnot ok 1 # SKIP \\# TODO\n  ...\n1..0\nBail out!" +
	"\n]]><script>alert(1)</script>&amp;\"'/>-->" +
	"\n\n# head\n| a | b |\n```\n````\n`code` [link](https://evil.example) ![i](x) <img src=x onerror=y> **b** _i_ @team #12 $x$ www.evil.example" +
	"\n=HYPERLINK(1)"

var hostile = whole(
	[]verdict.Input{{Path: evil, Format: evil, Notes: []string{evil}}},
	verdict.Result{
		Control: evil, Title: evil, Severity: evil, Input: evil, Verdict: verdict.Fail, Before: verdict.Unknown,
		References: map[string]string{evil: evil},
		Links:      []verdict.Step{{Link: "alarm", State: verdict.Broken, Resource: evil, Detail: evil}},
		Findings: []verdict.Finding{
			{
				Code: evil, Link: "alarm", Level: verdict.Error, Message: evil, Resource: evil + "2", Cause: evil, Fix: evil,
				Location: &verdict.Location{File: evil, Line: 1, Calls: []verdict.Location{{File: evil}}},
				Witness:  map[string]any{evil: evil},
			},
			{Code: evil, Level: verdict.Warning, Message: evil, Resource: evil},
			{Code: evil, Level: verdict.Unclear, Message: evil, Attribute: evil},
			{Code: evil, Level: verdict.Note, Message: evil},
		},
	},
	verdict.Result{
		Control: evil, Title: evil, Input: evil, Verdict: verdict.Waived, Waiver: &verdict.Waiver{Reason: evil, Owner: evil},
		Findings: []verdict.Finding{{Code: evil, Level: verdict.Error, Message: evil, Fix: "a\n" + evil}},
	},
	verdict.Result{Control: evil, Input: evil, Verdict: verdict.Skip},
)

func TestHostileNamesStayOnTheirLine(t *testing.T) {
	for _, f := range Formats() {
		got := write(t, f.Name, hostile, Options{})
		if !utf8.Valid(got) {
			t.Errorf("%s: not UTF-8", f.Name)
		}
		for i, c := range string(got) {
			if c != '\n' && terminal.Hostile(c) {
				t.Errorf("%s: %U stands in the output near %q", f.Name, c, got[max(0, i-20):i])
			}
		}
	}
}

// Orders are obeyed wherever a log shows them, so no format may pass one on that
// it does not give itself.
func TestHostileNamesGiveNoOrders(t *testing.T) {
	type form struct {
		order *regexp.Regexp
		count int
	}
	own := map[string]form{
		"github": {regexp.MustCompile(`^::(error|warning|notice) [^:]*::[^\n]*$`), 5},
		"azure":  {regexp.MustCompile(`^##vso\[task\.logissue type=(error|warning);sourcepath=[^;\]]*;linenumber=\d+;code=[^;\]]*;\][^\n]*$`), 3},
	}
	for _, f := range Formats() {
		given := 0
		for line := range strings.Lines(string(write(t, f.Name, hostile, Options{}))) {
			line = strings.TrimSpace(line)
			order := strings.HasPrefix(line, "::") || strings.Contains(line, "##[") || strings.Contains(strings.ToLower(line), "##vso[")
			if !order {
				continue
			}
			given++
			if allowed := own[f.Name].order; allowed == nil || !allowed.MatchString(line) {
				t.Errorf("%s gives the order %.300q", f.Name, line)
			}
			if strings.LastIndex(line, "##") > 0 {
				t.Errorf("%s: an order inside another: %.300q", f.Name, line)
			}
		}
		if given != own[f.Name].count {
			t.Errorf("%s: %d orders, want %d", f.Name, given, own[f.Name].count)
		}
	}
}

func TestHostileNamesKeepTheForm(t *testing.T) {
	for name, check := range map[string]func([]byte) error{
		"json": wellFormedJSON, "sarif": wellFormedJSON, "gitlab": wellFormedJSON, "junit": wellFormedXML, "checkstyle": wellFormedXML,
	} {
		if err := check(write(t, name, hostile, Options{})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func wellFormedJSON(raw []byte) error {
	var v any
	return json.Unmarshal(raw, &v)
}

func wellFormedXML(raw []byte) error {
	for decoder := xml.NewDecoder(strings.NewReader(string(raw))); ; {
		if token, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if start, ok := token.(xml.StartElement); err != nil || ok && start.Name.Local == "script" {
			return errors.Join(err, errors.New("markup of the name"))
		}
	}
}

// TestHostileNamesAreNoMarkdown looks at what stands outside of code.
func TestHostileNamesAreNoMarkdown(t *testing.T) {
	prose, closed := outsideFences(string(write(t, "markdown", hostile, Options{})))
	if !closed {
		t.Error("a fence stays open")
	}
	for _, line := range prose {
		bare := outsideSpans(line)
		for _, active := range []string{"<script", "<img", "](", "**b", " _i_", " @team", " #12", "$x$", "https://", "www.", "&amp;"} {
			if strings.Contains(strings.ReplaceAll(bare, `\`+active, ""), active) {
				t.Errorf("%q stands in %.300q", active, bare)
			}
		}
		if strings.HasPrefix(bare, "|") && strings.Count(bare, "|") != 6 {
			t.Errorf("a row of %d bars: %.300q", strings.Count(bare, "|"), bare)
		}
	}
}

// outsideFences returns the lines that stand in no fenced block
// (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
func outsideFences(text string) (lines []string, closed bool) {
	fence := ""
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		rest := strings.TrimLeft(bare, "`")
		mark := bare[:len(bare)-len(rest)]
		switch {
		case fence == "" && len(mark) >= 3 && !strings.Contains(rest, "`"):
			fence = mark
		case fence == "":
			lines = append(lines, bare)
		case len(mark) >= len(fence) && rest == "":
			fence = ""
		}
	}
	return lines, fence == ""
}

// outsideSpans leaves code spans out: as many backticks close as have opened
// (https://spec.commonmark.org/0.31.2/#code-spans).
func outsideSpans(line string) string {
	var b strings.Builder
	runs := regexp.MustCompile("`+")
	for line != "" {
		at := runs.FindStringIndex(line)
		if at == nil {
			break
		}
		if at[0] > 0 && line[at[0]-1] == '\\' {
			at[1] = at[0] + 1 // an escaped backtick opens nothing
		}
		b.WriteString(line[:at[0]])
		mark, rest := line[at[0]:at[1]], line[at[1]:]
		if at[0] > 0 && line[at[0]-1] == '\\' {
			line = rest
			continue
		}
		closing := -1
		for _, c := range runs.FindAllStringIndex(rest, -1) {
			if c[1]-c[0] == len(mark) {
				closing = c[1]
				break
			}
		}
		if closing < 0 {
			b.WriteString(mark)
			closing = 0
		}
		line = rest[closing:]
	}
	return b.String() + line
}
