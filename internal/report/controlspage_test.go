package report_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/report"
)

var updatePage = flag.Bool("update-page", false, "write docs/controls.md anew")

func TestControlsPageIsInStep(t *testing.T) {
	const page = "../../docs/controls.md"
	controls, err := policy.Controls()
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := report.ControlsPage(&want, controls); err != nil {
		t.Fatal(err)
	}
	if *updatePage {
		if err := os.WriteFile(page, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("docs/controls.md is out of step: go generate ./internal/report")
	}
}
