// Package scan asks filter patterns about every record of log files of any size. It walks
// a sliding window over the decompressed text, keeps the values of the fields that the
// patterns and the caller name and skips everything else. It expects members in the order
// in which they came before, and remembers the answers to values that it has seen. Whether
// a pattern matches is decided by package filterpattern alone.
//
// It does not know where files come from, nor what a match means for an alarm.
package scan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/iacgate/iacgate/internal/cloudtrail/logfile"
)

// A Scanner reads files, one after the other. It is not safe for concurrent use.
type Scanner struct {
	program *Program
	walker  walker
	answers answers
	window  []byte
}

// NewScanner returns a scanner that asks what the program asks.
func (p *Program) NewScanner() *Scanner {
	return &Scanner{program: p, walker: newWalker(p), window: make([]byte, windowSize)}
}

// windowSize is how much of a file is looked at, at once, in bytes: few records cross its
// end, and it fits into a cache of the processor.
const windowSize = 256 << 10

// MaxRecord is the size in bytes of the largest record that is read.
const MaxRecord = 16 << 20

// Scan visits the records of a file in their order. The record is valid until visit
// returns. file takes what there is to say of the file. A file of the form that CloudTrail
// delivers may have no records: what else holds none is an error.
func (s *Scanner) Scan(r io.Reader, file *logfile.File, visit func(*Record) error) error {
	plain, err := logfile.Decompress(r)
	if err != nil {
		return err
	}
	t := &text{scanner: s, in: plain, file: file, visit: visit, buffer: s.window}
	err = t.read()
	s.window = t.buffer
	if cap(s.window) > 4*windowSize {
		s.window = make([]byte, windowSize) // one large record does not keep its memory
	}
	return err
}

// A text is a file while it is read.
type text struct {
	scanner *Scanner
	in      io.Reader
	file    *logfile.File
	visit   func(*Record) error

	seen   Record // that visit is given
	buffer []byte
	lo, hi int // the part of the buffer that is still to be read
	ended  bool
	count  int // records so far
}

// delivered is how a log file begins.
var delivered = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[ \t\r\n]*\{[ \t\r\n]*"Records"[ \t\r\n]*:[ \t\r\n]*\[`)
})

// read reads lists of records as CloudTrail delivers them, and leaves everything else to
// package logfile.
func (t *text) read() error {
	for first := true; ; first = false {
		if err := t.fill(); err != nil {
			return err
		}
		head := delivered().Find(t.rest())
		if head == nil {
			return t.others(first)
		}
		t.lo += len(head)
		if err := t.list(); err != nil {
			return err
		}
	}
}

// others reads what is no such list.
func (t *text) others(first bool) error {
	if !first && len(bytes.TrimSpace(t.rest())) == 0 && t.ended {
		return nil
	}
	return t.emit(t.file.Plain(io.MultiReader(bytes.NewReader(t.rest()), t.in)))
}

func (t *text) emit(records func(func(logfile.Record, error) bool)) (err error) {
	records(func(r logfile.Record, e error) bool {
		if err = e; err == nil {
			err = t.record(r.JSON, r.Logged)
		}
		return err == nil
	})
	return err
}

// record asks about one record that is alone.
func (t *text) record(raw []byte, logged time.Time) error {
	if _, err := t.scanner.walker.record(raw); err != nil {
		return t.errorf("not JSON")
	}
	return t.answer(raw, logged)
}

// answer asks the patterns about the record that the walker has walked.
func (t *text) answer(raw []byte, logged time.Time) error {
	t.count++
	r := &t.seen
	*r = Record{JSON: raw, Logged: logged, walker: &t.scanner.walker, program: t.scanner.program}
	var err error
	if r.Matched, err = t.scanner.answers.of(t.scanner.program, &t.scanner.walker, raw); err != nil {
		return fmt.Errorf("record %d: %w", t.count, err)
	}
	return t.visit(r)
}

// list reads the elements of a list, and what comes behind it.
func (t *text) list() error {
	for {
		c, err := t.next()
		switch {
		case err != nil:
			return err
		case c == ']':
			t.lo++
			return t.close()
		case c == ',':
			t.lo++
			continue
		case c != '{':
			return t.errorf("expected a record, got %q", c)
		}
		if err := t.element(); err != nil {
			return err
		}
	}
}

// element reads one element, which begins at lo. What is not a record itself may hold
// one.
func (t *text) element() error {
	w := &t.scanner.walker
	for {
		n, err := w.record(t.rest())
		switch {
		case errors.Is(err, errShort):
			if err := t.more(); err != nil {
				return err
			}
			continue
		case err != nil:
			return t.errorf("not JSON")
		}
		raw := t.rest()[:n]
		t.lo += n
		if !t.scanner.program.isRecord(w) {
			return t.emit(t.file.Element(bytes.Clone(raw), t.count))
		}
		return t.answer(raw, time.Time{})
	}
}

// close reads on to the brace that ends the object of a list.
func (t *text) close() error {
	t.scanner.walker.open = append(t.scanner.walker.open[:0], '}')
	for {
		n, err := t.scanner.walker.skipRest(t.rest(), 0)
		if err == nil {
			t.lo += n
			return nil
		}
		if !errors.Is(err, errShort) {
			return t.errorf("not JSON behind the records")
		}
		t.scanner.walker.open = append(t.scanner.walker.open[:0], '}')
		if err := t.more(); err != nil {
			return err
		}
	}
}

// next returns the next byte that is not blank, and moves to it.
func (t *text) next() (byte, error) {
	for {
		for ; t.lo < t.hi; t.lo++ {
			if c := t.buffer[t.lo]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
				return c, nil
			}
		}
		if err := t.more(); err != nil {
			return 0, err
		}
	}
}

func (t *text) rest() []byte { return t.buffer[t.lo:t.hi] }

// more reads more of the file behind what is still to be read.
func (t *text) more() error {
	if t.ended {
		return fmt.Errorf("ends inside record %d", t.count+1)
	}
	t.lo, t.hi = 0, copy(t.buffer, t.rest())
	if t.hi == len(t.buffer) {
		if t.hi >= MaxRecord {
			return t.errorf("larger than %d bytes", MaxRecord)
		}
		t.buffer = append(t.buffer, make([]byte, len(t.buffer))...)
	}
	return t.fill()
}

// fill reads until the buffer is full or the file ends.
func (t *text) fill() error {
	for t.hi < len(t.buffer) && !t.ended {
		n, err := t.in.Read(t.buffer[t.hi:])
		t.hi += n
		switch {
		case errors.Is(err, io.EOF):
			t.ended = true
		case errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("the file is cut short: it ends behind record %d", t.count)
		case err != nil:
			return err
		}
	}
	return nil
}

func (t *text) errorf(format string, args ...any) error {
	return fmt.Errorf("record %d: %s", t.count+1, fmt.Sprintf(format, args...))
}

// isRecord reports whether what was walked is a record. Events that Lambda gets from
// queues and streams have some fields of the same names and a source of their own form.
func (p *Program) isRecord(w *walker) bool {
	known := slices.ContainsFunc(p.marks, func(slot int) bool { return w.values[slot].kind != absent })
	return known && !strings.HasPrefix(string(w.raw(p.source)), `"aws:`)
}
