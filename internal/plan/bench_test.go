package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"

	tfjson "github.com/hashicorp/terraform-json"
)

// padding returns the text of a resource of another type, about as large as real
// ones are.
func padding(i int) string {
	values := fmt.Sprintf(`{"ami":"ami-%017d","arn":null,"instance_type":"m7g.large","user_data_base64":"%s","tags":{"Name":"node-%d",`+
		`"note":"quotes \" and \\ and { [ ] } inside"},"ebs_block_device":[{"device_name":"/dev/sdf","volume_size":%d,"encrypted":true}]}`,
		i, strings.Repeat("5a", 256), i, i)
	return fmt.Sprintf(`{"address":"aws_instance.node[%d]","mode":"managed","type":"aws_instance","name":"node","index":%d,`+
		`"provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["update"],"before":%s,"after":%s,`+
		`"after_unknown":{"arn":true,"ebs_block_device":[{}]},"before_sensitive":{},"after_sensitive":{}}}`, i, i, values, values)
}

// padded returns a real plan with n more resources in it, which are made while they
// are read.
func padded(t testing.TB, n int) io.Reader {
	t.Helper()
	plan, err := os.ReadFile(plans + "complete/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	head, tail, ok := bytes.Cut(plan, []byte(`"resource_changes": [`))
	if !ok {
		t.Fatal("no resource_changes")
	}
	pr, pw := io.Pipe()
	go func() {
		_, err := pw.Write(append(head, `"resource_changes": [`...))
		for i := 0; i < n && err == nil; i++ {
			_, err = io.WriteString(pw, padding(i)+",")
		}
		if err == nil {
			_, err = pw.Write(tail)
		}
		pw.CloseWithError(err)
	}()
	return pr
}

// Memory follows what is kept, not the size of the file: ten times the plan may
// not need more than a little more at once.
func TestBoundedMemory(t *testing.T) {
	peak := func(n int) uint64 {
		runtime.GC()
		w := &watched{r: padded(t, n)}
		doc, err := Read(w, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if doc.Total != n+8 || len(doc.Resources) != 8 {
			t.Fatalf("%d in all, %d resources", doc.Total, len(doc.Resources))
		}
		return w.peak
	}
	small, large := peak(1000), peak(10000) // 2 MB, 20 MB
	if large > small+4<<20 {
		t.Errorf("%d KB for 1000 resources, %d KB for 10000", small>>10, large>>10)
	}
}

// watched measures the live memory while it is read.
type watched struct {
	r    io.Reader
	n    int
	peak uint64
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if w.n += n; w.n > 1<<20 || err != nil {
		w.n = 0
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.peak = max(w.peak, m.HeapAlloc)
	}
	return n, err
}

func bigText(b *testing.B) []byte {
	text, err := io.ReadAll(padded(b, 5000))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	b.ResetTimer()
	return text
}

func BenchmarkRead(b *testing.B) {
	text := bigText(b)
	for b.Loop() {
		if _, err := Read(bytes.NewReader(text), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSkip only looks for the end of the plan, with the same scanner: what
// reading costs beyond that is the difference to BenchmarkRead.
func BenchmarkSkip(b *testing.B) {
	text := bigText(b)
	for b.Loop() {
		if err := jsonstream.NewScanner(bytes.NewReader(text)).Skip(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSmall reads a plan of which all is kept.
func BenchmarkSmall(b *testing.B) {
	text, err := os.ReadFile(plans + "all-controls/plan.json")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(text), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodingJSON(b *testing.B) {
	text := bigText(b)
	for b.Loop() {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTerraformJSON(b *testing.B) {
	text := bigText(b)
	for b.Loop() {
		var p tfjson.Plan
		if err := json.Unmarshal(text, &p); err != nil {
			b.Fatal(err)
		}
	}
}
