package load

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func TestFiles(t *testing.T) {
	names := []string{
		".hidden.tf", "a.tf", "a.tofu", "a.tf~", "b.tf.json", "b.tofu.json", "c.tofu", "d.tf", "override.tf", "x_override.tf", "x_override.tofu",
		"notoverride.tf", "terraform.tfvars", "y.tfvars", "readme.md", "override.tf.json",
	}
	primary, override := ConfigFiles(names, false)
	if want := []string{"a.tofu", "b.tofu.json", "c.tofu", "d.tf", "notoverride.tf"}; !slices.Equal(primary, want) {
		t.Errorf("%q", primary)
	}
	if want := []string{"override.tf", "x_override.tofu", "override.tf.json"}; !slices.Equal(override, want) {
		t.Errorf("override %q", override)
	}
}

// TestMentions: a word counts wherever it may begin a block, and not inside another one.
func TestMentions(t *testing.T) {
	for source, want := range map[string]bool{
		"": false, "module": true, "module \"a\" {": true, "\tmodule\"a\"{": true, "x=1\nmodule a {}": true, "terraform{module{": true,
		"modules": false, "aws_module": false, "modules module": true, "module_a": false, "a-module": true, "# module": true, "modul": false,
	} {
		if got := mentions([]byte(source), "module"); got != want {
			t.Errorf("%q: %t", source, got)
		}
	}
}

// TestSkimFindsWhatParsingFinds in all the code of the tests.
func TestSkimFindsWhatParsingFinds(t *testing.T) {
	types := []string{"module", "backend", "cloud"}
	blocks := func(b *hclsyntax.Body) (out []string) {
		for _, outer := range b.Blocks {
			if slices.Contains(types, outer.Type) {
				out = append(out, outer.Type)
			}
			for _, inner := range outer.Body.Blocks {
				if outer.Type == "terraform" && slices.Contains(types, inner.Type) {
					out = append(out, inner.Type)
				}
			}
		}
		return out
	}
	found := 0
	err := fs.WalkDir(os.DirFS("../../../testdata"), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || Extension(p) == "" {
			return err
		}
		l, err := New(t.Context(), Options{Dir: path.Join("../../../testdata", path.Dir(p))})
		if err != nil {
			return err
		}
		defer l.Close()
		at := path.Join(l.Tree.Dir, path.Base(p))
		skimmed, skimErr := l.Skim(at, types...)
		parsed, err := l.File(at)
		if err != nil || skimErr != nil {
			return nil
		}
		want := blocks(parsed.Body)
		found += len(want)
		if got := blocks(skimmed.Body); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", p, got, want)
		}
		return nil
	})
	if err != nil || found < 20 {
		t.Errorf("%d blocks, %v", found, err)
	}
}
