package tally

import (
	"maps"
	"slices"
)

// A Series is how much there was in each minute that had any, in order.
type Series []Minute

// A Minute is a minute since 1970 and a count.
type Minute struct {
	At    int64
	Count int64
}

// Total returns the sum.
func (s Series) Total() (n int64) {
	for _, m := range s {
		n += m.Count
	}
	return n
}

// minutes counts in any order, an hour at a time: most records come nearly in order. All
// minutes are plausible ones, long after 1970.
type minutes struct {
	hour  int64
	block *[60]uint32
	of    map[int64]*[60]uint32
}

func (m *minutes) add(at int64) {
	hour := at / 60
	if m.block == nil || m.hour != hour {
		if m.of == nil {
			m.of = map[int64]*[60]uint32{}
		}
		block, ok := m.of[hour]
		if !ok {
			block = new([60]uint32)
			m.of[hour] = block
		}
		m.block, m.hour = block, hour
	}
	m.block[at-hour*60]++
}

func (m *minutes) series() Series {
	s := Series{}
	for _, hour := range slices.Sorted(maps.Keys(m.of)) {
		for i, n := range m.of[hour] {
			if n > 0 {
				s = append(s, Minute{hour*60 + int64(i), int64(n)})
			}
		}
	}
	return s
}

// noMinute says that a record has no such time.
const noMinute = -1 << 62

// isPlausible reports whether there may be a record of a minute: CloudTrail began in 2013.
// A time far away would make a period of ages without records.
func isPlausible(minute int64) bool {
	const from, to = 22_616_640, 68_374_080 // the years 2013 to 2099
	return minute >= from && minute < to
}
