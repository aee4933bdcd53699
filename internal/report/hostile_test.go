package report

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
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

var evilReport = named(evil)

// named returns a report in which everything has one name.
func named(name string) verdict.Report {
	return whole(
		[]verdict.Input{{Path: name, Format: name, Notes: []string{name}}},
		verdict.Result{
			Control: name, Title: name, Severity: name, Input: name, Verdict: verdict.Fail, Before: verdict.Unknown,
			References: map[string]string{name: name},
			Links:      []verdict.Step{{Link: "alarm", State: verdict.Broken, Resource: name, Detail: name}},
			Findings: []verdict.Finding{
				{
					Code: name, Link: "alarm", Level: verdict.Error, Message: name, Resource: name + "2", Cause: name, Fix: name,
					Location: &verdict.Location{File: name, Line: 1, Calls: []verdict.Location{{File: name}}},
					Witness:  map[string]any{name: name},
				},
				{Code: name, Level: verdict.Warning, Message: name, Resource: name},
				{Code: name, Level: verdict.Unclear, Message: name, Attribute: name},
				{Code: name, Level: verdict.Note, Message: name},
			},
		},
		verdict.Result{
			Control: name, Title: name, Input: name, Verdict: verdict.Waived, Waiver: &verdict.Waiver{Reason: name, Owner: name},
			Findings: []verdict.Finding{{Code: name, Level: verdict.Error, Message: name, Fix: "a\n" + name}},
		},
		verdict.Result{Control: name, Input: name, Verdict: verdict.Skip},
	)
}

func TestHostileNames(t *testing.T) {
	for _, f := range Formats() {
		checkNames(t, f.Name, write(t, f.Name, evilReport, Options{}))
	}
	for name, want := range map[string]int{"github": 5, "azure": 3, "text": 0} {
		if got := len(orders(write(t, name, evilReport, Options{}))); got != want {
			t.Errorf("%s: %d orders, want %d", name, got, want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, name := range []string{evil, "", " ", "-", "##", "::a", "`", "\\", "|", "]]>", "a: b", "...", "www.", "%0A"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		r := named(name)
		for _, f := range Formats() {
			checkNames(t, f.Name, write(t, f.Name, r, Options{}))
		}
	})
}

// checkNames reports whether a format stays what it is, whatever the names are.
func checkNames(t *testing.T, format string, raw []byte) {
	t.Helper()
	if !utf8.Valid(raw) {
		t.Errorf("%s: not UTF-8", format)
	}
	for i, c := range string(raw) {
		if c != '\n' && terminal.Hostile(c) {
			t.Errorf("%s: %U in the output after %q: pass every text of the input through terminal.Clean", format, c, raw[max(0, i-20):i])
			break // the first shows the cause
		}
	}
	for _, line := range orders(raw) {
		if allowed := own[format]; allowed == nil || !allowed.MatchString(line) || len(orders([]byte(line[2:]))) > 0 {
			t.Errorf("%s: a CI agent would obey %.300q", format, line)
			break
		}
	}
	if check := forms[format]; check != nil {
		if err := check(raw); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// orders returns the lines that the agents of GitHub and Azure obey, wherever a log
// shows them.
func orders(raw []byte) (lines []string) {
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if v2 := regexp.MustCompile(`^::\pL`).MatchString(line); v2 || strings.Contains(line, "##[") || strings.Contains(strings.ToLower(line), "##vso[") {
			lines = append(lines, line)
		}
	}
	return lines
}

// own are the orders that formats give.
var own = map[string]*regexp.Regexp{
	"github": regexp.MustCompile(`^::(error|warning|notice) [^:]*::[^\n]*$`),
	"azure":  regexp.MustCompile(`^##vso\[task\.logissue type=(error|warning);sourcepath=[^;\]]*;linenumber=\d+;code=[^;\]]*;\][^\n]*$`),
}

// forms read formats as their readers do.
var forms = map[string]func([]byte) error{
	"json": wellFormedJSON, "sarif": wellFormedJSON, "gitlab": wellFormedJSON,
	"junit": wellFormedXML, "checkstyle": wellFormedXML,
	"tap": func(raw []byte) error {
		_, err := readTAP(string(raw))
		return err
	},
	"markdown": plainMarkdown,
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

// plainMarkdown looks for what names could do outside of code.
func plainMarkdown(raw []byte) error {
	prose, closed := outsideFences(string(raw))
	if !closed {
		return errors.New("a fence stays open")
	}
	for _, line := range prose {
		bare := outsideSpans(line)
		for _, active := range []string{"<script", "<img", "](", "**b", " _i_", " @team", " #12", "$x$", "://", "&amp;"} {
			if strings.Contains(strings.ReplaceAll(bare, `\`+active, ""), active) {
				return fmt.Errorf("%q appears in %.300q", active, bare)
			}
		}
		if regexp.MustCompile(`(?i)www\.\w`).MatchString(bare) {
			return fmt.Errorf("a link appears in %.300q", bare)
		}
		if strings.HasPrefix(bare, "|") && strings.Count(bare, "|") != 6 {
			return fmt.Errorf("a row of %d bars: %.300q", strings.Count(bare, "|"), bare)
		}
	}
	return nil
}

// outsideFences returns the lines outside of fenced blocks
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
