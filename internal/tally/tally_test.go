package tally

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

const denied = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`

// start is a minute at the beginning of an hour and of a day, 2026-11-22.
var start = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC).Unix() / 60

// at writes a minute as CloudTrail writes a time.
func at(minute int64) string { return time.Unix(minute*60, 0).UTC().Format(time.RFC3339) }

// record is one of a call that was denied, or not, with further members.
func record(id string, minute int64, code string, members ...string) string {
	all := append([]string{`"eventID":"` + id + `"`, `"eventTime":"` + at(minute) + `"`}, members...)
	if code != "" {
		all = append(all, `"errorCode":"`+code+`"`)
	}
	return "{" + strings.Join(all, ",") + "}"
}

// named is the name of a log file.
func named(region string, minute int64, unique string) string {
	return "111122223333_CloudTrail_" + region + "_" + time.Unix(minute*60, 0).UTC().Format("20060102T1504Z") + "_" + unique + ".json.gz"
}

func bucketFile(records ...string) string { return `{"Records":[` + strings.Join(records, ",") + `]}` }

func zip(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// folder writes files into a new folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func parse(t testing.TB, text string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ask is a question about denied calls, with their callers.
func ask(t testing.TB) Question {
	return Question{Patterns: []*filterpattern.Pattern{parse(t, denied)}, Counters: []Counter{{All: []int{0}, Groups: true}}}
}

func count(t testing.TB, q Question, paths ...string) (*Tally, error) {
	t.Helper()
	found, err := Find(context.Background(), paths, nil)
	if err != nil {
		return nil, err
	}
	return Count(context.Background(), found, q, nil)
}

func mustCount(t testing.TB, q Question, paths ...string) *Tally {
	t.Helper()
	got, err := count(t, q, paths...)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestClocks: the minutes that a record is counted at, by each clock and in each file.
func TestClocks(t *testing.T) {
	const timeless = `{"eventID":"1","errorCode":"AccessDenied","eventTime":"yesterday"}`
	in := record("1", start+3, "AccessDenied")
	delivered := map[string]string{named("us-east-1", start+9, "a"): zip(t, bucketFile(in))}
	early := map[string]string{named("us-east-1", start+1, "a"): zip(t, bucketFile(in))}
	odd := map[string]string{named("us-east-1", start+9, "a"): zip(t, bucketFile(timeless))}
	lines := map[string]string{"a.jsonl": in}
	logged := map[string]string{"a.log": at(start+5) + " " + in}
	for name, c := range map[string]struct {
		files       map[string]string
		clock       Clock
		early, late int64
		says        [2]Clock
	}{
		"both ends":                {delivered, AnyClock, 3, 9, [2]Clock{EventClock, DeliveryClock}},
		"the call":                 {delivered, EventClock, 3, 3, [2]Clock{EventClock, EventClock}},
		"the delivery":             {delivered, DeliveryClock, 9, 9, [2]Clock{DeliveryClock, DeliveryClock}},
		"delivered before it is":   {early, AnyClock, 3, 3, [2]Clock{EventClock, EventClock}},
		"without time":             {odd, AnyClock, 9, 9, [2]Clock{EventClock, EventClock}},
		"without time, delivered":  {odd, DeliveryClock, 9, 9, [2]Clock{DeliveryClock, DeliveryClock}},
		"of no bucket":             {lines, AnyClock, 3, 3, [2]Clock{EventClock, EventClock}},
		"of a log group":           {logged, AnyClock, 5, 5, [2]Clock{LogClock, LogClock}},
		"of a log group, asked":    {logged, LogClock, 5, 5, [2]Clock{LogClock, LogClock}},
		"of a log group, the call": {logged, EventClock, 3, 3, [2]Clock{EventClock, EventClock}},
	} {
		t.Run(name, func(t *testing.T) {
			q := ask(t)
			q.Clock = c.clock
			got := mustCount(t, q, folder(t, c.files))
			n := got.Counts[0]
			if n.Total != 1 || !slices.Equal(n.By(false), Series{{start + c.early, 1}}) || !slices.Equal(n.By(true), Series{{start + c.late, 1}}) {
				t.Errorf("%+v, want %d and %d", n, start+c.early, start+c.late)
			}
			if a, b := got.Clocks(); a != c.says[0] || b != c.says[1] {
				t.Errorf("clocks %q and %q, want %q", a, b, c.says)
			}
			if got.Data.From != start+c.early || got.Data.To != start+c.late+1 {
				t.Errorf("from %d to %d", got.Data.From-start, got.Data.To-start)
			}
		})
	}
}

// TestNoTime: records whose time is not known, by the clock that is asked for, are counted
// apart; without others there is nothing to count.
func TestNoTime(t *testing.T) {
	timeless := func(when string) string { return `{"eventID":"1","errorCode":"AccessDenied","eventTime":` + when + `}` }
	whole := record("2", start, "AccessDenied")
	for name, c := range map[string]struct {
		clock          Clock
		file           string
		dropped, times int64
		err            string
	}{
		"no text":               {AnyClock, timeless("7") + whole, 1, 0, ""},
		"no time":               {AnyClock, timeless(`"22 November"`) + whole, 1, 0, ""},
		"before CloudTrail":     {AnyClock, timeless(`"0001-01-01T00:00:00Z"`) + whole, 1, 0, ""},
		"ages ahead":            {AnyClock, timeless(`"9999-12-31T23:59:59Z"`) + whole, 1, 0, ""},
		"with parts of seconds": {AnyClock, timeless(`"2026-11-22T00:00:00.123Z"`) + whole, 0, 0, ""},
		"of another zone":       {AnyClock, timeless(`"2026-11-22T01:00:00+01:00"`) + whole, 0, 0, ""},
		"none but such":         {AnyClock, timeless("7"), 1, 0, "no CloudTrail record in the one file with a readable eventTime"},
		"by another clock":      {LogClock, whole, 1, 0, `no CloudTrail record in the one file that tells the time by the clock "log"`},
		"not delivered":         {DeliveryClock, whole, 1, 0, `by the clock "delivery"`},
	} {
		t.Run(name, func(t *testing.T) {
			q := ask(t)
			q.Clock = c.clock
			got, err := count(t, q, folder(t, map[string]string{"a.json": c.file}))
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("error %v, want %q", err, c.err)
				}
				return
			}
			if err != nil || got.Data.Dropped != c.dropped || got.Data.Records != 2 || got.Counts[0].Total != 2-c.dropped || got.Coverage.Hours != 1 {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

// TestPeriod: what is outside of it is counted apart, by the early clock.
func TestPeriod(t *testing.T) {
	var records []string
	for i := range int64(10) {
		records = append(records, record(fmt.Sprint(i), start+i, "AccessDenied"))
	}
	dir := folder(t, map[string]string{named("us-east-1", start+20, "a"): zip(t, bucketFile(records...))})
	for name, c := range map[string]struct {
		since, until      int64
		counted, from, to int64
	}{
		"all":   {0, 0, 10, 0, 21},
		"since": {start + 4, 0, 6, 4, 21},
		"until": {0, start + 4, 4, 0, 21},
		"both":  {start + 4, start + 300, 6, 4, 300},
		"wide":  {start - 300, start + 300, 10, -300, 300},
	} {
		q := ask(t)
		q.Since, q.Until = c.since, c.until
		got := mustCount(t, q, dir)
		if got.Counts[0].Total != c.counted || got.Data.Outside != 10-c.counted || got.Data.From != start+c.from || got.Data.To != start+c.to {
			t.Errorf("%s: %+v", name, got.Data)
		}
		if len(got.Counts[0].Groups) != 1 || len(got.Counts[0].Groups[0].First) != 3 {
			t.Errorf("%s: %+v", name, got.Counts[0].Groups)
		}
	}
	q := ask(t)
	q.Since = start + 60
	if _, err := count(t, q, dir); err == nil || !strings.Contains(err.Error(), "are outside of --since and --until") {
		t.Errorf("error %v", err)
	}
}

// TestDuplicates: CloudTrail delivers a record twice, but a log group has what CloudWatch
// has counted.
func TestDuplicates(t *testing.T) {
	const hour = 60
	match, other := record("1", start, "AccessDenied"), record("1", start, "")
	bucket := func(texts ...any) map[string]string {
		files := map[string]string{}
		for i := 0; i < len(texts); i += 2 {
			files[named("us-east-1", start+int64(texts[i].(int)), fmt.Sprint(i))] = zip(t, texts[i+1].(string))
		}
		return files
	}
	for name, c := range map[string]struct {
		files               map[string]string
		records, duplicates int64
	}{
		"in one file":               {bucket(9, bucketFile(match, match)), 1, 1},
		"in two of an hour":         {bucket(9, bucketFile(match), 14, bucketFile(match)), 1, 1},
		"a day apart":               {bucket(9, bucketFile(match), 9+24*hour, bucketFile(match)), 1, 1},
		"more than a day apart":     {bucket(9, bucketFile(match), 9+25*hour, bucketFile(match)), 2, 0},
		"each within a day":         {bucket(9, bucketFile(match), 9+20*hour, bucketFile(match), 9+40*hour, bucketFile(match)), 1, 2},
		"no match, in an hour":      {bucket(9, bucketFile(other), 14, bucketFile(other)), 1, 1},
		"no match, in two":          {bucket(9, bucketFile(other), 9+hour, bucketFile(other)), 2, 0},
		"without an id":             {bucket(9, bucketFile(`{"eventTime":"`+at(start)+`"}`, `{"eventTime":"`+at(start)+`"}`)), 2, 0},
		"of a log group":            {map[string]string{"a.log": at(start) + " " + match + "\n" + at(start) + " " + match}, 2, 0},
		"of a bucket and a group":   {map[string]string{named("us-east-1", start, "a"): zip(t, bucketFile(match)), "a.log": at(start) + " " + match}, 2, 0},
		"of files with other names": {map[string]string{"a.json": bucketFile(match), "b.json": bucketFile(match)}, 2, 0},
	} {
		got := mustCount(t, ask(t), folder(t, c.files))
		if got.Data.Records != c.records || got.Data.Duplicates != c.duplicates {
			t.Errorf("%s: %+v", name, got.Data)
		}
	}
}

// TestDoublesBound: ids beyond the bound are counted, and what is known stays known.
func TestDoublesBound(t *testing.T) {
	for _, matches := range []bool{true, false} {
		var d doubles
		d.enter(start)
		id := func(i int) (id [16]byte) {
			copy(id[:], fmt.Sprint(i))
			return id
		}
		for i := range maxDoubles + 2 {
			if d.isDouble(id(i), matches) {
				t.Fatal("doubled")
			}
		}
		if d.unchecked != 2 || !d.isDouble(id(7), matches) || d.isDouble(id(maxDoubles+1), matches) {
			t.Errorf("matches %v: %d unchecked", matches, d.unchecked)
		}
		d.enter(start + 49*60)
		if d.isDouble(id(7), matches) || d.unchecked != 3 {
			t.Error("known for more than a day")
		}
	}
}

// TestCounters: what all of some patterns match and none of others.
func TestCounters(t *testing.T) {
	q := Question{Patterns: []*filterpattern.Pattern{parse(t, denied), parse(t, `{ $.eventName = "A" }`)}}
	for _, c := range []struct{ all, none []int }{{nil, nil}, {[]int{0}, nil}, {[]int{0}, []int{1}}, {[]int{0, 1}, nil}, {nil, []int{0, 1}}} {
		q.Counters = append(q.Counters, Counter{All: c.all, None: c.none})
	}
	got := mustCount(t, q, folder(t, map[string]string{"a.json": record("1", start, "AccessDenied", `"eventName":"A"`) +
		record("2", start, "AccessDenied", `"eventName":"B"`) + record("3", start, "", `"eventName":"A"`) + record("4", start+1, "", `"readOnly":true`)}))
	var totals []int64
	for _, c := range got.Counts {
		totals = append(totals, c.Total)
		if c.Early.Total() != c.Total || c.Groups != nil {
			t.Errorf("%+v", c)
		}
	}
	if !slices.Equal(totals, []int64{4, 2, 1, 1, 1}) || got.Data.Reads != 1 {
		t.Errorf("%d, %+v", totals, got.Data)
	}
	q.Counters = make([]Counter, 257)
	if _, err := count(t, q, folder(t, map[string]string{"a.json": record("1", start, "")})); err == nil || !strings.Contains(err.Error(), "more than 256") {
		t.Errorf("%v", err)
	}
	q.Counters, q.Patterns = nil, make([]*filterpattern.Pattern, 257)
	if _, err := Count(context.Background(), Files{}, q, nil); err == nil || !strings.Contains(err.Error(), "more than 256") {
		t.Errorf("%v", err)
	}
}

// TestProgress: of all bytes, file by file.
func TestProgress(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": record("1", start, ""), "b.json": record("2", start, "") + " "})
	found, err := Find(context.Background(), []string{dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var told [][2]int64
	if _, err = Count(context.Background(), found, ask(t), func(done, of int64) { told = append(told, [2]int64{done, of}) }); err != nil {
		t.Fatal(err)
	}
	n := int64(len(record("1", start, "")))
	if diff := cmp.Diff([][2]int64{{n, 2*n + 1}, {2*n + 1, 2*n + 1}}, told); diff != "" {
		t.Error(diff)
	}
}

// TestOfMetric: data points have the clock of CloudWatch, and the hours that they cover.
func TestOfMetric(t *testing.T) {
	got := OfMetric(start+30, start+90)
	if early, late := got.Clocks(); early != "metric" || late != "metric" || got.Coverage.Hours != 2 || got.Coverage.Share() != 1 {
		t.Errorf("%+v", got)
	}
	if (Coverage{}).Share() != 0 {
		t.Error("nothing is covered, to a share")
	}
}
