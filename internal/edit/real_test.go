package edit

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/internal/widetest"
)

// TestRealTemplates sets a property of every resource of every template of testdata, and
// removes it again: the data are as they should be, and the lines that nobody asked to
// change are the same.
func TestRealTemplates(t *testing.T) {
	resources := 0
	err := filepath.WalkDir("../../testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		ext := filepath.Ext(path)
		if ext != ".yaml" && ext != ".yml" && ext != ".json" || strings.HasSuffix(path, ".tf.json") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var data map[string]any
		if yaml.Unmarshal(text, &data) != nil {
			return nil
		}
		all, _ := data["Resources"].(map[string]any)
		for id, r := range all {
			body, ok := r.(map[string]any)
			if _, plain := body["Properties"].(map[string]any); ok && plain {
				if resources++; !widetest.Skips(resources) {
					setAndRemove(t, path, text, id)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if resources < 200 {
		t.Errorf("only %d resources", resources)
	}
}

func setAndRemove(t *testing.T, path string, text []byte, id string) {
	t.Helper()
	c := verdict.Change{Language: "yaml", Resource: id, Set: "IacgateTest: {a: [1, x]}\n"}
	if filepath.Ext(path) == ".json" {
		c.Language, c.Set = "json", `"IacgateTest": {"a": [1, "x"]}`
	}
	set, err := Apply(path, text, c)
	if err != nil {
		if strings.Contains(err.Error(), "alias") {
			return
		}
		t.Errorf("%s: %s: %v", path, id, err)
		return
	}
	want, got := decoded(t, path, text), decoded(t, path, set)
	properties := want["Resources"].(map[string]any)[id].(map[string]any)["Properties"].(map[string]any)
	properties["IacgateTest"] = map[string]any{"a": []any{1, "x"}}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("%s: %s: other data", path, id)
	}
	for line := range bytes.Lines(text) {
		if !bytes.Contains(set, bytes.TrimRight(line, "\r\n,} ")) {
			t.Errorf("%s: %s: the line %q is gone", path, id, line)
		}
	}
	back, err := Apply(path, set, verdict.Change{Language: c.Language, Resource: id, Remove: []string{"IacgateTest"}})
	if err != nil || !bytes.Equal(back, text) {
		t.Errorf("%s: %s: removed again, it is another file (%v)", path, id, err)
	}
}

func decoded(t *testing.T, path string, text []byte) map[string]any {
	t.Helper()
	var data map[string]any
	if err := yaml.Unmarshal(text, &data); err != nil {
		t.Fatalf("%s: %v\n%s", path, err, text)
	}
	return data
}
