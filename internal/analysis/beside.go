package analysis

import (
	"maps"
	"slices"
)

// DataOnly returns the trails that record no management events.
func DataOnly(d *Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management == "no" {
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

// UnusedExternals returns what the configuration declares as external and the
// input never names.
func UnusedExternals(d *Document) []string {
	var out []string
	for _, x := range d.Config.External {
		switch {
		case x.LogGroup != "" && !d.namesGroup(x.LogGroup):
			out = append(out, "log_group "+x.LogGroup)
		case x.Topic != "" && !d.namesTopic(x.Topic):
			out = append(out, "topic "+x.Topic)
		case x.Trail != "" && len(auditing(d)) > 0:
			out = append(out, "trail "+x.Trail)
		}
	}
	return out
}

func (d *Document) namesGroup(glob string) bool {
	for _, l := range d.LogGroups {
		if l.Name != nil && globMatch(glob, *l.Name) {
			return true
		}
	}
	return false
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
