package bundle_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	opa "github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/iacgate/iacgate/internal/bundle"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/policy"
)

func written(t *testing.T, b bundle.Bundle) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// owned returns policies and data of somebody's own.
func owned(t *testing.T, rego, data string) *policy.Portable {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"acme/tags.rego": rego, "acme/tags_test.rego": "package acme.tags_test\n", "data.yaml": data} {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	own, err := policy.LoadPortable(policy.UserOptions{Paths: []string{dir}, Data: []string{filepath.Join(dir, "data.yaml")}, All: true})
	if err != nil {
		t.Fatal(err)
	}
	return own
}

const tags = "package acme.tags\n\ndeny_untagged contains data.teams.message if count(input.trails) > 1\n\nexception contains [\"other\"]\n"

func TestFiles(t *testing.T) {
	raw := written(t, bundle.Bundle{Iacgate: "1.2.3", Own: owned(t, tags, "teams: {message: no team}")})
	unpacked, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for archive := tar.NewReader(unpacked); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, header.Name)
		if header.ModTime.Unix() != 0 || header.Uid != 0 || header.Uname != "" || header.Mode != 0o644 {
			t.Errorf("%s tells when and by whom it was written: %+v", header.Name, header)
		}
	}
	want := []string{
		".manifest", "data.json", "iacgate/lib/chain.rego", "iacgate/lib/links.rego", "iacgate/lib/links_alarm.rego", "iacgate/lib/links_events.rego", "iacgate/lib/remarks.rego", "iacgate/main.rego",
		"iacgate/rules.rego", "iacgate/server/report.rego", "own/1/acme/tags.rego",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

// TestSameBytes: what is the same has the same bytes, what is not has another revision.
func TestSameBytes(t *testing.T) {
	first := bundle.Bundle{Iacgate: "1.2.3", Controls: []string{"a"}, Own: owned(t, tags, "{teams: {message: x}, b: 1, a: 2}")}
	again := first
	again.Own = owned(t, tags, "{a: 2, b: 1, teams: {message: x}}")
	if !bytes.Equal(written(t, first), written(t, again)) {
		t.Error("the same policies in another directory make other bytes")
	}
	revisions := map[string]bool{}
	for _, b := range []bundle.Bundle{
		first,
		{Iacgate: "1.2.4", Controls: first.Controls, Own: first.Own},
		{Iacgate: "1.2.3", Controls: []string{"b"}, Own: first.Own},
		{Iacgate: "1.2.3", Controls: first.Controls},
		{Iacgate: "1.2.3", Controls: first.Controls, Own: owned(t, tags+"\nwarn contains \"x\"\n", "{teams: {message: x}, b: 1, a: 2}")},
		{Iacgate: "1.2.3", Controls: first.Controls, Own: owned(t, tags, "{teams: {message: y}, b: 1, a: 2}")},
	} {
		revisions[read(t, b).Manifest.Revision] = true
	}
	if len(revisions) != 6 {
		t.Errorf("6 bundles have the revisions %v", revisions)
	}
}

// read reads a bundle as OPA does.
func read(t *testing.T, b bundle.Bundle) opa.Bundle {
	t.Helper()
	out, err := opa.NewReader(bytes.NewReader(written(t, b))).Read()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestManifest(t *testing.T) {
	m := read(t, bundle.Bundle{Iacgate: "1.2.3", Own: owned(t, tags, "teams: {message: no team}")}).Manifest
	if !strings.HasPrefix(m.Revision, "1.2.3+") || len(m.Revision) != len("1.2.3+")+12 {
		t.Errorf("revision %q", m.Revision)
	}
	if diff := cmp.Diff([]string{"acme", "iacgate", "teams"}, *m.Roots); diff != "" {
		t.Error(diff)
	}
	if *m.RegoVersion != 1 || m.Metadata["document_version"] != document.Version {
		t.Errorf("%+v", m)
	}
}

// TestOwnPoliciesAnswer: OPA runs the user's own policies with their data.
func TestOwnPoliciesAnswer(t *testing.T) {
	b := read(t, bundle.Bundle{Iacgate: "1.2.3", Own: owned(t, tags, "teams: {message: no team}")})
	result, err := rego.New(rego.ParsedBundle("b", &b), rego.Query("data.iacgate.own.packages"), rego.Input(map[string]any{"trails": []int{1, 2}})).Eval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(result[0].Expressions[0].Value)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"acme.tags":{"deny_untagged":["no team"],"exception":[["other"]]}}`; string(got) != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestRootsAreNoPaths: OPA refuses a bundle with data outside its roots.
func TestRootsAreNoPaths(t *testing.T) {
	for _, key := range []string{"a/b", ""} {
		own := &policy.Portable{Data: map[string]any{key: 1}}
		if err := (bundle.Bundle{Own: own}).Write(io.Discard); err == nil {
			t.Errorf("the key %q is a root", key)
		}
	}
	own := &policy.Portable{Data: map[string]any{"a b": 1, "ü": 2, "a.b": 3}}
	if roots := *read(t, bundle.Bundle{Own: own}).Manifest.Roots; !slices.Equal(roots, []string{"a b", "a.b", "iacgate", "ü"}) {
		t.Errorf("%q", roots)
	}
}

// TestUnwritable: an error of the writer is one of the bundle.
func TestUnwritable(t *testing.T) {
	full := bundle.Bundle{Iacgate: "1.2.3"}
	if err := full.Write(failing{}); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}

type failing struct{}

var errFull = errors.New("no space is left")

func (failing) Write([]byte) (int, error) { return 0, errFull }
