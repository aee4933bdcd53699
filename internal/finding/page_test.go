package finding_test

//go:generate go test -run TestPageIsInStep -update .

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/finding/findingtest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// writePage writes the documentation of all codes as Markdown: docs/findings.md
// is its output.
func writePage(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Findings\n\n<!-- Generated from internal/finding by `go generate ./internal/finding`. Do not edit. -->\n\n")
	b.WriteString("Every finding has a stable code. `iacgate explain CODE` prints its entry. The level is the default; `levels` in\n" +
		"`.iacgate.yaml` raises or lowers it. An `error` breaks the chain, an `unknown` leaves it undecided, a `warning` and a\n`note` let it hold.\n")
	for _, link := range append(verdict.Links[:len(verdict.Links):len(verdict.Links)], "") {
		writeLink(&b, link)
	}
	writeCatalogue(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func writeLink(b *strings.Builder, link verdict.Link) {
	title := "Any link"
	if link != "" {
		title = "Link `" + string(link) + "`"
	}
	fmt.Fprintf(b, "\n## %s\n", title)
	for _, c := range finding.All() {
		if c.Link != link {
			continue
		}
		fmt.Fprintf(b, "\n### %s\n\n%s. Level: **%s**.\n\n%s\n\n**Fix:** %s\n\nSee %s.\n",
			c.ID, c.Title, c.Level, c.Why, c.Fix, links(c.References))
	}
}

func links(urls []string) string {
	var out []string
	for _, u := range urls {
		out = append(out, "<"+u+">")
	}
	return strings.Join(out, ", ")
}

func writeCatalogue(b *strings.Builder) {
	b.WriteString("\n## The catalogue of silent failures\n\n" +
		"The known ways to deploy an alarm that never fires or never notifies, and what covers each. Rows without a code are out\n" +
		"of reach or need none; the reason is given there.\n\n| row | what | covered by |\n|---|---|---|\n")
	for _, r := range findingtest.Catalogue() {
		covered := r.Reason
		if codes := r.Codes(); len(codes) > 0 {
			covered = "`" + strings.Join(codes, "`, `") + "`"
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", r.ID, r.Subject, covered)
	}
}

func TestPageIsInStep(t *testing.T) {
	const page = "../../docs/findings.md"
	var want bytes.Buffer
	if err := writePage(&want); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("docs/findings.md is out of step: go generate ./internal/finding")
	}
}

var update = flag.Bool("update", false, "rewrite docs/findings.md")
