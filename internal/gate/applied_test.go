package gate_test

import (
	"context"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestApplied: the same infrastructure gets the same verdict before and after it
// is applied. The plan of what exists is the plan of what will be, with all ARNs
// known; so what a scenario does to the one it does to the other. What could not
// be seen before may be seen after.
func TestApplied(t *testing.T) {
	g := newGate(t)
	for _, s := range slices.Concat(
		trailScenarios, roleScenarios, logGroupScenarios, filterScenarios, patternScenarios, publishedScenarios,
		metricScenarios, alarmScenarios, actionScenarios, topicScenarios, subscriptionScenarios, choiceScenarios,
	) {
		differs := s.name == "a topic in another region" || // what exists has the ARN of where it is
			s.name == "a new role without a policy" // AWS would have refused the trail
		if s.from() != "complete" || s.config != nil || s.want == verdict.Unknown || differs {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			j, err := g.Judge(context.Background(), newDraft(t, existing, s.edits).document())
			if err != nil {
				t.Fatal(err)
			}
			if got := j.Results[0]; got.Verdict != s.want || firstFault(got) != s.at {
				t.Errorf("%s at %q, want %s at %q", got.Verdict, firstFault(got), s.want, s.at)
			}
		})
	}
}
