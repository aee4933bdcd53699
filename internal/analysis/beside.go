package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// DataOnly returns the trails that record no management events.
func DataOnly(d *Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management == No {
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
// link of the input needs.
func UnusedExternals(d *Document, control string) []string {
	var out []string
	for _, x := range d.Config.External {
		switch {
		case x.LogGroup != "" && !d.needsGroup(control, x.LogGroup):
			out = append(out, "log_group "+x.LogGroup)
		case x.Topic != "" && !d.namesTopic(x.Topic):
			out = append(out, "topic "+x.Topic)
		case x.Trail != "" && len(auditing(d)) > 0:
			out = append(out, "trail "+x.Trail)
		case x.Module != "" && !slices.ContainsFunc(d.vouched, func(g resource.Gap) bool { return vouchesFor(x, g) }):
			out = append(out, "module "+x.Module)
		}
	}
	return out
}

// needsGroup: a group whose trail is in the input needs nobody's word.
func (d *Document) needsGroup(control, glob string) bool {
	fed := map[string]bool{}
	for _, c := range d.Controls[control].Candidates {
		if c.Reads.State == ReadsSame || c.Reads.State == ReadsInferred {
			fed[c.Filter] = true
		}
	}
	return slices.ContainsFunc(d.Controls[control].Candidates, func(c Candidate) bool {
		return c.Trail == "" && !fed[c.Filter] && globMatch(glob, c.GroupName)
	})
}

func (d *Document) namesTopic(glob string) bool {
	for _, a := range d.Alarms {
		for _, actor := range a.Actors {
			for _, x := range actor.Actions {
				if globMatch(glob, x.Text) || globMatch(glob, x.Topic) {
					return true
				}
			}
		}
	}
	return false
}
