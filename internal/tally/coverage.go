package tally

import (
	"cmp"
	"maps"
	"os"
	"slices"

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
	Proven int
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
	p, hour := place{f.account, f.region}, floorDiv(minute, 60)
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
	for _, p := range slices.SortedFunc(maps.Keys(h.of), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.region, b.region))
	}) {
		maps.Copy(some, h.of[p])
		if p.account != "" {
			c.Regions = append(c.Regions, Region{p.account, p.region, len(h.of[p])})
		}
	}
	for hour := floorDiv(from, 60); hour*60 < to; hour++ {
		c.Hours++
		switch {
		case some[hour]:
		case digests.proves(hour):
			c.Proven++
		default:
			c.Silent = append(c.Silent, hour)
		}
	}
	return c
}

// digests are what those of all hours say.
type digests struct {
	whole   map[int64]bool // hours that a digest is about, and no file of it is missing
	missing []string
}

// proves reports whether a digest says that an hour has no record.
func (d digests) proves(hour int64) bool { return d.whole[hour] }

// readDigests reads digests, and compares them with the log files that were given.
func readDigests(files Files) (digests, error) {
	d := digests{whole: map[int64]bool{}}
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
		whole := true
		for _, name := range h.Files {
			if !given[name] {
				whole, d.missing = false, append(d.missing, name)
			}
		}
		if whole && len(h.Files) == 0 {
			d.mark(h)
		}
	}
	slices.Sort(d.missing)
	d.missing = slices.Compact(d.missing)
	return d, nil
}

// mark notes the hours of which a digest has more than half.
func (d digests) mark(h delivery.Hour) {
	const half = 30 * 60
	for hour := h.From.Unix() / 3600; hour*3600 < h.To.Unix(); hour++ {
		if min(h.To.Unix(), (hour+1)*3600)-max(h.From.Unix(), hour*3600) > half {
			d.whole[hour] = true
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
