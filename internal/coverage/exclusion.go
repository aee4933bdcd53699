package coverage

import (
	"slices"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// exclusionSet are the exclusions of a configuration. The published ones leave enough of
// every control; own are the others, which might leave out all.
type exclusionSet struct {
	published, own []config.Exclusion
}

// exclusions returns those of a configuration. Security Hub admits none: it asks for the
// exact pattern.
// https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
func exclusions(c config.Config) exclusionSet {
	if c.Profile == "security-hub" {
		return exclusionSet{}
	}
	own := c.OwnExclusions()
	isOwn := func(e config.Exclusion) bool {
		return slices.ContainsFunc(own, func(o config.Exclusion) bool { return o.Pattern == e.Pattern })
	}
	return exclusionSet{slices.DeleteFunc(slices.Clone(c.Exclusions), isOwn), own}
}

// of returns the patterns for a control, its own among them. One that leaves out every
// event that the control is about is none of them, and if they do so together none
// is: nothing would be left to watch.
func (x exclusionSet) of(c verdict.Control, r reference) ([]*filterpattern.Pattern, error) {
	texts := patterns(exclusionsFor(x.published, c))
	published := len(texts)
	for _, e := range exclusionsFor(x.own, c) {
		all, err := r.swallowedBy([]string{e.Pattern})
		if err != nil {
			return nil, err
		}
		if !all {
			texts = append(texts, e.Pattern)
		}
	}
	texts = append(texts, c.Exclusions...)
	if len(texts) > published {
		if all, err := r.swallowedBy(texts); err != nil || all {
			return nil, err
		}
	}
	return parseAll(texts)
}

// exclusionsFor returns those of some exclusions that are for a control.
func exclusionsFor(exclusions []config.Exclusion, c verdict.Control) []config.Exclusion {
	return slices.DeleteFunc(slices.Clone(exclusions), func(e config.Exclusion) bool { return !e.IsFor(c) })
}

func patterns(exclusions []config.Exclusion) []string {
	var texts []string
	for _, e := range exclusions {
		texts = append(texts, e.Pattern)
	}
	return texts
}

// swallowedBy reports whether some exclusions leave out every event of the control, or
// every call that AWS is known to write if it is about such.
func (r reference) swallowedBy(exclusions []string) (bool, error) {
	all, err := parseAll(exclusions)
	if err != nil {
		return false, err
	}
	if r.holds([]*filterpattern.Pattern{r.want}, all...) == truth.No {
		return true, nil
	}
	kinds := r.recorded
	if len(kinds) == 0 {
		kinds = []*filterpattern.Pattern{r.want}
	}
	some := false
	for _, kind := range kinds {
		calls := []*filterpattern.Pattern{r.want, kind, cloudtrail.OrdinaryCall()}
		if r.holds(calls) != truth.Yes {
			continue
		}
		if some = true; r.holds(calls, all...) != truth.No {
			return false, nil
		}
	}
	return some, nil
}

// An OverbroadExclusion is an exclusion, or all of them if Pattern is "", with the controls of
// which it leaves out every event, so that it is not applied to these.
type OverbroadExclusion struct {
	Exclusion config.Exclusion
	Controls  []string
	// Mistaken says that it must be a mistake: it leaves out every control that is checked
	// for, or one that it names itself.
	Mistaken bool
}

// FindOverbroad returns the exclusions of a configuration that leave out every event of a
// control: of those that are checked or, if an exclusion names controls, of any
// that there is. An error is a pattern that does not parse.
func FindOverbroad(asked, known []verdict.Control, c config.Config) ([]OverbroadExclusion, error) {
	x := exclusions(c)
	var out []OverbroadExclusion
	for _, e := range x.own {
		controls := asked
		if len(e.Controls) > 0 {
			controls = known
		}
		ids, err := fullyExcluded([]config.Exclusion{e}, controls)
		if err != nil {
			return nil, err
		}
		if len(ids) > 0 {
			out = append(out, OverbroadExclusion{e, ids, len(e.Controls) > 0 || len(ids) == len(asked)})
		}
	}
	together, err := x.together(asked, out)
	if err == nil && len(together) > 0 {
		out = append(out, OverbroadExclusion{Controls: together, Mistaken: len(together) == len(asked)})
	}
	return out, err
}

// together returns the controls of which all exclusions leave out every event, and none
// does so alone.
func (x exclusionSet) together(asked []verdict.Control, alone []OverbroadExclusion) ([]string, error) {
	if len(x.own) == 0 {
		return nil, nil
	}
	rest := slices.DeleteFunc(slices.Clone(asked), func(c verdict.Control) bool {
		return slices.ContainsFunc(alone, func(s OverbroadExclusion) bool { return slices.Contains(s.Controls, c.ID) })
	})
	return fullyExcluded(slices.Concat(x.published, x.own), rest)
}

// fullyExcluded returns the controls of which some exclusions leave out every event.
func fullyExcluded(exclusions []config.Exclusion, controls []verdict.Control) (ids []string, err error) {
	oracle := cloudtrail.NewOracle()
	for _, c := range controls {
		theirs := exclusionsFor(exclusions, c)
		if len(theirs) == 0 {
			continue
		}
		r, err := newReference(c, oracle)
		if err != nil {
			return nil, err
		}
		all, err := r.swallowedBy(patterns(theirs))
		if err != nil {
			return nil, err
		}
		if all {
			ids = append(ids, c.ID)
		}
	}
	return ids, nil
}
