// Package load loads the code of a root module and of the modules that it calls: files,
// overrides, modules installed by terraform init, waivers in comments. It reads nothing
// outside the given tree and evaluates nothing.
package load

import (
	"bytes"
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/resource"
)

// Options says what to load.
type Options struct {
	Dir      string         // the root module
	Boundary string         // the directory outside which no file is read; "" finds it
	Named    string         // what somebody named that holds Dir
	NoTofu   bool           // files that end in .tofu are not code
	Environ  []string       // NAME=value as from os.Environ
	Overlay  *overlay.Files // read in the place of code; nil for none
}

// A Loader reads the code of one root module, and of the modules that it calls.
type Loader struct {
	ctx       context.Context
	Tree      *Tree
	Data      DataDir
	Installed Manifest
	options   Options
	Modules   map[string]*Module // by their directories
	paths     map[string]string  // of files in the tree, by the names that places have
	Names     map[string]bool    // of attributes that the code asks for
	Waivers   Waivers
	tofuFiles []string // that OpenTofu alone reads
	Problems  []string // what the user is to know of what was not read

	Partitions resource.Partitioned // that ARNs in the code name
	surveyed   bool                 // those of all modules are known
}

// New opens a directory. The caller closes the loader.
func New(ctx context.Context, o Options) (*Loader, error) {
	t, err := openTree(o.Dir, o.Boundary, o.Named)
	if err != nil {
		return nil, err
	}
	t.overlay = o.Overlay
	l := &Loader{
		ctx: ctx, Tree: t, options: o, Waivers: NewWaivers(),
		Modules: map[string]*Module{}, paths: map[string]string{}, Names: map[string]bool{},
	}
	l.Data = newDataDir(t, o.Environ)
	var problem string
	if l.Installed, problem = readManifest(l.Data); problem != "" {
		l.Problems = append(l.Problems, problem)
	}
	return l, nil
}

func (l *Loader) Close() { l.Tree.close() }

// Module loads the module in a directory, once.
func (l *Loader) Module(dir string) (*Module, error) {
	if m, ok := l.Modules[dir]; ok {
		return m, nil
	}
	files, err := l.files(dir)
	if err != nil {
		return nil, err
	}
	m := &Module{
		Dir: dir, files: files, Variables: map[string]*hclsyntax.Block{}, Locals: map[string]*hclsyntax.Attribute{},
		Outputs: map[string]*hclsyntax.Block{}, Calls: map[string]*hclsyntax.Block{}, Resources: map[syntax.ResourceName]*hclsyntax.Block{},
	}
	for _, f := range files {
		m.Sensitive = append(m.Sensitive, madeSensitive(f.Body)...)
		for _, b := range f.Body.Blocks {
			if err := m.add(b, f.override); err != nil {
				return nil, err
			}
			l.Waivers.override(m.same(b), b)
		}
	}
	l.Modules[dir] = m
	return m, nil
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
	return l.parseFile(source, p, name)
}

// Skim returns the file if it may have blocks of some types, and the zero File if none
// of their names is in it, without parsing it. JSON can escape the letters of a name.
func (l *Loader) Skim(p string, blockTypes ...string) (File, error) {
	name := l.Tree.Name(p)
	source, err := l.Tree.readCode(p)
	if err != nil {
		return File{}, diag.New(name, "%s", Cause(err))
	}
	if !syntax.IsJSON(name) && !slices.ContainsFunc(blockTypes, func(t string) bool { return mentions(source, t) }) {
		return File{name: name, Body: &hclsyntax.Body{}}, nil
	}
	return l.parseFile(source, p, name)
}

// mentions reports whether a word is in the source, not as a part of a longer one.
func mentions(source []byte, word string) bool {
	for rest := source; ; {
		i := bytes.Index(rest, []byte(word))
		if i < 0 {
			return false
		}
		after := rest[i+len(word):]
		if (i == 0 || !isWord(rest[i-1])) && (len(after) == 0 || !isWord(after[0])) {
			return true
		}
		rest = after
	}
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func (l *Loader) parseFile(source []byte, p, name string) (File, error) {
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

// noteARNs notes the partitions of the ARNs in a text of the code.
func (l *Loader) noteARNs(n hclsyntax.Node) {
	e, ok := n.(*hclsyntax.LiteralValueExpr)
	if !ok || e.Val.Type() != cty.String || !e.Val.IsKnown() || e.Val.IsNull() {
		return
	}
	l.Partitions.Add(e.Val.AsString())
}

// Partition returns the partition of all literal ARNs in the code; "" if they have
// none or several.
func (l *Loader) Partition() string {
	if !l.surveyed {
		l.surveyed = true
		l.survey(l.Modules[l.Tree.Dir], "", map[string]bool{})
	}
	return l.Partitions.One()
}

// survey loads the modules that the code calls by plain texts, so that their ARNs
// count from the beginning. Errors in them are reported when they are called.
func (l *Loader) survey(m *Module, key string, seen map[string]bool) {
	if m == nil || seen[m.Dir] || len(seen) > MaxModules {
		return
	}
	seen[m.Dir] = true
	for _, name := range m.CallOrder {
		source, ok := eval.Literal(m.Calls[name], "source")
		if !ok {
			continue
		}
		inner := strings.TrimPrefix(key+"."+name, ".")
		version, _ := eval.Literal(m.Calls[name], "version")
		dir, why := l.Installed.Locate(m.Dir, inner, source, version)
		if why != "" {
			continue
		}
		if dir == ".." || strings.HasPrefix(dir, "../") {
			continue
		}
		if called, err := l.Module(dir); err == nil {
			l.survey(called, inner, seen)
		}
	}
}

// Tofu returns the files that only OpenTofu reads, and the evidence that OpenTofu
// applies the root module.
func (l *Loader) Tofu(root *Module) *resource.Tofu {
	if len(l.tofuFiles) == 0 {
		return nil
	}
	return &resource.Tofu{Files: l.tofuFiles, Evidence: tofuEvidence(l.Tree, root.files)}
}

// Words returns the words of a piece of code.
func (l *Loader) Words(at hcl.Range) (string, bool) {
	source, err := l.Tree.readCode(l.paths[at.Filename])
	if err != nil || !at.CanSliceBytes(source) {
		return "", false
	}
	return strings.Join(strings.Fields(string(at.SliceBytes(source))), " "), true
}

// maxFiles bounds the files of one module.
const maxFiles = 5000

// Bounds of one directory. Real ones stay far below.
const (
	MaxDepth   = 64     // modules inside modules
	MaxModules = 10_000 // module instances
	maxNames   = 10_000 // different names of attributes
)
