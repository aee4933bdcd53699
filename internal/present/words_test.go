package present

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
)

// TestTemplateWordsReplaceSomething: what is replaced for templates occurs in some
// finding's words.
func TestTemplateWordsReplaceSomething(t *testing.T) {
	var all strings.Builder
	for _, c := range finding.All() {
		all.WriteString(c.Title + "\n" + c.Fix + "\n")
	}
	for i := 0; i < len(templateWords); i += 2 {
		if !strings.Contains(all.String(), templateWords[i]) {
			t.Errorf("no finding says %q", templateWords[i])
		}
	}
}
