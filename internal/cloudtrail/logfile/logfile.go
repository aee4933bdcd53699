// Package logfile extracts CloudTrail records from the files that people have: log files,
// output of the AWS CLI, messages of queues and streams, tables. It does not interpret
// the records.
package logfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// A Record is a CloudTrail record and where it was found.
type Record struct {
	JSON json.RawMessage
	// Logged is the time of its log event, which CloudWatch counts it at; zero where the
	// file does not say.
	Logged time.Time
}

// Records returns the records of a file, one by one: a single record, an array, JSON
// lines, or one of the forms in the table wrappers; gzip is recognised by its first
// bytes. The first error ends the sequence. A known form without records, or an input
// without any, is an error that names it: nothing but a record is treated as one.
func Records(r io.Reader) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		for record, err := range new(File).Records(r) {
			if !yield(record.JSON, err) {
				return
			}
		}
	}
}

// A File is what there is to say of a file besides its records, once they are read.
type File struct {
	// Cut says why the file does not hold all that was asked for; "" if nothing is known
	// of that.
	Cut string
}

// Records returns the records of a file as [Records] does.
func (f *File) Records(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		plain, err := Decompress(r)
		if err != nil {
			yield(Record{}, err)
			return
		}
		f.Plain(plain)(yield)
	}
}

// Plain returns the records of a file that is decompressed already.
func (f *File) Plain(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		u := &unwrapper{yield: yield, file: f}
		err := u.read(r)
		if err == nil && u.count == 0 {
			err = ErrNone
		}
		if u.table && u.count == maxRows {
			f.Cut = cutRows
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(Record{}, err)
		}
	}
}

const cutRows = "it has exactly 10,000 rows, which is as many as Logs Insights gives"

// maxRows is how many rows a query of Logs Insights gives at most, without saying that
// there are more.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
const maxRows = 10_000

// Element returns the records of one element of a list of a file, which comes after so
// many records.
func (f *File) Element(raw json.RawMessage, after int) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		u := &unwrapper{yield: yield, file: f, count: after}
		if err := u.value(raw); err != nil && !errors.Is(err, errStopped) {
			yield(Record{}, err)
		}
	}
}

// ErrNone says that an input holds no record.
var ErrNone = errors.New("no CloudTrail record in it")

// errStopped says that the caller wants no more records.
var errStopped = errors.New("stopped")

// maxUnwrapped bounds, in bytes, everything unpacked from values inside the file: packed
// values may contain further packed values.
const maxUnwrapped = 1 << 30

// maxWrappers bounds values inside values: a queue fed by a topic fed by a rule has nine.
const maxWrappers = 32

// An unwrapper extracts records from the values that contain them.
type unwrapper struct {
	yield    func(Record, error) bool
	file     *File
	logged   time.Time // of the log event around the current place
	count    int       // records so far
	depth    int       // wrappers around the current place
	unpacked int       // bytes of texts inside the file
	table    bool      // it is a table of Logs Insights
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
		u.table = slices.Contains(header, "@message")
		return readTable(s.in, header, u.value)
	}
	for {
		c, err := s.peek()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return s.ended(err)
		}
		outside := u.logged
		if c != '[' && c != '{' && c != '"' {
			logged, ok := s.skipTime()
			if !ok {
				return s.unexpected(c)
			}
			c, u.logged = '{', logged
		}
		if err := u.top(s, c); err != nil {
			return err
		}
		u.logged = outside
	}
}

// top reads one value at the outermost level of a text.
func (u *unwrapper) top(s *scanner, c byte) error {
	switch c {
	case '[':
		return s.array(u.value)
	case '{':
		return u.object(s)
	}
	raw, err := s.cut()
	if err != nil {
		return err
	}
	return u.value(raw)
}

// object reads an object. The list of a wrapper is read element by element, so that
// a file of any length does; everything else is kept until the object ends.
func (u *unwrapper) object(s *scanner) error {
	list, start := "", u.count
	raw, err := s.object(func(name string, before members) (func(json.RawMessage) error, error) {
		if !lists[name] || before.isRecord() {
			return nil, nil
		}
		list = name
		return u.value, nil
	})
	if err == nil && list != "" {
		page := members{}
		if err = json.Unmarshal(raw, &page); err != nil {
			return u.errorf("not JSON")
		}
		u.file.look(page, list, u.count-start)
		return nil
	}
	if err != nil {
		return err
	}
	return u.value(raw)
}

// value takes the records out of a value.
func (u *unwrapper) value(raw json.RawMessage) error {
	if !json.Valid(raw) {
		return u.errorf("not JSON")
	}
	if u.depth++; u.depth > maxWrappers {
		return u.errorf("more than %d wrappers inside each other", maxWrappers)
	}
	defer func() { u.depth-- }()
	switch raw = bytes.TrimSpace(raw); raw[0] {
	case '{':
		o := members{}
		_ = json.Unmarshal(raw, &o)
		return u.unwrap(raw, o)
	case '[':
		return u.list(raw)
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text)
		return u.within([]byte(text))
	}
	return u.errorf("expected a record, got %s", raw[:min(len(raw), maxShown)])
}

// record hands a record on.
func (u *unwrapper) record(raw json.RawMessage) error {
	u.count++
	if len(raw) > MaxRecord {
		return fmt.Errorf("record %d: larger than %d bytes", u.count, MaxRecord)
	}
	if !u.yield(Record{raw, u.logged}, nil) {
		return errStopped
	}
	return nil
}

// look notes what a page of answers says of itself, which has a list with so many records.
func (f *File) look(page members, list string, records int) {
	switch status := page.text("status"); {
	case page.text("nextToken") != "" || page.text("NextToken") != "":
		f.Cut = "it is one page of several: the answer has a token for the next one"
	case list == "results" && status != "" && status != "Complete":
		f.Cut = "the query was " + strings.ToLower(shown(status)) + " when its results were read"
	case list == "results" && records == maxRows:
		f.Cut = cutRows
	case list == "events" && records == maxRows:
		f.Cut = "it has exactly 10,000 events, which is as many as one page has"
	}
}

func (u *unwrapper) errorf(format string, args ...any) error {
	return fmt.Errorf("record %d: %s", u.count+1, fmt.Sprintf(format, args...))
}

// within takes the records out of a text inside the file.
func (u *unwrapper) within(text []byte) error {
	if u.unpacked += len(text); u.unpacked > maxUnwrapped {
		return u.errorf("more than %d bytes in it are packed", maxUnwrapped)
	}
	before := u.count
	err := u.read(bytes.NewReader(text))
	if err == nil && u.count == before && len(bytes.TrimSpace(text)) == 0 {
		err = u.errorf("an empty message")
	}
	return err
}

func (u *unwrapper) unwrap(raw json.RawMessage, o members) error {
	if says := refusalOf(o); says != "" {
		return u.errorf("%s", says)
	}
	if o.isRecord() {
		return u.record(raw)
	}
	for _, w := range wrappers {
		if o.has(w.has...) {
			inside, err := w.inside(o)
			if err != nil {
				return u.errorf("%v", err)
			}
			if inside == nil {
				return nil
			}
			outside, start := u.logged, u.count
			if w.logged != nil {
				u.logged = w.logged(o)
			}
			err = u.value(inside)
			u.logged = outside
			u.file.look(o, w.has[0], u.count-start)
			return err
		}
	}
	if len(o) == 0 {
		return u.errorf("no CloudTrail record: it is empty")
	}
	names := slices.Sorted(maps.Keys(o))
	return u.errorf("no CloudTrail record, and nothing that is known to hold one: it has %s", shown(strings.Join(names, ", ")))
}

// list takes the records out of each element. A row of a query of CloudWatch Logs
// Insights is a list of fields.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ResultField.html
func (u *unwrapper) list(raw json.RawMessage) error {
	var elements []json.RawMessage
	_ = json.Unmarshal(raw, &elements)
	if row, ok := fieldsOf(elements); ok {
		return u.unwrap(nil, row)
	}
	for _, element := range elements {
		if err := u.value(element); err != nil {
			return err
		}
	}
	return nil
}
