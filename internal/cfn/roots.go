package cfn

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxWalked bounds how many files a walk looks at.
const maxWalked = 100_000

// endings are those of files that may be templates.
var endings = []string{".yaml", ".yml", ".json", ".template"}

// Found is what a walk through directories finds, in order.
type Found struct {
	Templates  []string
	Assemblies []string // directories that CDK made
}

// Roots returns the templates and cloud assemblies below a directory. What other
// templates nest is no root.
func Roots(dir string) (Found, error) {
	var found Found
	nested := map[string]bool{}
	looked := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch looked++; {
		case err != nil || looked > maxWalked:
			return err
		case e.IsDir() && path != dir && (strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules"):
			return fs.SkipDir
		case e.IsDir() && IsAssembly(path):
			found.Assemblies = append(found.Assemblies, path)
			return fs.SkipDir
		case !e.Type().IsRegular() || !slices.Contains(endings, filepath.Ext(path)):
			return nil
		}
		if t := templateAt(path); t != nil {
			found.Templates = append(found.Templates, path)
			for _, location := range t.locations() {
				nested[filepath.Join(filepath.Dir(path), location)] = true
			}
		}
		return nil
	})
	found.Templates = slices.DeleteFunc(found.Templates, func(path string) bool { return nested[filepath.Clean(path)] })
	return found, err
}

// templateAt reads the template in a file; nil where there is none that can be
// read: it may be anything else.
func templateAt(path string) *template {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxFile {
		return nil
	}
	raw, err := os.ReadFile(path)
	if err != nil || !Claims(raw) {
		return nil
	}
	t, err := parse(path, "", raw)
	if err != nil || !t.isTemplate() {
		return nil
	}
	return t
}

// isTemplate says whether some resource has a type of CloudFormation.
func (t *template) isTemplate() bool {
	return slices.ContainsFunc(t.section("Resources").members, func(m member) bool {
		typ := m.value.get("Type")
		return typ != nil && strings.Contains(typ.text, "::")
	})
}

// locations are the local templates that a template nests.
func (t *template) locations() []string {
	var all []string
	for _, m := range t.section("Resources").members {
		typ, properties := m.value.get("Type"), m.value.get("Properties")
		if typ == nil || typ.text != nestedStack || properties == nil {
			continue
		}
		if url := properties.get("TemplateURL"); url != nil && url.kind == text && !isRemote(url.text) {
			all = append(all, url.text)
		}
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
