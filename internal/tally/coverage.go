package tally

import (
	"cmp"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/cloudtrail/delivery"
	"github.com/iacgate/iacgate/internal/diag"
)

// Coverage says which hours the data cover.
type Coverage struct {
	Hours int // from the first to the last minute
	// Silent are the hours, since 1970, without any record: nothing happened, or they are
	// missing. A digest without a missing file proves that nothing happened; those hours
	// are counted apart.
	Silent []int64
	Proven []int64
	// Missing are the log files that a digest names and that were not given.
	Missing []string
	Regions []Region
}

// A Region is what there is of one account and region.
type Region struct {
	Account string `json:"account"`
	Region  string `json:"region"`
	Hours   int    `json:"hours_with_records"`
}

// Share is the part of the hours that has records or is proven to have none.
func (c Coverage) Share() float64 {
	if c.Hours == 0 {
		return 0
	}
	return float64(c.Hours-len(c.Silent)) / float64(c.Hours)
}

// hours are those with a record, by account and region.
type hours struct {
	of   map[place]map[int64]bool
	last place
	hour int64
}

type place struct{ account, region string }

func (h *hours) add(f *File, minute int64) {
	p, hour := place{f.account, f.region}, minute/60
	if h.of != nil && h.hour == hour && h.last == p {
		return
	}
	if h.of == nil {
		h.of = map[place]map[int64]bool{}
	}
	if h.of[p] == nil {
		h.of[p] = map[int64]bool{}
	}
	h.of[p][hour], h.last, h.hour = true, p, hour
}

// coverage looks for hours without records between two minutes.
func (h *hours) coverage(from, to int64, digests digests) Coverage {
	c := Coverage{Missing: digests.missing}
	some := map[int64]bool{}
	var places []place
	for _, p := range slices.SortedFunc(maps.Keys(h.of), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.region, b.region))
	}) {
		maps.Copy(some, h.of[p])
		if p.account != "" {
			places = append(places, p)
			c.Regions = append(c.Regions, Region{p.account, p.region, len(h.of[p])})
		}
	}
	for hour := from / 60; hour*60 < to; hour++ {
		c.Hours++
		switch {
		case some[hour]:
		case digests.prove(hour, places):
			c.Proven = append(c.Proven, hour)
		default:
			c.Silent = append(c.Silent, hour)
		}
	}
	return c
}

// digests are what those of all hours say.
type digests struct {
	empty   map[place]map[int64]bool // hours of which a digest says that they have no file
	missing []string
}

// prove reports whether digests say of all places that an hour has no record.
func (d digests) prove(hour int64, places []place) bool {
	return len(places) > 0 && !slices.ContainsFunc(places, func(p place) bool { return !d.empty[p][hour] })
}

// readDigests reads digests, and compares them with the log files that were given.
func readDigests(files Files) (digests, error) {
	d := digests{empty: map[place]map[int64]bool{}}
	given := map[string]bool{}
	for _, f := range files.Records {
		if o, ok := delivery.Parse(f.Path); ok {
			given[o.Name] = true
		}
	}
	for _, path := range files.Digests {
		h, err := readDigest(path)
		if err != nil {
			return d, diag.At(path, err)
		}
		for _, name := range h.Files {
			if !given[name] {
				d.missing = append(d.missing, name)
			}
		}
		if o, ok := delivery.Parse(path); ok && len(h.Files) == 0 {
			d.mark(place{o.Account, o.Region}, h)
		}
	}
	slices.Sort(d.missing)
	d.missing = slices.Compact(d.missing)
	return d, nil
}

// mark notes the hours of which a digest has more than half. It is about one hour: one
// about ages proves nothing.
func (d digests) mark(p place, h delivery.Hour) {
	const half, most = 30 * 60, 24 * time.Hour
	if h.To.Sub(h.From) > most {
		return
	}
	if d.empty[p] == nil {
		d.empty[p] = map[int64]bool{}
	}
	for hour := h.From.Unix() / 3600; hour*3600 < h.To.Unix(); hour++ {
		if min(h.To.Unix(), (hour+1)*3600)-max(h.From.Unix(), hour*3600) > half {
			d.empty[p][hour] = true
		}
	}
}

func readDigest(path string) (delivery.Hour, error) {
	f, err := os.Open(path)
	if err != nil {
		return delivery.Hour{}, plainError(err)
	}
	defer f.Close()
	return delivery.ReadDigest(f)
}
