package tally

import (
	"cmp"
	"slices"
	"strings"
)

// A Group is the matches of one caller and call.
type Group struct {
	Caller    Caller
	Count     int64
	Days      []int64 // days since 1970 with a match, in order
	Burst     int64   // the most in one minute
	First     []string
	Early     Series
	Late      Series
	Events    []MinuteEvent // of minutes of Early, in order
	Addresses []string
	Sessions  []string
	Partial   bool // groups were forgotten meanwhile: the count is at least this
	Blurred   bool // there were too many minutes to keep all
}

// Bounds of what is kept of groups.
const (
	maxGroups  = 5_000   // at once; then the smaller half is forgotten
	maxPoints  = 300_000 // minutes of all groups
	maxFirst   = 3       // ids of events
	maxIDs     = 20_000  // ids of events by minute, of all groups
	maxDetails = 20      // addresses and sessions of a group
)

// groups tells matches apart by caller.
type groups struct {
	details Details
	of      map[Caller]*group
	known   map[*Caller]*group // the same, by what readers hand over
	points  int
	ids     int
	others  int64
	forgot  bool
}

type group struct {
	Group
	points []point
}

// A point counts matches of one group that have the same minutes.
type point struct {
	early, late int32 // minutes since 1970, until the year 6053
	count       uint32
}

// add counts a match, and reports whether it needed a new point.
func (g *group) add(early, late int32, mayGrow bool) (grown bool) {
	if n := len(g.points); n > 0 && g.points[n-1].early == early && g.points[n-1].late == late {
		g.points[n-1].count++
		return false
	}
	if !mayGrow {
		g.Blurred = true
		return false
	}
	g.points = append(g.points, point{early, late, 1})
	return true
}

// series sorts the points by a clock and returns how many matches there were in each of
// its minutes.
func (g *group) series(minute func(point) int32) Series {
	slices.SortStableFunc(g.points, func(a, b point) int { return cmp.Compare(minute(a), minute(b)) })
	distinct := 0
	for i, p := range g.points {
		if i == 0 || minute(p) != minute(g.points[i-1]) {
			distinct++
		}
	}
	s := make(Series, 0, distinct)
	for i, p := range g.points {
		if i == 0 || minute(p) != minute(g.points[i-1]) {
			s = append(s, Minute{At: int64(minute(p))})
		}
		s[len(s)-1].Count += int64(p.count)
	}
	return s
}

func newGroups(d Details) *groups {
	return &groups{details: d, of: map[Caller]*group{}, known: map[*Caller]*group{}}
}

func (g *groups) add(e *entry) {
	found := g.find(e.caller)
	found.Count++
	if found.add(int32(e.early), int32(e.late), g.points < maxPoints) {
		g.points++
		g.keepID(found, e)
	}
	if t := e.told; t != nil {
		if len(found.First) < maxFirst && t.eventID != "" {
			found.First = append(found.First, t.eventID)
		}
		found.Addresses = appendDetail(found.Addresses, t.address)
		found.Sessions = appendDetail(found.Sessions, t.session)
	}
}

// keepID keeps the id of an event that begins a point.
func (g *groups) keepID(of *group, e *entry) {
	if g.ids < maxIDs && e.plainID {
		of.Events = append(of.Events, MinuteEvent{int32(e.early), e.id})
		g.ids++
	}
}

func (g *groups) find(c *Caller) *group {
	if found, ok := g.known[c]; ok {
		return found
	}
	found, ok := g.of[*c]
	if !ok {
		if len(g.of) >= maxGroups {
			g.forget()
		}
		found = &group{Group: Group{Caller: *c, Partial: g.forgot}}
		g.of[*c] = found
	}
	if len(g.known) >= 2*maxGroups {
		clear(g.known)
	}
	g.known[c] = found
	return found
}

func appendDetail(all []string, one string) []string {
	if one == "" || len(all) >= maxDetails || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// forget gives up the smaller half of the groups. What comes of them later counts as a new
// group, which says that it is not all.
func (g *groups) forget() {
	all := make([]*group, 0, len(g.of))
	for _, one := range g.of {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *group) int { return compare(&a.Group, &b.Group) })
	g.forgot = true
	for _, one := range all[len(all)/2:] {
		g.others += one.Count
		g.points -= len(one.points)
		g.ids -= len(one.Events)
		delete(g.of, one.Caller)
	}
	clear(g.known)
}

// compare puts the larger group first; of equal ones, that whose names come first.
func compare(a, b *Group) int {
	if a.Count != b.Count {
		return cmp.Compare(b.Count, a.Count)
	}
	x, y := a.Caller, b.Caller
	for _, pair := range [...][2]string{{x.Principal, y.Principal}, {x.Source, y.Source}, {x.Name, y.Name}, {x.Code, y.Code}, {x.Type, y.Type}} {
		if c := strings.Compare(pair[0], pair[1]); c != 0 {
			return c
		}
	}
	return strings.Compare(x.ARN, y.ARN)
}

// list returns the groups, the largest first, and the matches of those that were
// forgotten.
func (g *groups) list() ([]Group, int64) {
	out := make([]Group, 0, len(g.of))
	clear(g.known)
	for caller, one := range g.of {
		one.Early = one.series(func(p point) int32 { return p.early })
		slices.SortStableFunc(one.Events, func(a, b MinuteEvent) int { return cmp.Compare(a.At, b.At) })
		one.Events = slices.CompactFunc(one.Events, func(a, b MinuteEvent) bool { return a.At == b.At })
		one.Late = one.series(func(p point) int32 { return p.late })
		delete(g.of, caller) // what is listed needs no points
		for _, m := range one.Early {
			one.Burst = max(one.Burst, m.Count)
			if day := m.At / minutesPerDay; len(one.Days) == 0 || one.Days[len(one.Days)-1] != day {
				one.Days = append(one.Days, day)
			}
		}
		out = append(out, one.Group)
	}
	slices.SortFunc(out, func(a, b Group) int { return compare(&a, &b) })
	return out, g.others
}
