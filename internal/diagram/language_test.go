package diagram_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What a reader of DOT and of Mermaid understands, as far as both are written:
// one statement on a line.

const quoted = `"(?:[^"\\]|\\.)*"`

var dotLines = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`digraph iacgate \{`,
	`  (?:graph|node|edge) \[[a-z]+=[^;]*\];`,
	`  subgraph cluster_\d+ \{`,
	`    label=` + quoted + `;`,
	`    n\d+ \[label=` + quoted + `(?:, [a-z]+=(?:` + quoted + `|\d+))*\];`,
	`    n\d+ -> n\d+(?: \[label=` + quoted + `(?:, [a-z]+=(?:` + quoted + `|\d+))*\])?;`,
	`  \}`,
	`\}`,
}, "|") + `)$`)

var mermaidLines = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`flowchart LR`,
	`  subgraph g\d+\["[^"]*"\]`,
	`    n\d+\["[^"]*"\]:::[a-z-]+`,
	`    n\d+ (?:-->|--x|-\.->)(?:\|"[^"]*"\|)? n\d+`,
	`    direction LR`,
	`  end`,
	`  classDef [a-z-]+ [a-z0-9#:, -]+`,
	`  linkStyle [0-9,]+ [a-z0-9#:, -]+`,
}, "|") + `)$`)

// readDOT returns the labels of a picture as Graphviz shows them.
func readDOT(t *testing.T, dot []byte) (labels []string) {
	t.Helper()
	known := declared(t, dot, dotLines, regexp.MustCompile(`^    (n\d+) \[`), regexp.MustCompile(`^    (n\d+) -> (n\d+)`))
	if known == 0 {
		t.Errorf("no box in\n%s", dot)
	}
	for _, m := range regexp.MustCompile(`label=(`+quoted+`)`).FindAllSubmatch(dot, -1) {
		text := string(m[1][1 : len(m[1])-1])
		labels = append(labels, strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n", "&amp;", "&").Replace(text))
	}
	return labels
}

// readMermaid returns the labels of a picture as Mermaid shows them.
func readMermaid(t *testing.T, mermaid []byte) (labels []string) {
	t.Helper()
	known := declared(t, mermaid, mermaidLines, regexp.MustCompile(`^    (n\d+)\[`), regexp.MustCompile(`^    (n\d+) -.*[>x|] (n\d+)$`))
	if known == 0 {
		t.Errorf("no box in\n%s", mermaid)
	}
	code := regexp.MustCompile(`#\d+;`)
	for _, m := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(string(mermaid), -1) {
		lines := strings.Split(m[1], "<br/>")
		for i, l := range lines {
			if strings.ContainsAny(code.ReplaceAllString(l, ""), "<>&`[]{}()#;\"'\\|") {
				t.Errorf("label %q", l)
			}
			lines[i] = code.ReplaceAllStringFunc(l, func(c string) string {
				n, err := strconv.Atoi(c[1 : len(c)-1])
				if err != nil {
					t.Error(err)
				}
				return string(rune(n))
			})
		}
		labels = append(labels, strings.Join(lines, "\n"))
	}
	return labels
}

// declared holds every line to a language and every line between boxes to boxes
// that there are. It returns how many boxes there are.
func declared(t *testing.T, text []byte, language, box, edge *regexp.Regexp) int {
	t.Helper()
	known := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if !language.MatchString(line) {
			t.Errorf("not of the language: %q", line)
		}
		if m := edge.FindStringSubmatch(line); m != nil {
			if !known[m[1]] || !known[m[2]] {
				t.Errorf("a line between boxes that are not there: %q", line)
			}
		} else if m := box.FindStringSubmatch(line); m != nil {
			if known[m[1]] {
				t.Errorf("a second box %s", m[1])
			}
			known[m[1]] = true
		}
	}
	return len(known)
}
