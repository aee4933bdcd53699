package tally

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnreadable: whatever is wrong with a file, the error says with which.
func TestUnreadable(t *testing.T) {
	whole := zip(t, bucketFile(record("1", start, "AccessDenied")))
	large := record("1", start, "", `"x":"`+strings.Repeat("x", 17<<20)+`"`)
	for name, c := range map[string]struct{ text, want string }{
		"cut gzip":             {whole[:len(whole)-20], "cut short"},
		"no gzip":              {"\x1f\x8bxx", "gzip: "},
		"spoiled gzip":         {whole[:len(whole)-6] + "abcdef", "gzip: "},
		"a bomb":               {zip(t, strings.Repeat("\x00", 20<<20)), `got '\x00'`},
		"a bomb inside":        {zip(t, `{"Records":[`+strings.Repeat("\x00", 20<<20)), `got '\x00'`},
		"a bomb of a record":   {zip(t, `{"Records":[{"eventID":"`+strings.Repeat("a", 20<<20)), "record 1: larger than 16777216 bytes"},
		"a bomb of brackets":   {zip(t, `{"Records":[{"eventID":`+strings.Repeat("[", 20<<20)), "record 1: "},
		"gzip in gzip":         {zip(t, zip(t, zip(t, zip(t, whole)))), "packed more than 3 times"},
		"an endless record":    {large, "record 1: larger than"},
		"an empty file":        {"", "no CloudTrail record in it"},
		"text":                 {"hello", "not a CloudTrail file"},
		"a table of something": {"a,b\n1,2\n", "a table as CSV without a column"},
		"figures":              {`{"Datapoints":[]}`, "figures of a metric"},
		"cut JSON":             {bucketFile(record("1", start, ""))[:40], "ends inside record 1"},
		"no JSON":              {`{"Records":[{"eventID" "1"}]}`, "record 1: not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := named("us-east-1", start, "bad")
			dir := folder(t, map[string]string{named("us-east-1", start-1, "a"): whole, bad: c.text, named("us-east-1", start+1, "b"): whole})
			_, err := count(t, ask(t), dir)
			if err == nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, bad)+": ") || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 500 {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// TestMayNotRead: a file and a folder that may not be read are named.
func TestMayNotRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := folder(t, map[string]string{"a/b.json": record("1", start, "")})
	for _, name := range []string{"a/b.json", "a"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		_, err := count(t, ask(t), dir)
		if err == nil || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("error %v, want one of %s", err, path)
		}
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// TestGone: a file, or a digest, that went away after it was found.
func TestGone(t *testing.T) {
	for _, name := range []string{"a.json", "111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20261122T140506Z.json"} {
		dir := folder(t, map[string]string{name: "{}", "z.json": record("1", start, "")})
		found, err := Find(context.Background(), []string{dir}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if _, err = Count(context.Background(), found, ask(t), nil); err == nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, name)+": ") || strings.Count(err.Error(), name) != 1 {
			t.Errorf("error %v", err)
		}
	}
}

// TestLarge: a trail delivers records that are too large for CloudWatch Logs, which has
// never counted them.
func TestLarge(t *testing.T) {
	padded := func(id string, size int) string {
		short := record(id, start, "AccessDenied", `"x":""`)
		return strings.Replace(short, `"x":""`, `"x":"`+strings.Repeat("x", size-len(short))+`"`, 1)
	}
	all := []string{padded("1", 256<<10), padded("2", 256<<10+1), padded("3", 1<<20)}
	got := mustCount(t, ask(t), folder(t, map[string]string{named("us-east-1", start, "a"): zip(t, bucketFile(all...))}))
	if got.Data.Records != 3 || got.Data.Large != 2 || got.Counts[0].Total != 1 {
		t.Errorf("%+v", got)
	}
	if got = mustCount(t, ask(t), folder(t, map[string]string{"a.json": strings.Join(all, "")})); got.Data.Large != 0 || got.Counts[0].Total != 3 {
		t.Errorf("of a log group: %+v", got)
	}
	_, err := count(t, ask(t), folder(t, map[string]string{named("us-east-1", start, "a"): bucketFile(all[1:]...)}))
	if err == nil || !strings.HasSuffix(err.Error(), "of a size that CloudWatch Logs takes") {
		t.Errorf("error %v", err)
	}
}

// TestCutAnswer: an answer that is not whole is counted, and named.
func TestCutAnswer(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": `{"events":[{"timestamp":` + fmt.Sprint(start*60_000) + `,"message":"{\"eventID\":\"1\"}"}],"nextToken":"x"}`})
	got := mustCount(t, ask(t), dir)
	want := []Cut{{filepath.Join(dir, "a.json"), "it is one page of several: the answer has a token for the next one"}}
	if diff := cmp.Diff(want, got.Data.Cut); diff != "" {
		t.Error(diff)
	}
}

// endless is an input of records that ends when nobody may need more.
type endless struct {
	cancel context.CancelFunc
	reads  int
	text   []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if e.reads++; e.reads == 3 {
		e.cancel()
	}
	if e.reads > 10_000 {
		return 0, io.EOF
	}
	return copy(p, e.text), nil
}

// TestCancelled: it ends at once, whatever is still to be read, and no goroutine stays.
func TestCancelled(t *testing.T) {
	files := map[string]string{}
	for i := range 50 {
		files[fmt.Sprintf("%d.json", i)] = record("1", start, "AccessDenied")
	}
	dir := folder(t, files)
	for name, begin := range map[string]func(context.CancelFunc) io.Reader{
		"before": func(cancel context.CancelFunc) io.Reader { cancel(); return strings.NewReader("") },
		"meanwhile": func(cancel context.CancelFunc) io.Reader {
			return &endless{cancel: cancel, text: []byte(strings.Repeat(record("1", start, "AccessDenied"), 100))}
		},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		found, err := Find(ctx, []string{Stdin, dir}, begin(cancel))
		if err == nil {
			_, err = Count(ctx, found, ask(t), nil)
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", name, err)
		}
		cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	found, err := Find(ctx, []string{dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err = Count(ctx, found, ask(t), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("between: error %v", err)
	}
}

// TestEndsWithItsReaders: after an error nothing is read on: a reader that nobody waits
// for ends. The files behind it are many more than what may wait for its turn.
func TestEndsWithItsReaders(t *testing.T) {
	many := strings.Repeat(record("1", start, "AccessDenied"), 20*chunk)
	files := map[string]string{"a.json": "hello"}
	for i := range 8 {
		files[fmt.Sprintf("b%d.json", i)] = many
	}
	dir := folder(t, files)
	before := runtime.NumGoroutine()
	for range 5 {
		if _, err := count(t, ask(t), dir); err == nil {
			t.Fatal("no error")
		}
	}
	for range 1_000_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, before %d", runtime.NumGoroutine(), before)
}

// FuzzCount: whatever the input, there is a tally that adds up or an error that names it,
// and the same once more.
func FuzzCount(f *testing.F) {
	f.Add([]byte(bucketFile(record("1", start, "AccessDenied"), record("2", start, ""))))
	f.Add([]byte(at(start) + " " + record("1", start, "AccessDenied")))
	f.Add([]byte(`{"Records":[{"eventID":"\u0031","eventTime":"2026-11-22T01:00:00+01:00","errorCode":"AccessDenied","userIdentity":{"type":7}}]}`))
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	w.Write([]byte(record("1", start, "")))
	w.Close()
	f.Add(z.Bytes())
	q := ask(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		once := func() (*Tally, error) {
			return Count(context.Background(), Files{Records: []File{{Path: "x", bucket: true, delivered: start, stdin: bytes.NewReader(data)}}}, q, nil)
		}
		a, err := once()
		b, again := once()
		if fmt.Sprint(err) != fmt.Sprint(again) || !cmp.Equal(a, b, cmp.AllowUnexported(Tally{})) {
			t.Fatalf("%+v, %v, and then %+v, %v", a, err, b, again)
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), "x: ") && !strings.HasPrefix(err.Error(), "no CloudTrail record in ") {
				t.Error(err)
			}
			return
		}
		n := a.Counts[0]
		sum := n.Others
		for _, g := range n.Groups {
			sum += g.Count
		}
		if n.Early.Total() != n.Total || n.Late.Total() != n.Total || sum != n.Total || n.Total > a.Data.Records {
			t.Errorf("%+v", a)
		}
	})
}

func FuzzID(f *testing.F) {
	f.Add(`"0a1b2c3d-0000-4000-8000-0123456789ab"`, `"0a1b2c3d-0000-4000-8000-0123456789ac"`)
	f.Add(`"x"`, `""`)
	f.Add("null", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, ok := idOf([]byte(a))
		y, okToo := idOf([]byte(b))
		isText := json.Valid([]byte(a)) && json.Valid([]byte(b)) // as every value that is asked for
		if isText && ok && okToo && x == y && !strings.EqualFold(a, b) {
			t.Errorf("%q and %q are one", a, b)
		}
	})
}
