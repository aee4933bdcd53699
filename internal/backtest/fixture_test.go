package backtest_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// fixture is the made week as a log group exports it, for the documentation and for tests
// of the command.
const fixture = "../../testdata/records/week.log.gz"

// exported writes the week as lines of an export: the time of the log event, which is that
// of the delivery, and the record.
func exported(week []made) string {
	var b strings.Builder
	for i, m := range week {
		if m.code == "" && i%25 != 0 {
			continue // ordinary calls in every other hour do
		}
		logged := monday.Add(time.Duration(m.minute)*time.Minute + time.Duration(20+i%160)*time.Second)
		fmt.Fprintf(&b, "%s %s\n", logged.Format("2006-01-02T15:04:05.000Z"), record(i, m))
	}
	return b.String()
}

// TestFixtureIsInStep holds the file to the week. Made anew with -update.
func TestFixtureIsInStep(t *testing.T) {
	want := exported(madeWeek())
	if *update {
		var b bytes.Buffer
		z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(z, want)
		z.Close()
		if err := os.WriteFile(fixture, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Open(fixture)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil || string(got) != want {
		t.Errorf("%s is out of step: go generate ./internal/backtest (%v)", fixture, err)
	}
}
