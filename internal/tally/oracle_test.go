package tally

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/widetest"
)

// madeFile is a file of the test, as its records.
type madeFile struct {
	name      string
	delivered int64 // noMinute outside of a bucket
	records   []string
	logged    []int64 // noMinute for none
}

func (f madeFile) text(t testing.TB) string {
	if f.delivered != noMinute {
		return zip(t, bucketFile(f.records...))
	}
	if !slices.Contains(f.logged, int64(noMinute)) {
		var events []string
		for i, r := range f.records {
			text, _ := json.Marshal(r)
			events = append(events, fmt.Sprintf(`{"timestamp":%d,"message":%s}`, f.logged[i]*60_000+17, text))
		}
		return `{"events":[` + strings.Join(events, ",") + `]}`
	}
	return strings.Join(f.records, "\n")
}

// maker makes files of records.
type maker struct{ *rand.Rand }

func (m maker) pick(of ...string) string { return of[m.IntN(len(of))] }

// record makes one of a week, with a few callers and calls.
func (m maker) record(n int) string {
	when := `"` + at(start+int64(m.IntN(7*1440))) + `"`
	if m.IntN(20) == 0 {
		when = m.pick("null", "12", `"soon"`, `"2026-13-01T00:00:00Z"`, `"0001-01-01T00:00:00Z"`)
	}
	members := []string{`"eventTime":` + when, fmt.Sprintf(`"userIdentity":{"type":"IAMUser","userName":"u%d","arn":"arn:u%[1]d"}`, m.IntN(4))}
	if m.IntN(10) > 0 {
		members = append(members, fmt.Sprintf(`"eventID":"%08x-0000-4000-8000-%012x"`, n, m.IntN(3)))
	}
	members = append(members, `"eventName":"`+m.pick("A", "B")+`"`, `"readOnly":`+m.pick("true", "false", `"true"`))
	if m.IntN(2) == 0 {
		members = append(members, `"errorCode":"`+m.pick("AccessDenied", "Throttling", "Client.UnauthorizedOperation")+`"`)
	}
	if m.IntN(100) == 0 {
		members = append(members, `"requestParameters":{"x":"`+strings.Repeat("x", maxLogEvent)+`"}`)
	}
	m.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, ",") + "}"
}

// files makes files of records, of which many come more than once.
func (m maker) files() []madeFile {
	var pool []string
	for i := range 60 {
		pool = append(pool, m.record(i))
	}
	var out []madeFile
	for i := range 2 + m.IntN(14) {
		f := madeFile{name: fmt.Sprintf("f%d.json", i), delivered: noMinute}
		isLogged := m.IntN(2) == 0
		if m.IntN(3) > 0 {
			f.delivered = start + int64(m.IntN(8*1440))
			f.name, isLogged = named(m.pick("us-east-1", "eu-west-1"), f.delivered, fmt.Sprint(i)), false
		}
		for range 1 + m.IntN(25) {
			f.records = append(f.records, pool[m.IntN(len(pool))])
			logged := int64(noMinute)
			if isLogged {
				logged = start + int64(m.IntN(7*1440))
			}
			f.logged = append(f.logged, logged)
		}
		out = append(out, f)
	}
	return out
}

// plainly is the tally in the plainest way.
func plainly(files []madeFile, q Question) (data Data, counts []Counts) {
	slices.SortFunc(files, func(a, b madeFile) int {
		if inBucket := a.delivered != noMinute; inBucket != (b.delivered != noMinute) {
			return map[bool]int{true: -1, false: 1}[inBucket]
		}
		return cmp.Or(cmp.Compare(a.delivered, b.delivered), cmp.Compare(a.name, b.name))
	})
	type seen struct {
		id   string
		hour int64
	}
	var deliveries []seen
	early, late := make([]map[int64]int64, len(q.Counters)), make([]map[int64]int64, len(q.Counters))
	groups := make([]map[Caller]*Group, len(q.Counters))
	for i := range q.Counters {
		early[i], late[i], groups[i] = map[int64]int64{}, map[int64]int64{}, map[Caller]*Group{}
	}
	counts = make([]Counts, len(q.Counters))
	data.Files = len(files)
	for _, f := range files {
		for n, text := range f.records {
			var r struct {
				EventID, EventTime, EventName, ErrorCode any
				ReadOnly                                 any
				UserIdentity                             struct{ Type, UserName, ARN string }
			}
			if err := json.Unmarshal([]byte(text), &r); err != nil {
				panic(err)
			}
			inBucket := f.delivered != noMinute
			event := int64(noMinute)
			when, _ := r.EventTime.(string)
			if parsed, err := time.Parse(time.RFC3339, when); err == nil && parsed.Year() > 2012 {
				event = parsed.Unix() / 60
			}
			from, to := event, event
			switch {
			case q.Clock == DeliveryClock:
				from, to = f.delivered, f.delivered
			case q.Clock == LogClock, q.Clock == AnyClock && f.logged[n] != noMinute:
				from, to = f.logged[n], f.logged[n]
			case q.Clock == AnyClock && inBucket && event == noMinute:
				from, to = f.delivered, f.delivered
			case q.Clock == AnyClock && inBucket:
				to = max(f.delivered, event)
			}
			if from != noMinute && (from < q.Since || q.Until != 0 && from >= q.Until) {
				data.Outside++
				continue
			}
			var hits []int
			grouped := false
			for i, c := range q.Counters {
				all := true
				for _, p := range c.All {
					all = all && q.Patterns[p].Match([]byte(text))
				}
				for _, p := range c.None {
					all = all && !q.Patterns[p].Match([]byte(text))
				}
				if all {
					hits, grouped = append(hits, i), grouped || c.Groups
				}
			}
			if id, ok := r.EventID.(string); ok && inBucket {
				this := seen{id, f.delivered / 60}
				within := int64(0)
				if grouped {
					within = 24
				}
				double := slices.ContainsFunc(deliveries, func(d seen) bool { return d.id == id && this.hour-d.hour <= within })
				deliveries = append(deliveries, this)
				if double {
					data.Duplicates++
					continue
				}
			}
			data.Records++
			isLarge := inBucket && len(text) > maxLogEvent
			if isLarge {
				data.Large++
			}
			if r.ReadOnly == true {
				data.Reads++
			}
			switch {
			case from == noMinute:
				data.Dropped++
			case event == noMinute:
				data.Timeless++
			}
			if from == noMinute || isLarge {
				continue
			}
			for _, i := range hits {
				counts[i].Total++
				early[i][from]++
				late[i][to]++
				if !q.Counters[i].Groups {
					continue
				}
				name, _ := r.EventName.(string)
				code, _ := r.ErrorCode.(string)
				caller := Caller{Type: r.UserIdentity.Type, Principal: r.UserIdentity.UserName, ARN: r.UserIdentity.ARN, Name: name, Code: code}
				if groups[i][caller] == nil {
					groups[i][caller] = &Group{Caller: caller}
				}
				g := groups[i][caller]
				g.Count++
				g.Early, g.Late = append(g.Early, Minute{from, 1}), append(g.Late, Minute{to, 1})
			}
		}
	}
	for i := range counts {
		counts[i].Early, counts[i].Late = seriesOf(early[i]), seriesOf(late[i])
		for _, g := range groups[i] {
			g.Early, g.Late = merged(g.Early), merged(g.Late)
			for _, m := range g.Early {
				g.Burst = max(g.Burst, m.Count)
				if !slices.Contains(g.Days, m.At/1440) {
					g.Days = append(g.Days, m.At/1440)
				}
			}
			counts[i].Groups = append(counts[i].Groups, *g)
		}
	}
	return data, counts
}

func seriesOf(of map[int64]int64) Series {
	s := Series{}
	for _, minute := range slices.Sorted(maps.Keys(of)) {
		s = append(s, Minute{minute, of[minute]})
	}
	return s
}

func merged(s Series) Series {
	of := map[int64]int64{}
	for _, m := range s {
		of[m.At] += m.Count
	}
	return seriesOf(of)
}

// TestCountIsWhatItIs: random records in random files, against the plainest way to count.
func TestCountIsWhatItIs(t *testing.T) {
	q := Question{Patterns: []*filterpattern.Pattern{parse(t, denied), parse(t, `{ $.eventName = "A" }`), parse(t, `{ $.readOnly IS TRUE }`)}, Counters: []Counter{
		{All: []int{0}, Groups: true}, {}, {All: []int{1}, None: []int{0}}, {All: []int{0, 2}, Groups: true}, {None: []int{0, 1, 2}},
	}}
	sorted := cmpopts.SortSlices(func(a, b Group) bool { return compare(&a, &b) < 0 })
	ignored := cmpopts.IgnoreFields(Group{}, "First", "Events")
	for round := range 40 {
		if widetest.Skips(round) {
			continue
		}
		m := maker{rand.New(rand.NewPCG(uint64(round), 7))}
		q.Clock = Clock(m.pick("", "", "event", "delivery", "log"))
		q.Since, q.Until = 0, 0
		if m.IntN(3) == 0 {
			q.Since, q.Until = start+int64(m.IntN(3*1440)), start+int64(4*1440+m.IntN(4*1440))
		}
		made := m.files()
		texts := map[string]string{}
		for _, f := range made {
			texts[f.name] = f.text(t)
		}
		dir := folder(t, texts)
		wantData, wantCounts := plainly(made, q)
		got, err := count(t, q, dir)
		if wantCounts[1].Total == 0 {
			if err == nil {
				t.Errorf("round %d: nothing is counted, and it is no error", round)
			}
			continue
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if diff := gocmp.Diff(wantData, got.Data, cmpopts.IgnoreFields(Data{}, "Bytes", "From", "To", "Cut")); diff != "" {
			t.Errorf("round %d: %s", round, diff)
		}
		if diff := gocmp.Diff(wantCounts, got.Counts, sorted, ignored, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("round %d: %s", round, diff)
		}
		sameWhatever(t, q, dir, got)
		if t.Failed() {
			return
		}
	}
}

// sameWhatever: the order of the paths, and on how many cores, do not matter.
func sameWhatever(t *testing.T, q Question, dir string, want *Tally) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, cores := range []int{1, 4} {
		before := runtime.GOMAXPROCS(cores)
		slices.Reverse(paths)
		got, err := count(t, q, paths...)
		runtime.GOMAXPROCS(before)
		if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(Tally{})); err != nil || diff != "" {
			t.Errorf("on %d cores: %v %s", cores, err, diff)
		}
	}
}
