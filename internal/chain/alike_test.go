package chain_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
)

// TestTakenIsNotAlike: what shares its name is not as good as what has it for itself.
func TestTakenIsNotAlike(t *testing.T) {
	twin := func(name string) string {
		return chaintest.Edits{`"denied" {`, `"another" {`, `"denied-calls"`, name}.Of(t, chaintest.TextOf(chaintest.TheAlarm))
	}
	world := chaintest.Edits{`"denied-calls"`, `"a"`}.Of(t, chaintest.Complete)
	compareCandidates(t, chaintest.Build(t, world+twin(`"b"`)), []string{"main trail denied another security 9"})
	compareCandidates(t, chaintest.Build(t, world+twin(`"a"`)), []string{"main trail denied another security 9", "main trail denied denied security 9"})
}
