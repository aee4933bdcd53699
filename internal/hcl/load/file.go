package load

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
)

// maxFiles bounds the files of one module.
const maxFiles = 5000

// Extension returns the ending of a configuration file, "" for any other file.
// Editors leave files that begin with a dot or end in ~ or #.
func Extension(name string) string {
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

// ConfigFiles picks the configuration files of a directory: those that come
// first, and those that override them. Those that end in .tofu may be none.
func ConfigFiles(names []string, noTofu bool) (primary, override []string) {
	if noTofu {
		names = slices.DeleteFunc(slices.Clone(names), IsTofu)
	}
	for _, name := range names {
		e := Extension(name)
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

// A File is one parsed configuration file.
type File struct {
	name     string // as the user sees it
	Body     *hclsyntax.Body
	override bool
}

// files reads and parses the configuration files of a directory, those that
// override last.
func (l *Loader) files(dir string) ([]File, error) {
	names, err := l.Tree.List(dir)
	if err != nil {
		return nil, diag.New(l.Tree.Name(dir), "%s", Cause(err))
	}
	primary, override := ConfigFiles(names, l.options.NoTofu)
	if len(primary)+len(override) > maxFiles {
		return nil, diag.New(l.Tree.Name(dir), "more than %d files", maxFiles)
	}
	var files []File
	var errs []error
	for i, name := range slices.Concat(primary, override) {
		f, err := l.File(path.Join(dir, name))
		if IsTofu(name) {
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

// File reads and parses one configuration file.
func (l *Loader) File(p string) (File, error) {
	name := l.Tree.Name(p)
	l.paths[name] = p
	source, err := l.Tree.readCode(p)
	if err != nil {
		return File{}, diag.New(name, "%s", Cause(err))
	}
	body, err := l.parse(source, name)
	if err == nil {
		l.Waivers.Note(source, p, name, body)
	}
	return File{name: name, Body: body}, err
}

func (l *Loader) parse(source []byte, name string) (*hclsyntax.Body, error) {
	body, diags := syntax.ParseFile(source, name)
	if err := syntax.Err(diags, source); err != nil {
		return nil, err
	}
	l.prepare(body)
	return body, nil
}

// prepare rewrites the expressions of a body and notes the names of attributes
// that they ask for.
func (l *Loader) prepare(body *hclsyntax.Body) {
	for _, a := range body.Attributes {
		a.Expr = eval.Rewrite(a.Expr)
		l.NoteNames(a.Expr)
	}
	for _, b := range body.Blocks {
		l.prepare(b.Body)
	}
}

func (l *Loader) NoteNames(e hclsyntax.Expression) {
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		l.noteARNs(n)
		switch n := n.(type) {
		case *eval.Reference:
			l.noteSteps(n.Traversal)
		case *eval.Part:
			l.noteSteps(n.Traversal)
		}
		return nil
	})
}

func (l *Loader) noteSteps(t hcl.Traversal) {
	for _, step := range t {
		if name := syntax.StepName(step); name != "" && len(l.Names) < maxNames {
			l.Names[name] = true
		}
	}
}

// VariableFiles picks the files that Terraform reads values from by itself, the
// weakest first.
func VariableFiles(names []string) []string {
	var first, auto []string
	for _, want := range []string{"terraform.tfvars", "terraform.tfvars.json"} {
		for _, name := range names {
			if name == want {
				first = append(first, name)
			}
		}
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".auto.tfvars") || strings.HasSuffix(name, ".auto.tfvars.json") {
			auto = append(auto, name)
		}
	}
	return append(first, auto...)
}

// madeSensitive are the arguments of sensitive() in a body.
func madeSensitive(body *hclsyntax.Body) (found []hclsyntax.Expression) {
	for _, a := range body.Attributes {
		_ = hclsyntax.VisitAll(a.Expr, func(n hclsyntax.Node) hcl.Diagnostics {
			if call, ok := n.(*eval.Call); ok && strings.TrimPrefix(call.Name, "core::") == "sensitive" && len(call.Args) == 1 {
				found = append(found, call.Args[0])
			}
			return nil
		})
	}
	for _, b := range body.Blocks {
		found = append(found, madeSensitive(b.Body)...)
	}
	return found
}

// IsTofu says whether OpenTofu alone reads a file.
//
// Files that end in .tofu are code for OpenTofu alone, which reads them in the place
// of Files of the same name that end in .tf. Whoever writes the change could hide an
// alarm from Terraform in one, so what applies the code has to be known.
// https://opentofu.org/docs/language/files/#file-extension
func IsTofu(name string) bool { return strings.HasPrefix(Extension(name), ".tofu") }
