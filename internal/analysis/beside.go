package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// DataOnly returns the trails that record no management events.
func DataOnly(d *Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management == truth.No {
			out = append(out, id)
		}
	}
	return out
}

// Unwatched returns the trails of accounts in which no candidate is whole: their
// denied calls raise nothing, unless an organization's trail has an alarm.
func Unwatched(d *Document, control string, whole []int) []string {
	watched := map[string]bool{}
	for _, i := range whole {
		t, ok := d.Trails[d.Controls[control].Candidates[i].Trail]
		if !ok || t.Organization != nil && *t.Organization {
			return nil
		}
		watched[t.Account] = true
	}
	if len(whole) == 0 || watched[""] {
		return nil
	}
	var out []string
	for _, id := range auditing(d) {
		if a := d.Trails[id].Account; a != "" && !watched[a] {
			out = append(out, id)
		}
	}
	return out
}

// UnusedExternals returns what the configuration declares as external and no
// candidate of the input needs, whatever its control.
func UnusedExternals(d *Document) []string {
	groups, topics := d.neededGroups(), d.namedTopics()
	var out []string
	for i, x := range d.Config.External {
		switch {
		case x.LogGroup != "" && !groups[i]:
			out = append(out, "log_group "+x.LogGroup)
		case x.Topic != "" && !topics[i]:
			out = append(out, "topic "+x.Topic)
		case x.Trail != "" && len(auditing(d)) > 0:
			out = append(out, "trail "+x.Trail)
		case x.Module != "" && !slices.ContainsFunc(d.vouched, func(g resource.Gap) bool { return vouchesFor(x, g) }):
			out = append(out, "module "+x.Module)
		}
	}
	return out
}

// neededGroups are the entries that name groups whose trails are not in the input: a
// group that one writes to needs nobody's word.
func (d *Document) neededGroups() map[int]bool {
	needed := map[int]bool{}
	for _, control := range d.Controls {
		fed := map[string]bool{}
		for _, c := range control.Candidates {
			if c.Reads.State == ReadsSame || c.Reads.State == ReadsInferred {
				fed[c.Filter] = true
			}
		}
		for _, c := range control.Candidates {
			for _, i := range c.NamedBy {
				needed[i] = needed[i] || c.Trail == "" && !fed[c.Filter]
			}
		}
	}
	return needed
}

// namedTopics are the entries that name a topic which an alarm tells.
func (d *Document) namedTopics() map[int]bool {
	named := map[int]bool{}
	for _, a := range d.Alarms {
		for _, actor := range a.Actors {
			for _, x := range actor.Actions {
				for _, i := range x.NamedBy {
					named[i] = true
				}
			}
		}
	}
	return named
}
