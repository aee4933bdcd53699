package cfn

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/repository"
)

// maxWalked bounds how many files a walk looks at.
const maxWalked = 100_000

// endings are those of files that may be templates.
var endings = []string{".yaml", ".yml", ".json", ".template"}

// Found has the results of a walk through directories, in order.
type Found struct {
	Templates  []string
	Assemblies []string // directories that CDK made
}

// Roots returns the templates and cloud assemblies below a directory. A nested
// template is not a root.
func Roots(dir string) (Found, error) {
	found, parents, _, err := survey(dir, maxWalked)
	roots := rootsAmong(found.Templates, parents)
	found.Templates = slices.DeleteFunc(found.Templates, func(path string) bool { return !roots[path] })
	return found, err
}

// RootsOf returns those of the roots below a directory that one of some files is
// part of: it is the template, or nested in it or included however deep, or of the
// assembly. also are the other names of a path through links.
func RootsOf(dir string, files []string, also func(path string) []string) (Found, error) {
	all, parents, includers, err := survey(dir, maxWalked)
	touched := map[string]bool{}
	queue := slices.Clone(files)
	for len(queue) > 0 {
		file := filepath.Clean(queue[0])
		queue = queue[1:]
		if !touched[file] {
			touched[file] = true
			queue = slices.Concat(queue, parents[file], includers[file], also(file))
		}
	}
	roots := rootsAmong(all.Templates, parents)
	all.Templates = slices.DeleteFunc(all.Templates, func(path string) bool { return !touched[filepath.Clean(path)] || !roots[path] })
	all.Assemblies = slices.DeleteFunc(all.Assemblies, func(assembly string) bool {
		return !slices.ContainsFunc(files, func(file string) bool {
			return strings.HasPrefix(filepath.Clean(file), filepath.Clean(assembly)+string(filepath.Separator))
		})
	})
	return all, err
}

// rootsAmong returns the templates that no other one nests. If templates only nest each
// other, the first is a root: otherwise none would be judged.
func rootsAmong(templates []string, parents map[string][]string) map[string]bool {
	roots, reached, children := map[string]bool{}, map[string]bool{}, map[string][]string{}
	for child, of := range parents {
		for _, parent := range of {
			children[parent] = append(children[parent], child)
		}
	}
	var reach func(path string)
	reach = func(path string) {
		if reached[path] {
			return
		}
		reached[path] = true
		for _, child := range children[path] {
			reach(child)
		}
	}
	for _, onlyFree := range []bool{true, false} {
		for _, path := range templates {
			clean := filepath.Clean(path)
			if free := len(parents[clean]) == 0; free == onlyFree && !reached[clean] {
				roots[path] = true
				reach(clean)
			}
		}
	}
	return roots
}

// MayBe reports whether a file has the name of a template.
func MayBe(path string) bool { return slices.Contains(endings, filepath.Ext(path)) }

// survey walks through directories: every template, for those that others nest, by
// which, and for files that are included, by which. The number of files and
// directories is bounded.
func survey(dir string, most int) (found Found, parents, includers map[string][]string, err error) {
	parents, includers = map[string][]string{}, map[string][]string{}
	looked := 0
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch looked++; {
		case err != nil:
			return err
		case looked > most:
			return diag.New(dir, "more than %d files below it", most)
		case e.IsDir() && path != dir && (strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules"):
			return fs.SkipDir
		case e.IsDir() && IsAssembly(path):
			found.Assemblies = append(found.Assemblies, path)
			return fs.SkipDir
		case !MayBe(path) || !e.Type().IsRegular() && !leadsInside(dir, path, e):
			return nil
		}
		t, is := templateAt(path)
		if is {
			found.Templates = append(found.Templates, path)
		}
		addReferrer(parents, path, t.locations())
		addReferrer(includers, path, t.includes())
		return nil
	})
	return found, parents, includers, err
}

// addReferrer notes what names the files at some locations beside it.
func addReferrer(by map[string][]string, path string, locations []string) {
	for _, location := range locations {
		if child := filepath.Join(filepath.Dir(path), location); child != filepath.Clean(path) {
			by[child] = append(by[child], filepath.Clean(path))
		}
	}
}

// leadsInside reports whether a file is a link to one of the same repository.
func leadsInside(dir, path string, e fs.DirEntry) bool {
	base, err := boundary(filepath.Join(dir, "x"), dir)
	return err == nil && e.Type()&fs.ModeSymlink != 0 && repository.Admits(base, path) == nil
}

// templateAt reads the template in a file. A file that declares itself a template counts
// even if it cannot be read; its error is reported when it is judged.
func templateAt(path string) (t *template, is bool) {
	raw, err := intake.Regular(path, MaxSize)
	if errors.As(err, new(intake.LargeError)) {
		return nil, declaresAtTop(path)
	}
	if err != nil || !Claims(raw) || isAppSpec(raw) {
		return nil, false
	}
	if t, err = parse(path, "", raw); err != nil {
		return nil, declares(raw)
	}
	return t, t.isTemplate()
}

// declaresAtTop reports whether the beginning of a file that is too large says that it is
// a template.
func declaresAtTop(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, MaxSize))
	return err == nil && Claims(head) && declares(head)
}

// declares reports whether a file says that it is a template: by its version, or by
// Resources at its top with types of AWS.
func declares(raw []byte) bool {
	atTop := bytes.HasPrefix(raw, []byte("Resources:")) || bytes.Contains(raw, []byte("\nResources:")) || bytes.Contains(raw, []byte(`"Resources"`))
	return bytes.Contains(raw, []byte("AWSTemplateFormatVersion")) || atTop && bytes.Contains(raw, []byte("AWS::"))
}

// isTemplate reports whether some resource has a type of CloudFormation.
func (t *template) isTemplate() bool {
	return slices.ContainsFunc(t.section("Resources").members, func(m member) bool {
		typ := m.value.get("Type")
		return typ != nil && strings.Contains(typ.text, "::")
	})
}

// locations returns the local templates that a template nests.
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

// includes returns the local files that a template includes, wherever it does.
func (t *template) includes() []string {
	var all []string
	if t == nil {
		return nil
	}
	add := func(arguments *node) {
		if arguments != nil {
			if l := arguments.get("Location"); l != nil && l.kind == text && !isRemote(l.text) {
				all = append(all, l.text)
			}
		}
	}
	for _, tr := range t.transforms {
		add(tr.arguments)
	}
	t.root.walk(func(n *node) bool {
		for _, m := range n.members {
			if m.name == transformFn && isInclude(m) {
				add(m.value.get("Parameters"))
			}
		}
		return true
	})
	return all
}

// Claims reports whether a file that starts with head may be a template.
func Claims(head []byte) bool {
	for _, sign := range []string{"AWSTemplateFormatVersion", "AWS::"} {
		if bytes.Contains(head, []byte(sign)) {
			return true
		}
	}
	for _, section := range []string{"Resources", "Parameters", "Mappings", "Conditions", "Transform", "Metadata"} {
		if hasKey(head, section) {
			return true
		}
	}
	return false
}

// hasKey reports whether a line begins with a key, as the top level of YAML and of
// indented JSON has it.
func hasKey(head []byte, key string) bool {
	for line := range bytes.Lines(head) {
		line = bytes.TrimLeft(line, " \t{\"")
		if rest, ok := bytes.CutPrefix(line, []byte(key)); ok {
			rest = bytes.TrimLeft(rest, "\" \t")
			if len(rest) > 0 && rest[0] == ':' {
				return true
			}
		}
	}
	return false
}

// isAppSpec reports whether a file is an AppSpec file of CodeDeploy: it has Resources of
// CloudFormation's types, too, and a version that is always 0.0. No template has a
// section of that name; CloudFormation would refuse it.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure.html
func isAppSpec(raw []byte) bool {
	if bytes.Contains(raw, []byte("AWSTemplateFormatVersion")) {
		return false
	}
	if isJSON(raw) {
		var spec map[string]json.RawMessage
		return json.Unmarshal(raw, &spec) == nil && isNoVersion(string(spec["version"]))
	}
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, "version:"); ok {
			value, _, _ = strings.Cut(value, "#")
			return isNoVersion(value)
		}
	}
	return false
}

func isNoVersion(value string) bool { return strings.Trim(value, " \t\r\n\"'") == "0.0" }
