package cfn

import (
	"bytes"
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
		t, is := templateAt(path)
		if is {
			found.Templates = append(found.Templates, path)
		}
		for _, location := range t.locations() {
			nested[filepath.Join(filepath.Dir(path), location)] = true
		}
		return nil
	})
	found.Templates = slices.DeleteFunc(found.Templates, func(path string) bool { return nested[filepath.Clean(path)] })
	return found, err
}

// templateAt reads the template in a file. One that cannot be read is one as
// well if it says that it is; what is wrong with it is said when it is judged.
func templateAt(path string) (t *template, is bool) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > MaxSize {
		return nil, false
	}
	raw, err := os.ReadFile(path)
	if err != nil || !Claims(raw) {
		return nil, false
	}
	if t, err = parse(path, "", raw); err != nil {
		return nil, declares(raw)
	}
	return t, t.isTemplate()
}

// declares says whether a file says that it is a template: by its version, or by
// Resources at its top with types of AWS.
func declares(raw []byte) bool {
	atTop := bytes.HasPrefix(raw, []byte("Resources:")) || bytes.Contains(raw, []byte("\nResources:")) || bytes.Contains(raw, []byte(`"Resources"`))
	return bytes.Contains(raw, []byte("AWSTemplateFormatVersion")) || atTop && bytes.Contains(raw, []byte("AWS::"))
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
	if t == nil {
		return nil
	}
	for _, m := range t.section("Resources").members {
		typ, properties := m.value.get("Type"), m.value.get("Properties")
		if typ == nil || nestedTypes[typ.text] == "" || properties == nil {
			continue
		}
		if url := properties.get(nestedTypes[typ.text]); url != nil && url.kind == text && !isRemote(url.text) {
			all = append(all, url.text)
		}
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
