package control_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/verdict"
)

//go:generate go test -run TestControlsPageIsInStep -update .

// writeControlsPage writes the documentation of all controls as Markdown:
// docs/controls.md is its output.
func writeControlsPage(w io.Writer, controls []verdict.Control) error {
	var b strings.Builder
	b.WriteString("# Controls\n\n<!-- Generated from policies/controls by `go generate ./internal/control`. Do not edit. -->\n\n" +
		"What iacgate can be asked for. `iacgate explain ID` prints an entry; `check --control ID` asks for it.\n\n" +
		"| control | severity | title |\n|---|---|---|\n")
	for _, c := range controls {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", c.ID, c.ID, c.Severity, c.Title)
	}
	for _, c := range controls {
		writeControl(&b, c)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeControl(b *strings.Builder, c verdict.Control) {
	fmt.Fprintf(b, "\n## %s\n\n%s. Severity: **%s**. Events: %s.\n\n%s\n", c.ID, c.Title, c.Severity, c.Events, c.Description)
	b.WriteString("\n| benchmark | number |\n|---|---|\n")
	for _, benchmark := range slices.Sorted(maps.Keys(c.References)) {
		fmt.Fprintf(b, "| %s | %s |\n", benchmark, c.References[benchmark])
	}
	fmt.Fprintf(b, "\nThe pattern has to match every event of:\n\n```\n%s\n```\n", c.MustMatch)
	if len(c.Accepted) > 0 {
		fmt.Fprintf(b, "\nAccepted as well:\n\n```\n%s\n```\n", strings.Join(c.Accepted, "\n"))
	}
	for _, since := range slices.Sorted(maps.Keys(c.From)) {
		fmt.Fprintf(b, "\nFrom %s on:\n\n```\n%s\n```\n", since, c.From[since])
	}
	if c.Strict != "" {
		fmt.Fprintf(b, "\nIn the profile strict:\n\n```\n%s\n```\n", c.Strict)
	}
	fmt.Fprintf(b, "\n**Fix:** %s\n", c.Remediation)
	if len(c.Errata)+len(c.Misprints) > 0 {
		b.WriteString("\nErrata of what is published:\n\n")
	}
	for _, e := range c.Errata {
		fmt.Fprintf(b, "* %s\n", e)
	}
	for _, m := range c.Misprints {
		fmt.Fprintf(b, "* `%s`: %s\n", m.Pattern, m.Says)
	}
	if len(c.Resources) > 0 {
		fmt.Fprintf(b, "\nSee <%s>.\n", strings.Join(c.Resources, ">, <"))
	}
}

var update = flag.Bool("update", false, "write docs/controls.md anew")

func TestControlsPageIsInStep(t *testing.T) {
	const page = "../../docs/controls.md"
	all, err := control.All()
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := writeControlsPage(&want, all); err != nil {
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
		t.Error("docs/controls.md is out of step: go generate ./internal/control")
	}
}
