package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/verdict"
)

// leftOut are the patterns of events that a filter may leave out. own says that
// some of them are not published, so that they might leave out all.
type leftOut struct {
	patterns []string
	own      bool
}

// exclusions are those of a configuration. Security Hub admits none: it asks for the
// exact pattern.
// https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
func exclusions(c config.Config) leftOut {
	if c.Profile == "security-hub" {
		return leftOut{}
	}
	x := leftOut{own: len(c.OwnExclusions()) > 0}
	for _, e := range c.Exclusions {
		x.patterns = append(x.patterns, e.Pattern)
	}
	return x
}

// and adds the exclusions of one control.
func (x leftOut) and(patterns []string) leftOut {
	if len(patterns) == 0 {
		return x
	}
	return leftOut{slices.Concat(x.patterns, patterns), true}
}

// of are the patterns for a control: none where they would leave out every event
// that it wants, for nothing would be left to watch.
func (x leftOut) of(r reference) ([]*filterpattern.Pattern, error) {
	all, err := parseAll(x.patterns)
	if err != nil || x.own && r.swallowedBy(all) {
		return nil, err
	}
	return all, nil
}

// swallowedBy says whether exclusions leave out every event of a control.
func (r reference) swallowedBy(exclusions []*filterpattern.Pattern) bool {
	return r.ask([]*filterpattern.Pattern{r.want}, exclusions...).Decision == filterpattern.No
}

// Swallowed are the controls of which a configuration's exclusions leave out every
// event, so that they are not applied to these. An error is a pattern that does not
// parse.
func Swallowed(controls []verdict.Control, c config.Config) (ids []string, err error) {
	x := exclusions(c)
	if !x.own {
		return nil, nil // the published ones leave enough
	}
	all, err := parseAll(x.patterns)
	if err != nil {
		return nil, err
	}
	oracle := cloudtrail.NewOracle()
	for _, control := range controls {
		r, err := newReference(control, leftOut{}, oracle)
		if err != nil {
			return nil, err
		}
		if r.swallowedBy(all) {
			ids = append(ids, control.ID)
		}
	}
	return ids, nil
}
