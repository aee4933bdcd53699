package coverage

import (
	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Cover says what one filter pattern means for some controls, on a log group that
// holds CloudTrail records, as the facts of an input say it. all are the controls
// there are. An error is a reference or an exclusion that does not parse.
//
// Unlike the facts of an input it answers for a pattern that is aimed elsewhere,
// too.
func Cover(pattern *filterpattern.Pattern, controls, all []verdict.Control, cfg config.Config) ([]document.Coverage, error) {
	oracle := cloudtrail.NewOracle()
	others, err := readReferences(all, nil, cfg, oracle)
	if err != nil {
		return nil, err
	}
	asked, err := readReferences(controls, others, cfg, oracle)
	if err != nil {
		return nil, err
	}
	have := &written{text: pattern.String(), pattern: pattern}
	out := make([]document.Coverage, len(controls))
	for i, c := range controls {
		r := asked[c.ID]
		out[i] = r.cover(have, true)
		if out[i].Aimed == truth.No {
			out[i].Near = nearMiss(have, others) == c.ID
			r.fillExtent(pattern, &out[i])
		}
	}
	return out, nil
}

// Codes returns the findings at the link pattern that policies make of a coverage; a
// test holds them to policies/lib/links_events.rego.
func Codes(c document.Coverage) []string {
	var codes []string
	for _, row := range []struct {
		code    string
		applies bool
	}{
		{"no-metric-filter", c.Aimed == truth.No && !c.Near},
		{"pattern-invalid", c.Invalid != ""},
		{"pattern-never-matches", c.Matches == document.MatchesNever},
		{"pattern-misses-events", c.Matches == document.MatchesNotAll},
		{"pattern-narrower-than-reference", c.Matches == document.MatchesNotUnrecorded},
		{"pattern-enumerates", len(c.Enumerates) > 0},
		{"pattern-undecided", c.Matches == document.MatchesUnknown},
		{"pattern-floods", c.Beyond == document.BeyondEveryday},
		{"pattern-is-wide", c.Beyond == document.BeyondSome},
		{"pattern-texts-differ", c.Differs != ""},
		{"pattern-exclusions", len(c.Exclusions) > 0},
	} {
		if row.applies {
			codes = append(codes, row.code)
		}
	}
	return codes
}

// Holds reports whether a filter with such a pattern holds its links: nothing that
// is said of it is an error or unknown at the levels of the configuration.
func Holds(c document.Coverage, cfg config.Config) bool {
	of := document.Levels(cfg)
	for _, code := range Codes(c) {
		if level := verdict.Level(of[code]); level == verdict.Error || level == verdict.Unclear {
			return false
		}
	}
	return true
}

// Hide takes out what would give a sensitive pattern away; the answers stay.
func Hide(c *document.Coverage) {
	c.Lost, c.Extra, c.Loses, c.Gains, c.Exclusions, c.Excludable = nil, nil, "", "", []string{}, []string{}
	if c.Invalid != "" {
		c.Invalid = "it does not parse"
	}
}
