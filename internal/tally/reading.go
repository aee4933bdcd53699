package tally

import (
	"context"
	"crypto/sha256"
	"sync"

	"github.com/iacgate/iacgate/internal/cloudtrail/logfile"
	"github.com/iacgate/iacgate/internal/cloudtrail/scan"
)

// chunk is how many entries are handed over at once; lookahead how many chunks of a file
// wait for their turn: a file of the usual size has room, so that its reader goes on.
const (
	chunk     = 1024
	lookahead = 8
)

// An entry is what is counted of a record.
type entry struct {
	early, late int64
	id          [16]byte
	hasID       bool // by which duplicates are found
	plainID     bool // the id is a UUID as records write it, where there is a caller
	bucket      bool // it comes from a file that CloudTrail delivered
	timeless    bool
	logged      bool // its log event has a time
	large       bool
	read        bool
	hits        *scan.Set // the counters that it belongs to, which others share
	caller      *Caller   // nil where nobody asks
	told        *told     // nil where there is nothing to tell
}

// batches are lists of entries that have been counted and may be filled again.
type batches struct {
	mu   sync.Mutex
	free [][]entry
}

func (b *batches) take() []entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	last := len(b.free) - 1
	if last < 0 {
		return make([]entry, 0, chunk)
	}
	batch := b.free[last]
	b.free = b.free[:last]
	return batch[:0]
}

func (b *batches) give(batch []entry) {
	clear(batch) // what it points to goes
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free = append(b.free, batch)
}

// A reading is a file that is being read.
type reading struct {
	entries chan []entry // closed at the end
	cut     string
	records int64
	err     error
	fault   any // of a panic, which the caller goes on with
}

// A reader reads files for one goroutine.
type reader struct {
	q       Question
	scanner *scan.Scanner
	hits    map[scan.Set]*scan.Set // counters by matching patterns
	others  *scan.Set              // the counters of records that no pattern matches
	grouped scan.Set               // the counters that ask for callers
	callers callers
	key     []byte
	batches *batches
}

func newReader(program *scan.Program, q Question, batches *batches) *reader {
	r := &reader{q: q, batches: batches, scanner: program.NewScanner(), hits: map[scan.Set]*scan.Set{}, callers: callers{known: map[string]*knownCaller{}}}
	for i, c := range q.Counters {
		if c.Groups {
			r.grouped.Add(i)
		}
	}
	r.others = r.counters(scan.Set{})
	return r
}

// read reads one file. What it tells of a match must not depend on the files that this
// goroutine happens to have read before.
func (r *reader) read(ctx context.Context, f File, into *reading) {
	defer close(into.entries)
	defer func() { into.fault = recover() }()
	r.callers.begin()
	if into.err = ctx.Err(); into.err != nil {
		return
	}
	in, err := f.open()
	if err != nil {
		into.err = err
		return
	}
	defer in.Close()
	var batch []entry
	send := func() error {
		select {
		case into.entries <- batch:
			batch = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	var file logfile.File
	err = r.scanner.Scan(in, &file, func(record *scan.Record) error {
		into.records++
		if batch == nil {
			batch = r.batches.take()
		}
		batch = append(batch, entry{})
		r.enter(&batch[len(batch)-1], record, f)
		if len(batch) == chunk {
			return send()
		}
		return nil
	})
	if err == nil && len(batch) > 0 {
		err = send()
	}
	into.cut, into.err = file.Cut, err
}

// maxLogEvent is the size of the largest event that CloudTrail sends to CloudWatch Logs.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
const maxLogEvent = 256 << 10

// enter writes the entry of a record.
func (r *reader) enter(e *entry, record *scan.Record, f File) {
	e.bucket, e.large = f.bucket, len(record.JSON) > maxLogEvent
	e.read = string(record.Raw(fieldReadOnly)) == "true"
	event, ok := scan.Minute(record.Raw(fieldTime))
	ok = ok && isPlausible(event)
	if e.timeless = !ok; !ok {
		event = noMinute
	}
	logged := record.Logged.Unix() / 60
	if !isPlausible(logged) { // as no time is
		logged = noMinute
	}
	e.logged = logged != noMinute
	e.early, e.late = r.q.Clock.minutes(event, f.delivered, logged)
	if f.bucket {
		e.id, e.hasID = idOf(record.Raw(fieldID))
	}
	e.hits = r.counters(record.Matched)
	if hit := both(*e.hits, r.grouped); e.isCounted(r.q) && !hit.IsEmpty() {
		r.tell(e, record)
	}
}

// isCounted reports whether an entry is more than a remark, if it is no duplicate.
func (e *entry) isCounted(q Question) bool {
	return e.early != noMinute && !q.excludes(e.early) && (!e.large || !e.bucket)
}

// excludes reports whether a minute is outside of what is asked for.
func (q Question) excludes(minute int64) bool {
	return minute < q.Since || q.Until != 0 && minute >= q.Until
}

// minutes returns the earliest and the latest minute at which CloudWatch may have counted
// a record.
func (c Clock) minutes(event, delivered, logged int64) (early, late int64) {
	switch c {
	case EventClock:
		return event, event
	case DeliveryClock:
		return delivered, delivered
	case LogClock:
		return logged, logged
	}
	if logged != noMinute {
		return logged, logged
	}
	if early = event; event == noMinute {
		early = delivered
	}
	if late = delivered; delivered == noMinute {
		late = early
	}
	return early, max(early, late)
}

// counters returns those that a record belongs to, by the patterns that match it.
func (r *reader) counters(matched scan.Set) *scan.Set {
	if r.others != nil && matched.IsEmpty() {
		return r.others
	}
	hits, ok := r.hits[matched]
	if !ok {
		hits = &scan.Set{}
		for i, c := range r.q.Counters {
			if c.holds(matched) {
				hits.Add(i)
			}
		}
		r.hits[matched] = hits
	}
	return hits
}

func (c Counter) holds(matched scan.Set) bool {
	for _, p := range c.All {
		if !matched.Has(p) {
			return false
		}
	}
	for _, p := range c.None {
		if matched.Has(p) {
			return false
		}
	}
	return true
}

func both(a, b scan.Set) scan.Set {
	for i := range a {
		a[i] &= b[i]
	}
	return a
}

// idOf returns the bytes of a UUID, or those that stand for another text.
func idOf(raw []byte) (id [16]byte, ok bool) {
	if len(raw) < 3 || raw[0] != '"' {
		return id, false
	}
	if id, ok := parseUUID(raw); ok {
		return id, true
	}
	sum := sha256.Sum256(raw[1 : len(raw)-1])
	copy(id[:], sum[:])
	return id, true
}

// tell adds to an entry what is told of its match.
func (r *reader) tell(e *entry, record *scan.Record) {
	typ := record.Text(fieldType)
	r.key = r.key[:0]
	for _, f := range [...]int{fieldType, fieldUser, fieldInvokedBy, fieldRole, fieldRoleARN, fieldSource, fieldName, fieldCode} {
		r.key = append(append(r.key, record.Raw(f)...), 0)
	}
	isUser := typ == "IAMUser"
	if isUser {
		r.key = append(r.key, record.Raw(fieldARN)...)
	}
	known := r.callers.of(r.key, func() *Caller { return newCaller(record, typ) })
	e.caller = known.caller
	if raw := record.Raw(fieldID); isPlainID(raw) {
		e.plainID = true
		e.id, _ = idOf(raw)
	}
	var t told
	if known.told < maxFirst {
		known.told++
		t.eventID = record.Text(fieldID)
	}
	if r.q.Details.Addresses {
		t.address = record.Text(fieldAddress)
	}
	if r.q.Details.Sessions {
		t.session = sessionOf(record.Text(fieldARN))
	}
	if t != (told{}) {
		e.told = &t
	}
}
