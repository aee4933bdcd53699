package plan

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/plan/jsonstream"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/widetest"
)

// typesOf are the types of all elements of a document that look like resources,
// so that sets of them can be drawn.
func typesOf(v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if typ, ok := v["type"].(string); ok {
			into[typ] = true
		}
		for _, e := range v {
			typesOf(e, into)
		}
	case []any:
		for _, e := range v {
			typesOf(e, into)
		}
	}
}

// A plainSieve is the reference for a rawDocument: it takes resources out of the lists of
// a document that was decoded as a whole.
type plainSieve func(mode resource.Mode, typ string) bool

func (keep plainSieve) document(root map[string]any) {
	keep.list(root, "resource_changes")
	keep.list(root, "resource_drift")
	keep.module(object(root, "planned_values", "root_module"))
	keep.module(object(root, "values", "root_module"))
	keep.module(object(root, "prior_state", "values", "root_module"))
	keep.configuration(object(root, "configuration", "root_module"))
}

func (keep plainSieve) module(m map[string]any) {
	keep.list(m, "resources")
	children, _ := m["child_modules"].([]any)
	for _, c := range children {
		child, _ := c.(map[string]any)
		keep.module(child)
	}
}

func (keep plainSieve) configuration(m map[string]any) {
	keep.list(m, "resources")
	calls, _ := m["module_calls"].(map[string]any)
	for _, c := range calls {
		call, _ := c.(map[string]any)
		keep.configuration(object(call, "module"))
	}
}

func (keep plainSieve) list(in map[string]any, name string) {
	all, ok := in[name].([]any)
	if !ok {
		return
	}
	some := []any{}
	for _, e := range all {
		element, _ := e.(map[string]any)
		mode, _ := element["mode"].(string)
		typ, _ := element["type"].(string)
		if keep((&outline{mode: mode}).resourceMode(), typ) {
			some = append(some, e)
		}
	}
	in[name] = some
}

func object(in map[string]any, path ...string) map[string]any {
	for _, name := range path {
		in, _ = in[name].(map[string]any)
	}
	return in
}

// sieved reads a text one byte at a time, and what it has to come to: both are
// without what the whole text marks as sensitive.
func sieved(t testing.TB, text []byte, wanted map[string]bool) (got, want any, err error) {
	t.Helper()
	doc, err := Read(iotest.OneByteReader(bytes.NewReader(text)), Options{Keep: keepSome, Raw: true, Types: func(typ string) bool { return wanted[typ] }})
	if err != nil {
		return nil, nil, err
	}
	veil := resource.NewVeil(doc.Secrets)
	if got, err = doc.Raw(veil); err != nil {
		t.Fatal(err)
	}
	if want, err = newHider().decode(text, veil); err != nil {
		t.Fatal(err)
	}
	keep := plainSieve(func(mode resource.Mode, typ string) bool { return keepSome(mode, typ) || wanted[typ] })
	keep.document(want.(map[string]any))
	return got, want, nil
}

// TestSieve: what is left of real plans equals what filtering the decoded plan
// leaves, whichever types are wanted.
func TestSieve(t *testing.T) {
	extra := []byte(`{"format_version":"1.2","resource_changes":[{"type":"b","mode":"managed","address":"b.x","change":{"actions":["create"],"after":{"p":"long-secret","n":1.50}}},
		{"address":"a.x","type":"a","mode":"managed","change":{"actions":["no-op"],"before":{"p":"long-secret"},"before_sensitive":{"p":true},"after":{"set":[{"sensitive":true,"value":"another-secret"}]}}} ,
		{"type":"c","change":{"actions":[],"after":{"sensitive":true,"value":"third-secret"}}}],"resource_drift":[],
		"checks":["long-secret, another-secret and third-secret",1e400]}`)
	texts := allPlans(t)
	texts["made up"] = extra
	random := rand.New(rand.NewPCG(1, 2))
	for i, name := range slices.Sorted(maps.Keys(texts)) {
		if widetest.Skips(i) && name != "made up" {
			continue
		}
		text := texts[name]
		var whole any
		if err := jsonstream.Unmarshal(text, &whole); err != nil {
			continue
		}
		all := map[string]bool{}
		typesOf(whole, all)
		for _, wanted := range []map[string]bool{{}, all, {"b": true}, some(all, random), some(all, random)} {
			got, want, err := sieved(t, text, wanted)
			if err != nil {
				continue // no plan: Read's own tests
			}
			if !reflect.DeepEqual(want, got) {
				t.Fatalf("%s, %v: %s", name, wanted, cmp.Diff(want, got))
			}
		}
	}
}

// some draws about half of the types.
func some(all map[string]bool, random *rand.Rand) map[string]bool {
	drawn := map[string]bool{}
	for _, typ := range slices.Sorted(maps.Keys(all)) {
		drawn[typ] = random.IntN(2) == 0
	}
	return drawn
}

// TestSieveKeepsTexts: order, numbers and escapes are as they were written.
func TestSieveKeepsTexts(t *testing.T) {
	const head, a, b, tail = `{ "z": 1.50, "format_version":"1.2", "resource_changes": [`, `{"type":"a", "mode":"managed", "n":[1E2,"\u00e9"],"change":{"actions":["create"]}}`, `{"type":"b","mode":"managed","change":{}}`, `], "a":[0.10]}`
	for list, want := range map[string]string{
		a + " , " + b + "\n":       a,
		b + "," + a:                a,
		b + "," + b:                "",
		a + "\n,\t" + b + " ," + a: a + "," + a,
		" ":                        "",
	} {
		copied := newRawDocument(func(typ string) bool { return typ == "a" })
		if _, err := read(strings.NewReader(head+list+tail), keepSome, copied); err != nil {
			t.Fatal(err)
		}
		if got := string(copied.Text); got != head+want+tail {
			t.Errorf("%s\ngot %s", list, got)
		}
	}
}

// TestCaptureOfAll: where nothing is left out the copy is the input.
func TestCaptureOfAll(t *testing.T) {
	for _, text := range allPlans(t) {
		copied := newRawDocument(nil)
		if _, err := read(iotest.HalfReader(bytes.NewReader(text)), keepSome, copied); err == nil && !bytes.Equal(copied.Text, text) {
			t.Error("the copy differs from the plan")
		}
	}
}

// TestHostileSieve: what Read refuses it refuses with a copy, too, in the same
// words; and what only the sieved document has is held to the same rules.
func TestHostileSieve(t *testing.T) {
	const version = `{"format_version":"1.2",`
	deep := strings.Repeat("[", jsonstream.MaxDepth+1)
	for text, want := range map[string]string{
		``: "empty",
		version + `"resource_changes":[{"type":"a","type":"b"}]}`:                                                                 `"type" appears twice in one object`,
		version + `"resource_changes":[{"type":"a","mode":"managed","x":1,"x":2}]}`:                                               `"x" appears twice in one object`,
		version + `"resource_changes":[{"type":"z","mode":"managed","x":1,"x":2}]}`:                                               ``,
		version + `"resource_changes":[{"type":"a"}`:                                                                              `ends in the middle: expected a comma or the end of an array`,
		version + `"resource_changes":[{"type":"z","x":` + deep:                                                                   `nested more than 10000 levels deep`,
		version + `"planned_values":{"root_module":{"child_modules":` + strings.Repeat(`[{"child_modules":`, jsonstream.MaxDepth): `nested more than 10000 levels deep`,
		version + `"planned_values":{"root_module":{"resources":[],"resources":[]}}}`:                                             `"resources" appears twice in one object`,
		version + `"planned_values":{"root_module":{"resources":[5]}}}`:                                                           `not JSON: expected an object, got '5'`,
		version + `"resource_changes":[]} {}`:                                                                                     `data after the end of the plan`,
		version + `"resource_changes":[{"type":"a",}]}`:                                                                           `not JSON: expected a key, got '}'`,
		version + `"resource_changes":[{"type":"a"},]}`:                                                                           `not JSON: expected an object, got ']'`,
		`[]`: `not JSON: expected an object, got '['`,
	} {
		_, err := Read(strings.NewReader(text), Options{Keep: keepSome, Raw: true, Types: func(typ string) bool { return typ == "a" }})
		if got := message(err); got != want {
			t.Errorf("%.100s: %q, want %q", text, got, want)
		}
		if plain := plainly(text); plain != "" && plain != want {
			t.Errorf("%.100s: %q without a copy", text, plain)
		}
	}
}

func plainly(text string) string {
	_, err := Read(strings.NewReader(text), Options{Keep: keepSome})
	return message(err)
}

func message(err error) string {
	if err == nil {
		return ""
	}
	if d, ok := errors.AsType[*diag.Diagnostic](err); ok {
		return d.Message
	}
	return err.Error()
}

// TestSieveEndsWithItsInput: an error of the input is the error of reading.
func TestSieveEndsWithItsInput(t *testing.T) {
	broken := errors.New("broken")
	text, err := os.ReadFile(plans + "complete/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, len(text) / 2, len(text) - 2} {
		r := io.MultiReader(bytes.NewReader(text[:n]), iotest.ErrReader(broken))
		if _, err := Read(r, Options{Raw: true, Types: func(string) bool { return false }}); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}

// TestSieveOfUTF16: what PowerShell writes comes out as UTF-8.
func TestSieveOfUTF16(t *testing.T) {
	text := `{"format_version":"1.2","resource_changes":[{"type":"a","mode":"managed","tags":"é𝄞","change":{"actions":["create"]}}]}`
	var wide bytes.Buffer
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		wide.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	copied := newRawDocument(func(string) bool { return true })
	if _, err := read(&wide, keepSome, copied); err != nil || string(copied.Text) != text {
		t.Errorf("%s: %v", copied.Text, err)
	}
}

// TestFlatSieve: ten thousand resources of other types leave the sieved document
// as large as without them, and need no memory while they are read.
func TestFlatSieve(t *testing.T) {
	size := func(n int) (bytes int, peak uint64) {
		runtime.GC()
		w := &watched{r: padded(t, n)}
		copied := newRawDocument(func(typ string) bool { return typ == "aws_s3_bucket" })
		if _, err := read(w, func(resource.Mode, string) bool { return false }, copied); err != nil {
			t.Fatal(err)
		}
		return len(copied.Text), w.peak
	}
	none, _ := size(0)
	_, small := size(1000)
	many, large := size(10_000)
	if many != none {
		t.Errorf("%d bytes of a plan with 10,000 other resources, %d without them", many, none)
	}
	if large > small+4<<20 {
		t.Errorf("%d KB for 1000 resources, %d KB for 10,000", small>>10, large>>10)
	}
}

// FuzzSieve holds the sieve to encoding/json on any text that is a plan.
func FuzzSieve(f *testing.F) {
	for _, text := range allPlans(f) {
		if len(text) < 12<<10 {
			f.Add(text)
		}
	}
	f.Add([]byte(`{"format_version":"1.2","resource_changes":[{"type":"b"},{"type":"a","change":{"before":{"p":"long-secret"},"before_sensitive":{"p":true}}}],"x":"long-secret"}`))
	f.Add([]byte(`{"format_version":"1.0","values":{"root_module":{"child_modules":[{"resources":[{"type":"b","values":{"a":1e400}},{"type":null}]}]}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := io.ReadAll(jsonstream.UTF8Reader(bytes.NewReader(data))); err != nil || !bytes.Equal(text, data) {
			return
		}
		got, want, err := sieved(t, data, map[string]bool{"b": true, "aws_sns_topic": true})
		if err != nil {
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
