package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// A trail is what to write.
type trail struct {
	dir            string
	records, files int
	seed           uint64
}

const week = 7 * 24 * time.Hour

var (
	monday   = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)
	accounts = []string{"111122223333", "444455556666"}
	regions  = []string{"eu-west-1", "us-east-1"}
)

// writeFile writes file i: what happened in one account and region from one delivery to
// the next.
func (t trail) writeFile(i int, calls calls) error {
	w := newWriter(rand.New(rand.NewPCG(t.seed, uint64(i))), calls)
	w.account, w.region = accounts[i%2], regions[i/2%2]
	slots := (t.files + 3) / 4
	span := week / time.Duration(slots)
	start := monday.Add(time.Duration(i/4) * span)
	delivery := start.Add(span + time.Duration(w.IntN(8))*time.Minute)
	path := filepath.Join(t.dir, "AWSLogs", w.account, "CloudTrail", w.region, delivery.Format("2006/01/02"),
		fmt.Sprintf("%s_CloudTrail_%s_%s_%s.json.gz", w.account, w.region, delivery.Format("20060102T1504Z"), w.letters(16)))
	n := t.records*(i+1)/t.files - t.records*i/t.files
	return compress(path, func(b *bufio.Writer) {
		b.WriteString(`{"Records":[`)
		for j := range n {
			if j > 0 {
				b.WriteByte(',')
			}
			b.Write(w.record(w.moment(start, span, j, n)))
		}
		b.WriteString("]}")
	})
}

// moment is the time of record j of n. One of five steps back in time, as in real files.
func (w *writer) moment(start time.Time, span time.Duration, j, n int) time.Time {
	at := start.Add(span / time.Duration(n) * time.Duration(j))
	if w.IntN(5) == 0 {
		at = at.Add(-time.Duration(w.Int64N(int64(min(span/10, 5*time.Minute)))))
	}
	if at.Before(monday) {
		return monday
	}
	return at
}

// compress writes a file; the writers keep the first error until they are closed.
func compress(path string, write func(*bufio.Writer)) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	z := gzip.NewWriter(f)
	b := bufio.NewWriterSize(z, 1<<16)
	write(b)
	return errors.Join(b.Flush(), z.Close(), f.Close())
}
