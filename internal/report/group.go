package report

import (
	"slices"

	"github.com/iacgate/iacgate/internal/verdict"
)

// A cause is a finding that several controls share: the same code at the same place, with
// the same fix. It is said once, with the controls.
type cause struct {
	verdict.Finding
	controls []string
}

// A causeKey is the same for the findings of one cause.
type causeKey struct {
	input, file                                      string
	line, column                                     int
	code, resource, attribute, message, because, fix string
	level                                            verdict.Level
	waived                                           bool
}

func keyOf(r verdict.Result, f verdict.Finding) causeKey {
	key := causeKey{
		input: r.Input, code: f.Code, level: f.Level, resource: f.Resource, attribute: f.Attribute, message: f.Message,
		because: f.Cause, fix: f.Fix, waived: f.Waiver != nil || r.Verdict == verdict.Waived && isFault(f),
	}
	if l := f.Location; l != nil && l.File != "" {
		key.input, key.file, key.line, key.column = "", l.File, l.Line, l.Column // the code of several inputs
	}
	return key
}

// causes are those of some results, by key.
type causes map[causeKey]*cause

// newCauses finds what the controls of some results share.
func newCauses(results []verdict.Result) causes {
	all := causes{}
	for _, r := range results {
		for _, f := range findingsOrPlaceholder(r) {
			if f.Level == verdict.Note {
				continue // nobody has to fix it
			}
			key := keyOf(r, f)
			if all[key] == nil {
				all[key] = &cause{Finding: f}
			}
			if c := all[key]; !slices.Contains(c.controls, r.Control) {
				c.controls = append(c.controls, r.Control)
			}
		}
	}
	return all
}

// shared returns the cause of a finding if several controls have it; nil otherwise.
func (c causes) shared(r verdict.Result, f verdict.Finding) *cause {
	if found := c[keyOf(r, f)]; found != nil && len(found.controls) > 1 {
		return found
	}
	return nil
}

// A sharedGroup is the causes that the same controls share.
type sharedGroup struct {
	controls []string
	causes   []*cause
}

// sharedGroups returns the causes that several controls share, by the controls, in the
// order in which they come up.
func (c causes) sharedGroups(results []verdict.Result) []*sharedGroup {
	var groups []*sharedGroup
	said := map[*cause]bool{}
	for _, r := range results {
		for _, f := range findingsOrPlaceholder(r) {
			found := c.shared(r, f)
			if found == nil || said[found] {
				continue
			}
			said[found] = true
			i := slices.IndexFunc(groups, func(g *sharedGroup) bool { return slices.Equal(g.controls, found.controls) })
			if i < 0 {
				i, groups = len(groups), append(groups, &sharedGroup{controls: found.controls})
			}
			groups[i].causes = append(groups[i].causes, found)
		}
	}
	return groups
}

// level is the worst of the causes.
func (g *sharedGroup) level() verdict.Level {
	for _, l := range verdict.Levels {
		if slices.ContainsFunc(g.causes, func(c *cause) bool { return c.Level == l }) {
			return l
		}
	}
	return verdict.Note
}

// isOwn reports whether a result has something to say that no other control shares.
func (c causes) isOwn(r verdict.Result) bool {
	return slices.ContainsFunc(findingsOrPlaceholder(r), func(f verdict.Finding) bool {
		return f.Level != verdict.Note && c.shared(r, f) == nil
	})
}
