package chain

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// DataOnlyTrails returns the trails that record no management events.
func DataOnlyTrails(d *document.Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management == truth.No {
			out = append(out, id)
		}
	}
	return out
}

// UnusedExternals returns the external entries of the configuration that no candidate of
// the input needs, for any control. gaps are those of the input.
func UnusedExternals(d *document.Document, gaps []resource.Gap) []string {
	groups, topics := neededGroups(d), namedTopics(d)
	var out []string
	for i, x := range d.Config.External {
		switch {
		case x.LogGroup != "" && !groups[i]:
			out = append(out, "log_group "+x.LogGroup)
		case x.Topic != "" && !topics[i]:
			out = append(out, "topic "+x.Topic)
		case x.Trail != "" && len(managementTrails(d)) > 0:
			out = append(out, "trail "+x.Trail)
		case x.Module != "" && !slices.ContainsFunc(gaps, func(g resource.Gap) bool { return facts.VouchesFor(x, g) }):
			out = append(out, "module "+x.Module)
		}
	}
	return out
}

// neededGroups returns the entries that name groups whose trails are not in the input: a
// group with a trail needs no entry.
func neededGroups(d *document.Document) map[int]bool {
	needed := map[int]bool{}
	for _, control := range d.Controls {
		fed := map[string]bool{}
		for _, c := range control.Candidates {
			if c.Reads.State == document.ReadsSame || c.Reads.State == document.ReadsInferred {
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

// namedTopics returns the entries that name a topic which an alarm notifies.
func namedTopics(d *document.Document) map[int]bool {
	named := map[int]bool{}
	for _, a := range d.Alarms {
		for _, actor := range a.Notifiers {
			for _, x := range actor.Actions {
				for _, i := range x.NamedBy {
					named[i] = true
				}
			}
		}
	}
	return named
}

// managementTrails returns the trails that record management events, as far as is
// known.
func managementTrails(d *document.Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management != truth.No {
			out = append(out, id)
		}
	}
	return out
}
