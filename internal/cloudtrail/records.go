package cloudtrail

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// MaxRecord is the size in bytes of the largest record that Records reads.
// CloudTrail's own limit for CloudWatch Logs is 256 KB.
const MaxRecord = 1 << 20

// maxInput bounds what is read, after decompression where there is one: a device
// has no end, and a small gzip file may be a large one.
const maxInput = 4 << 30

// Records returns the records of a file, one by one: a single record, an array, JSON
// lines, or whatever people have their records wrapped in (the table wrappers); gzip
// is recognised by its first bytes. The first error ends the sequence. What holds no
// records is refused by its name, and so is an input without any: nothing but a
// record is ever taken for one.
func Records(r io.Reader) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		plain, err := decompress(r)
		if err != nil {
			yield(nil, err)
			return
		}
		u := &unwrapper{yield: yield}
		err = u.read(plain)
		if err == nil && u.count == 0 {
			err = errors.New("no CloudTrail record in it")
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errStopped says that the caller wants no more records.
var errStopped = errors.New("stopped")

// maxUnwrapped bounds all that is unpacked of values inside the file, in bytes: what
// is packed may hold what is packed.
const maxUnwrapped = 1 << 30

// maxWrappers bounds values inside values: a queue behind a topic behind a rule has
// nine.
const maxWrappers = 32

// An unwrapper takes records out of what they are wrapped in.
type unwrapper struct {
	yield    func(json.RawMessage, error) bool
	count    int // records so far
	depth    int // wrappers around the current place
	unpacked int // bytes of texts inside the file
}

// read takes the records out of a text: JSON values one behind the other, each
// perhaps behind the time at which it was logged, or a table.
func (u *unwrapper) read(r io.Reader) error {
	if u.depth++; u.depth > maxWrappers {
		return u.errorf("more than %d wrappers inside each other", maxWrappers)
	}
	defer func() { u.depth-- }()
	s := &scanner{in: bufio.NewReaderSize(r, headSize), records: func() int { return u.count }}
	s.skipMark()
	if header, ok := s.tableHeader(); ok && u.depth == 1 {
		return u.table(s.in, header)
	}
	for {
		c, err := s.peek()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return s.ended(err)
		}
		if err := u.top(s, c); err != nil {
			return err
		}
	}
}

// top reads one value at the outermost level of a text.
func (u *unwrapper) top(s *scanner, c byte) error {
	switch {
	case c == '[':
		return s.array(u.value)
	case c == '{':
		return u.object(s)
	case c == '"':
		raw, err := s.cut()
		if err != nil {
			return err
		}
		return u.value(raw)
	case s.skipTime():
		return nil
	}
	return s.unexpected(c)
}

// object reads an object. The list of a wrapper is read element by element, so that
// a file of any length does; everything else is kept until the object ends.
func (u *unwrapper) object(s *scanner) error {
	list := false
	raw, err := s.object(func(name string, before members) (func(json.RawMessage) error, error) {
		if !lists[name] || before.isRecord() {
			return nil, nil
		}
		list = true
		return u.value, nil
	})
	if err != nil || list {
		return err
	}
	return u.value(raw)
}

// record hands a record on.
func (u *unwrapper) record(raw json.RawMessage) error {
	u.count++
	if len(raw) > MaxRecord {
		return fmt.Errorf("record %d: larger than %d bytes", u.count, MaxRecord)
	}
	if !u.yield(raw, nil) {
		return errStopped
	}
	return nil
}

func (u *unwrapper) errorf(format string, args ...any) error {
	return fmt.Errorf("record %d: %s", u.count+1, fmt.Sprintf(format, args...))
}
