package plan

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/plan/jsonstream"
	"github.com/iacgate/iacgate/internal/resource"
)

// keepSome keeps what the seeds have, but not all of it.
func keepSome(mode resource.Mode, typ string) bool {
	return strings.HasPrefix(typ, "aws_") && typ != "aws_sns_topic" || typ == "terraform_data" && mode == resource.Managed
}

// FuzzRead holds the stream to encoding/json: both find the same elements in a
// text, or both refuse it. Only what no reader can agree on, a key that appears
// twice, the stream alone refuses.
func FuzzRead(f *testing.F) {
	for _, text := range allPlans(f) {
		if len(text) < 12<<10 {
			f.Add(text)
		}
	}
	f.Add([]byte(awsccPlan))
	for _, text := range []string{
		``, `{}`, `{"format_version":"1.0"}`, "PK\x03\x04", `{"@level":"info"}`,
		`{"format_version":"1.2","resource_changes":[{"type":"aws_x","mode":"data","change":{"actions":["read"]}},null]}`,
		`{"format_version":"1.2","resource_changes":[{"address":"\ud800\u00e9","change":{"after_unknown":{"a":[{"b":true}]}}}]}`,
		"{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"\xff\",\"change\":{\"after_unknown\":{\"\xfe\":true}}}]}",
		`{"format_version":"1.2","configuration":{"root_module":{"module_calls":{"m":{"module":{"resources":[{"type":"aws_x","expressions":{"a":[{"b":{}}]}}]}}}}}}`,
		`{"format_version":"1.0","values":{"root_module":{"child_modules":[{"resources":[{"type":"aws_x","values":{"a":1e400}}]}]}}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := io.ReadAll(jsonstream.UTF8Reader(bytes.NewReader(data))); err != nil || !bytes.Equal(text, data) {
			_, _ = Read(bytes.NewReader(data), Options{Keep: keepSome})
			return
		}
		got, err := read(iotest.OneByteReader(bytes.NewReader(data)), keepSome, nil)
		want, wantErr := readPlainly(data, keepSome)
		if e, ok := errors.AsType[*diag.Diagnostic](err); ok && strings.Contains(e.Message, "appears twice") {
			return
		}
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("stream: %v\nencoding/json: %v", err, wantErr)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(want, got.elements()); diff != "" {
			t.Fatal(diff)
		}
		got.document(Options{Keep: keepSome}) // does not panic
	})
}

// FuzzAddress holds that any key survives in an address, and that no text makes
// the parser panic.
func FuzzAddress(f *testing.F) {
	for _, key := range []string{
		`a.b`, `c]"d`, `${e}`, `%{e}`, `$${`, `é`, "\xff\n", ``, `module.m["a.b"].module.n[0].data.aws_x.y["k"].z[0]["q"].w`, `[`, `a["`,
	} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		parseAddress(key)
		k := resource.Key{Kind: resource.StringKey, Str: key}
		module := modulePath{{"m", k}, {"n", resource.Key{}}}
		want := address{module: module, typ: "aws_x", name: "y", key: k}
		got, ok := parseAddress(want.String() + ".arn")
		if !ok || got.key != k || got.module.String() != module.String() || attribute(got.path) != "arn" {
			t.Errorf("%s is read as %+v", want, got)
		}
		if prefix := modulePrefix(want.String()); prefix != module.String() {
			t.Errorf("%s: module %s", want, prefix)
		}
	})
}
