package tally

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/iacgate/iacgate/internal/cloudtrail/scan"
)

// Count reads files and counts. Progress is told of bytes of the files, where it is not
// nil.
func Count(ctx context.Context, found Files, q Question, progress func(done, of int64)) (*Tally, error) {
	d, err := readDigests(found)
	if err != nil {
		return nil, err
	}
	files := found.Records
	if len(q.Counters) > scan.MaxPatterns {
		return nil, fmt.Errorf("more than %d different questions", scan.MaxPatterns)
	}
	program, err := scan.Compile(q.Patterns, fields...)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := &batches{}
	ahead := make(chan struct{}, filesAhead*runtime.GOMAXPROCS(0))
	readings := startReading(ctx, files, ahead, func() *reader { return newReader(program, q, batches) })
	c := newCounting(q, len(files), batches)
	var done, all int64
	for _, f := range files {
		all += f.Size
	}
	for i := range files {
		err := c.file(ctx, &files[i], readings[i])
		if ctx.Err() != nil {
			return nil, ctx.Err() // which is no fault of that file
		}
		if err != nil {
			return nil, err
		}
		<-ahead
		if done += files[i].Size; progress != nil {
			progress(done, all)
		}
	}
	c.data.Insights, c.data.Digests, c.data.Skipped = found.Insights, len(found.Digests), found.Skipped
	return c.tally(d)
}

// filesAhead is how many files each core may read before their turn to be counted comes.
const filesAhead = 2

// startReading reads files on all cores, each in its order, as long as ahead has room.
func startReading(ctx context.Context, files []File, ahead chan struct{}, newReader func() *reader) []*reading {
	readings := make([]*reading, len(files))
	for i := range readings {
		readings[i] = &reading{entries: make(chan []entry, lookahead)}
	}
	var mu sync.Mutex
	next := 0
	take := func() int {
		select {
		case ahead <- struct{}{}:
		case <-ctx.Done():
			return len(files)
		}
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1
	}
	for range runtime.GOMAXPROCS(0) {
		go func() {
			r := newReader()
			for i := take(); i < len(files); i = take() {
				r.read(ctx, files[i], readings[i])
			}
		}()
	}
	return readings
}
