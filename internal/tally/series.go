package tally

import (
	"encoding/binary"
	"iter"
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

// minutes counts in any order. The two days that were counted last are open, because most
// records come nearly in order; the others are kept as few bytes, since years of minutes
// are many and most have no record. All minutes are plausible ones, long after 1970.
type minutes struct {
	current, other *openDay
	closed         map[int64][]byte // by day since 1970: minutes passed and a count, in turn
}

type openDay struct {
	day    int64
	counts [minutesPerDay]uint32
}

const minutesPerDay = 24 * 60

func (m *minutes) add(at int64) {
	day := at / minutesPerDay
	if m.current == nil || m.current.day != day {
		m.open(day)
	}
	m.current.counts[at-day*minutesPerDay]++
}

// open makes a day the current one, and closes the one that was not counted for longest.
func (m *minutes) open(day int64) {
	m.current, m.other = m.other, m.current
	switch {
	case m.current == nil:
		m.current, m.closed = &openDay{}, map[int64][]byte{}
	case m.current.day == day:
		return
	default:
		m.closed[m.current.day] = m.current.bytes()
	}
	*m.current = openDay{day: day}
	for at, n := range counted(m.closed[day]) {
		m.current.counts[at] = n
	}
	delete(m.closed, day)
}

func (d *openDay) bytes() []byte {
	var b []byte
	next := 0
	for at, n := range d.counts {
		if n > 0 {
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(at-next)), uint64(n))
			next = at + 1
		}
	}
	return slices.Clip(b)
}

// counted returns the minutes of a closed day and their counts.
func counted(b []byte) iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		for at := 0; len(b) > 0; at++ {
			passed, size := binary.Uvarint(b)
			n, more := binary.Uvarint(b[size:])
			at, b = at+int(passed), b[size+more:]
			if !yield(at, uint32(n)) {
				return
			}
		}
	}
}

func (m *minutes) series() Series {
	days := maps.Clone(m.closed)
	for _, d := range []*openDay{m.current, m.other} {
		if d != nil {
			days[d.day] = d.bytes()
		}
	}
	s := Series{}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		for at, n := range counted(days[day]) {
			s = append(s, Minute{day*minutesPerDay + int64(at), int64(n)})
		}
	}
	return slices.Clip(s)
}

// noMinute says that a record has no such time.
const noMinute = -1 << 62

// isPlausible reports whether there may be a record of a minute: CloudTrail began in 2013.
// A time far away would make a period of ages without records.
func isPlausible(minute int64) bool {
	const from, to = 22_616_640, 68_374_080 // the years 2013 to 2099
	return minute >= from && minute < to
}
