package gate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/finding/findingtest"
)

// elsewhereAdvice are the codes that no judgement of one plan gives.
var elsewhereAdvice = map[string]string{
	"metric-of-other-account": "plans of scenarios are of one account: TestWholeChains",
	"depends-on-parameter":    "templates have cases and plans have none: TestCases",
	"depends-on-tofu":         "plans are made by one of the two: testdata/hostile",
	"count-undecided":         "of a plan everything is counted, of code not: testdata/faults",
	"pattern-texts-differ":    "AWS's texts agree on this control: TestSecurityHubComparesPatterns",
	"nothing-to-judge":        "--require turns a skip into a failure in package verdict",
	"waiver-expired":          "waivers need a clock and are applied in package verdict",
	"waiver-unused":           "waivers are applied to all results together in package verdict",
}

// TestEveryCodeHasAScenario: scenarios hold all findings of a plan, so a code
// that none of them names never appears.
func TestEveryCodeHasAScenario(t *testing.T) {
	shown := map[string]bool{}
	for _, s := range scenarios() {
		for _, f := range s.says {
			shown[f.code] = true
		}
	}
	for _, id := range finding.IDs() {
		if reason := elsewhereAdvice[id]; shown[id] == (reason != "") {
			t.Errorf("%s: shown %v, reason why not %q: want exactly one", id, shown[id], reason)
		}
	}
}

// TestEveryRowHasAScenario: each way to fail silently that the codes claim to
// cover is tried, and so is each section of the contract.
func TestEveryRowHasAScenario(t *testing.T) {
	shown := map[string]bool{"2": false, "2.1": false, "2.2": false, "2.3": false, "2.4": false, "7": false}
	for _, r := range findingtest.Catalogue() {
		if r.Reason == "" && !slices.Contains(notInPlans, r.ID) {
			shown[r.ID] = false
		}
	}
	for _, s := range scenarios() {
		for _, of := range strings.Fields(s.of) {
			shown[of] = true
		}
	}
	for of, ok := range shown {
		if !ok {
			t.Errorf("nothing shows %s", of)
		}
	}
}

// notInPlans are rows that only templates and configurations have.
var notInPlans = []string{"D12"}
