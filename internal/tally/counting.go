package tally

import (
	"context"
	"fmt"

	"github.com/iacgate/iacgate/internal/cloudtrail/scan"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/parallel"
)

// counting counts the entries of all files, in the order of the files.
type counting struct {
	q        Question
	data     Data
	counters []*counter
	asked    scan.Set // the counters that are about matches, not about all records
	seen     doubles
	hours    hours
	early    span
	late     span
	batches  *batches
	logged   int64 // records with the time of their log event
	apart    int64 // records of which the clocks differ
}

// counter is what is counted of one counter.
type counter struct {
	total       int64
	early, late minutes
	groups      *groups // nil if nobody asks
}

// span is the first and the last minute with a record.
type span struct {
	from, to int64
	any      bool
}

func (s *span) add(at int64) {
	if !s.any || at < s.from {
		s.from = at
	}
	if !s.any || at >= s.to {
		s.to = at + 1
	}
	s.any = true
}

func newCounting(q Question, files int, batches *batches) *counting {
	c := &counting{q: q, batches: batches, counters: make([]*counter, len(q.Counters)), data: Data{Files: files}}
	for i, asked := range q.Counters {
		if c.counters[i] = new(counter); asked.Groups {
			c.counters[i].groups = newGroups(q.Details)
			c.asked.Add(i)
		}
	}
	return c
}

// file counts one file.
func (c *counting) file(ctx context.Context, f *File, r *reading) error {
	c.seen.enter(f.delivered)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case batch, more := <-r.entries:
			if !more {
				return c.end(f, r)
			}
			for i := range batch {
				c.add(&batch[i], f)
			}
			c.batches.give(batch)
		}
	}
}

// end counts what is said of a file at its end.
func (c *counting) end(f *File, r *reading) error {
	if r.fault != nil {
		panic(r.fault)
	}
	if r.err != nil {
		return diag.At(f.Path, r.err)
	}
	c.data.Bytes += f.Size
	if r.cut != "" {
		c.data.Cut = append(c.data.Cut, Cut{f.Path, r.cut})
	}
	return nil
}

func (c *counting) add(e *entry, f *File) {
	if e.early != noMinute && c.q.excludes(e.early) {
		c.data.Outside++
		return
	}
	if e.hasID && c.seen.isDouble(e.id, !both(*e.hits, c.asked).IsEmpty()) {
		c.data.Duplicates++
		return
	}
	c.data.Records++
	c.note(e)
	if !e.isCounted(c.q) {
		return
	}
	c.early.add(e.early)
	c.late.add(e.late)
	c.hours.add(f, e.early)
	e.hits.Each(func(i int) { c.counters[i].add(e) })
}

// note counts what is odd about a record.
func (c *counting) note(e *entry) {
	switch {
	case e.early == noMinute:
		c.data.Dropped++
	case e.timeless:
		c.data.Timeless++
	}
	if e.large && e.bucket {
		c.data.Large++
	}
	if e.read {
		c.data.Reads++
	}
	if e.logged {
		c.logged++
	}
	if e.early != e.late {
		c.apart++
	}
}

func (c *counter) add(e *entry) {
	c.total++
	c.early.add(e.early)
	c.late.add(e.late)
	if c.groups != nil && e.caller != nil {
		c.groups.add(e)
	}
}

// tally returns what was counted.
func (c *counting) tally(d digests) (*Tally, error) {
	if !c.early.any {
		return nil, fmt.Errorf("no CloudTrail record in %s%s", filesText(c.data.Files), c.whyNone())
	}
	t := &Tally{Data: c.data, clock: c.q.Clock, logged: c.logged == c.data.Records, apart: c.apart > 0}
	t.Data.Unchecked = c.seen.unchecked
	t.Data.From, t.Data.To = c.early.from, max(c.early.to, c.late.to)
	if c.q.Since != 0 {
		t.Data.From = c.q.Since
	}
	if c.q.Until != 0 {
		t.Data.To = max(c.q.Until, t.Data.To)
	}
	t.Counts = parallel.Map(c.counters, func(*counter) string { return "counter" }, (*counter).counts)
	whole := c.early.to // behind it there are late deliveries only
	if c.q.Until != 0 {
		whole = max(whole, c.q.Until)
	}
	t.Coverage = c.hours.coverage(t.Data.From, whole, d)
	return t, nil
}

// counts returns what was counted. Years of minutes are large: the counter gives them up.
func (c *counter) counts() Counts {
	out := Counts{Total: c.total, Early: c.early.series(), Late: c.late.series()}
	if c.groups != nil {
		out.Groups, out.Others = c.groups.list()
	}
	*c = counter{}
	return out
}

func filesText(n int) string {
	if n == 1 {
		return "the one file"
	}
	return fmt.Sprintf("%d files", n)
}

// whyNone says why nothing is counted, where records were read.
func (c *counting) whyNone() string {
	switch {
	case c.data.Outside > 0:
		return ": those that they hold are outside of --since and --until"
	case c.data.Dropped > 0 && c.q.Clock != AnyClock:
		return fmt.Sprintf(" that tells the time by the clock %q", c.q.Clock)
	case c.data.Dropped > 0:
		return " with a readable eventTime"
	case c.data.Large > 0:
		return " of a size that CloudWatch Logs takes"
	}
	return ""
}

// maxDoubles bounds the records among which duplicates are looked for: of those that match,
// and of others.
const maxDoubles = 500_000

// doubleHours is how long after its delivery a matching record is known.
const doubleHours = 24

// doubles finds records that CloudTrail has delivered twice. Matching records are kept in
// two ages: the older one is given up when the newer one is as old as the bound.
type doubles struct {
	hour         int64
	newer, older age
	others       map[[16]byte]struct{} // of one hour
	unchecked    int64
}

// An age is the matching records of a day, with the hour of it at which each was delivered last.
type age struct {
	begun int64
	hours map[[16]byte]uint8
}

func (a *age) hourOf(id [16]byte) (hour int64, ok bool) {
	after, ok := a.hours[id]
	return a.begun + int64(after), ok
}

// enter begins a file.
func (d *doubles) enter(delivered int64) {
	hour := delivered / 60
	if d.others != nil && hour == d.hour {
		return
	}
	if d.newer.hours == nil || hour-d.newer.begun > doubleHours {
		if d.older = d.newer; hour-d.older.begun > 2*doubleHours {
			d.older = age{}
		}
		d.newer = age{hour, map[[16]byte]uint8{}}
	}
	if d.others == nil {
		d.others = map[[16]byte]struct{}{}
	}
	clear(d.others)
	d.hour = hour
}

func (d *doubles) isDouble(id [16]byte, matches bool) bool {
	if !matches {
		return d.isDoubleOther(id)
	}
	at, ok := d.newer.hourOf(id)
	if !ok {
		at, ok = d.older.hourOf(id)
	}
	if ok && d.hour-at <= doubleHours {
		d.newer.hours[id] = uint8(d.hour - d.newer.begun) // a third one may come a day after this one
		return true
	}
	if len(d.newer.hours)+len(d.older.hours) >= maxDoubles {
		d.unchecked++
		return false
	}
	d.newer.hours[id] = uint8(d.hour - d.newer.begun)
	return false
}

func (d *doubles) isDoubleOther(id [16]byte) bool {
	known := len(d.others)
	if known >= maxDoubles {
		_, ok := d.others[id]
		if !ok {
			d.unchecked++
		}
		return ok
	}
	d.others[id] = struct{}{}
	return len(d.others) == known
}
