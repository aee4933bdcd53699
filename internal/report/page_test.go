package report

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOutputsPage holds the table of docs/outputs.md to the list of formats.
func TestOutputsPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/outputs.md")
	if err != nil {
		t.Fatal(err)
	}
	var want, got [][2]string
	for _, f := range Formats() {
		want = append(want, [2]string{"`" + f.Name + "`", f.Description})
	}
	for line := range strings.Lines(string(page)) {
		if cells := strings.Split(line, " | "); strings.HasPrefix(line, "| `") && len(cells) == 4 {
			got = append(got, [2]string{strings.TrimPrefix(cells[0], "| "), cells[1]})
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/outputs.md (-formats +page):\n%s", diff)
	}
}
