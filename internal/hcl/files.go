package hcl

import (
	"cmp"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
)

// maxFiles bounds the files of one module.
const maxFiles = 5000

// ending returns the ending of a configuration file, "" for any other file.
// Editors leave files that begin with a dot or end in ~ or #.
func ending(name string) string {
	if strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") {
		return ""
	}
	for _, e := range []string{".tofu.json", ".tf.json", ".tofu", ".tf"} {
		if strings.HasSuffix(name, e) {
			return e
		}
	}
	return ""
}

// configFiles picks the configuration files of a directory: those that come
// first, and those that override them.
func configFiles(names []string) (primary, override []string) {
	for _, name := range names {
		e := ending(name)
		stem := strings.TrimSuffix(name, e)
		tofu := strings.Replace(e, ".tf", ".tofu", 1)
		switch {
		case e == "" || e != tofu && slices.Contains(names, stem+tofu):
		case stem == "override" || strings.HasSuffix(stem, "_override"):
			override = append(override, name)
		default:
			primary = append(primary, name)
		}
	}
	return primary, override
}

// A file is one parsed configuration file.
type file struct {
	name     string // as the user sees it
	body     *hclsyntax.Body
	override bool
}

// files reads and parses the configuration files of a directory, those that
// override last.
func (l *loader) files(dir string) ([]file, error) {
	names, err := l.tree.list(dir)
	if err != nil {
		return nil, diag.New(l.tree.name(dir), "%s", cause(err))
	}
	primary, override := configFiles(l.options.admitted(names))
	if len(primary)+len(override) > maxFiles {
		return nil, diag.New(l.tree.name(dir), "more than %d files", maxFiles)
	}
	var files []file
	var errs []error
	for i, name := range slices.Concat(primary, override) {
		f, err := l.file(path.Join(dir, name))
		if isTofu(name) {
			l.tofuFiles = append(l.tofuFiles, f.name)
		}
		f.override = i >= len(primary)
		files, errs = append(files, f), append(errs, err)
		if l.ctx.Err() != nil {
			return nil, l.ctx.Err()
		}
	}
	return files, errors.Join(errs...)
}

// file reads and parses one configuration file.
func (l *loader) file(p string) (file, error) {
	name := l.tree.name(p)
	l.paths[name] = p
	source, err := l.tree.readCode(p)
	if err != nil {
		return file{}, diag.New(name, "%s", cause(err))
	}
	body, err := l.parse(source, name)
	if err == nil {
		l.ignores.note(source, p, name, body)
	}
	return file{name: name, body: body}, err
}

func (l *loader) parse(source []byte, name string) (*hclsyntax.Body, error) {
	body, diags := parseFile(source, name)
	if err := diagnosed(diags, source); err != nil {
		return nil, err
	}
	l.prepare(body)
	return body, nil
}

// prepare rewrites the expressions of a body and notes the names of attributes
// that they ask for.
func (l *loader) prepare(body *hclsyntax.Body) {
	for _, a := range body.Attributes {
		a.Expr = rewrite(a.Expr)
		l.noteNames(a.Expr)
	}
	for _, b := range body.Blocks {
		l.prepare(b.Body)
	}
}

func (l *loader) noteNames(e hclsyntax.Expression) {
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		l.noteARNs(n)
		switch n := n.(type) {
		case *refExpr:
			l.noteSteps(n.Traversal)
		case *partExpr:
			l.noteSteps(n.Traversal)
		}
		return nil
	})
}

func (l *loader) noteSteps(t hcl.Traversal) {
	for _, step := range t {
		if name := stepName(step); name != "" && len(l.names) < maxNames {
			l.names[name] = true
		}
	}
}

// sortedByName are the attributes of a body in the order of their names.
func sortedByName(body *hclsyntax.Body) []*hclsyntax.Attribute {
	var list []*hclsyntax.Attribute
	for _, name := range slices.Sorted(maps.Keys(body.Attributes)) {
		list = append(list, body.Attributes[name])
	}
	return list
}

// sortedAttributes are the attributes of a body as they are written.
func sortedAttributes(body *hclsyntax.Body) []*hclsyntax.Attribute {
	var list []*hclsyntax.Attribute
	for _, a := range body.Attributes {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b *hclsyntax.Attribute) int {
		return cmp.Or(cmp.Compare(a.NameRange.Start.Byte, b.NameRange.Start.Byte), cmp.Compare(a.Name, b.Name))
	})
	return list
}
