package load

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/funcs"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// PathsIn returns the paths that the code of a module may read.
func PathsIn(base, dir string) []Path {
	t, err := openTree(dir, "", base)
	if err != nil {
		return nil
	}
	defer t.close()
	return t.pathsIn(t.Dir)
}

// A named path is one that code may read, with a star for each unknown part. It begins in the module that names it, or in
// the root module, as all relative paths do for Terraform.
type Path struct {
	text   string
	inRoot bool // it begins in the root module
	loose  bool // nobody knows where it begins
}

// star replaces an unknown part of a path.
const star = "*"

// A pathReader collects the paths that the code of one module may read. Nothing is
// evaluated: a path may go through locals, variables and modules until a function
// reads it, so every text counts that could be one.
type pathReader struct {
	locals map[string]hclsyntax.Expression
	found  []Path
}

// pathsIn returns the paths that the files of a directory may name.
func (t *Tree) pathsIn(dir string) []Path {
	names, _ := t.List(dir)
	r := &pathReader{locals: map[string]hclsyntax.Expression{}}
	var bodies []*hclsyntax.Body
	for _, name := range names {
		if Extension(name) == "" && !slices.Contains(VariableFiles(names), name) {
			continue
		}
		if body := t.parsedOrNil(path.Join(dir, name)); body != nil {
			bodies = append(bodies, body)
			r.note(body)
		}
	}
	for _, body := range bodies {
		r.body(body, "")
	}
	return r.found
}

// parsedOrNil returns what a file says; nil if it cannot be parsed, which is reported when
// it is read.
func (t *Tree) parsedOrNil(p string) *hclsyntax.Body {
	source, err := t.readCode(p)
	if err != nil {
		return nil
	}
	parse := syntax.ParseFile
	if strings.HasSuffix(p, ".tfvars.json") {
		parse = syntax.ParseValues
	}
	body, diags := parse(source, p)
	if diags.HasErrors() {
		return nil
	}
	return body
}

// note keeps the locals of a body: they are mostly the first part of a path.
func (r *pathReader) note(body *hclsyntax.Body) {
	for _, b := range body.Blocks {
		if b.Type == "locals" {
			for name, a := range b.Body.Attributes {
				r.locals[name] = a.Expr
			}
		}
	}
}

// body looks through a body. The source of a module is not a path that it reads.
func (r *pathReader) body(body *hclsyntax.Body, typ string) {
	for name, a := range body.Attributes {
		if typ != "module" || name != "source" {
			r.expression(a.Expr)
		}
	}
	for _, b := range body.Blocks {
		r.body(b.Body, b.Type)
	}
}

// expression looks at every text in an expression: the pieces of one are none.
func (r *pathReader) expression(e hclsyntax.Expression) {
	pieces := map[hclsyntax.Node]bool{}
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.FunctionCallExpr:
			r.call(n)
		case *hclsyntax.TemplateExpr:
			r.text(n)
			for _, part := range n.Parts {
				pieces[part] = true
			}
		case *hclsyntax.LiteralValueExpr:
			if !pieces[n] {
				r.text(n)
			}
		}
		return nil
	})
}

// call notes what a function certainly takes for a path.
func (r *pathReader) call(n *hclsyntax.FunctionCallExpr) {
	switch {
	case n.Name == "fileset" && len(n.Args) == 2:
		r.add(r.path(n.Args[0], 0)+"/"+r.path(n.Args[1], 0), true)
	case funcs.ReadsFile(n.Name) && len(n.Args) > 0:
		r.add(r.path(n.Args[0], 0), true)
	}
}

// text notes a text that looks like a path: any other text may be a mere name.
func (r *pathReader) text(e hclsyntax.Expression) {
	p := r.path(e, 0)
	if strings.Contains(p, "/") || strings.Contains(p, ".") && !strings.HasPrefix(p, star) {
		r.add(p, false)
	}
}

const (
	ofModule = "\x00M" // path.module at the beginning of a path
	ofRoot   = "\x00R" // path.root
)

// add keeps a path unless it is too vague. One that a function certainly reads only
// has to begin in the module.
func (r *pathReader) add(p string, isRead bool) {
	text, inModule := strings.CutPrefix(p, ofModule)
	text, inRoot := strings.CutPrefix(text, ofRoot)
	if len(r.found) == maxPaths || strings.ContainsRune(text, 0) || !strings.ContainsFunc(text, isTelling) && !(isRead && inModule) {
		return
	}
	text = strings.TrimPrefix(text, "/")
	found := Path{text: path.Clean(text), inRoot: !inModule, loose: !inModule && !inRoot && strings.HasPrefix(text, star)}
	if !slices.Contains(r.found, found) {
		r.found = append(r.found, found)
	}
}

// maxPaths bounds the paths that one module may name; those of real ones are some
// dozens.
const maxPaths = 5000

// isTelling reports whether a character distinguishes paths.
func isTelling(c rune) bool { return !strings.ContainsRune("*./\\ ", c) }

// maxLocals bounds locals in locals.
const maxLocals = 8

// path returns an expression as a path.
func (r *pathReader) path(e hclsyntax.Expression, depth int) string {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		if text, ok := value.KnownString(e.Val); ok {
			return text
		}
	case *hclsyntax.TemplateExpr:
		var b strings.Builder
		for _, part := range e.Parts {
			b.WriteString(r.path(part, depth))
		}
		return b.String()
	case *hclsyntax.TemplateWrapExpr:
		return r.path(e.Wrapped, depth)
	case *hclsyntax.ParenthesesExpr:
		return r.path(e.Expression, depth)
	case *hclsyntax.FunctionCallExpr:
		return r.pathOfCall(e, depth)
	case *hclsyntax.ScopeTraversalExpr:
		return r.pathOfName(e.Traversal, depth)
	}
	return star
}

// pathOfCall returns the path that a function builds from others.
func (r *pathReader) pathOfCall(e *hclsyntax.FunctionCallExpr, depth int) string {
	switch {
	case len(e.Args) == 1 && (e.Name == "abspath" || e.Name == "pathexpand" || e.Name == "tostring"):
		return r.path(e.Args[0], depth)
	case len(e.Args) == 2 && e.Name == "join":
		if list, ok := e.Args[1].(*hclsyntax.TupleConsExpr); ok {
			var parts []string
			for _, part := range list.Exprs {
				parts = append(parts, r.path(part, depth))
			}
			return strings.Join(parts, r.path(e.Args[0], depth))
		}
	case len(e.Args) > 0 && e.Name == "format":
		return withStars(r.path(e.Args[0], depth))
	}
	return star
}

// withStars returns a format with a star for each verb.
func withStars(format string) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		for i++; i < len(format) && !isVerb(format[i]) && format[i] != '%'; i++ {
		}
		b.WriteString(star)
	}
	return b.String()
}

// pathOfName returns the path that a name means.
func (r *pathReader) pathOfName(t hcl.Traversal, depth int) string {
	if len(t) != 2 {
		return star
	}
	switch name := syntax.StepName(t[1]); {
	case t.RootName() == "path" && name == "module":
		return ofModule
	case t.RootName() == "path": // root, and cwd, which is the root mostly
		return ofRoot
	case t.RootName() == "local" && r.locals[name] != nil && depth < maxLocals:
		return r.path(r.locals[name], depth+1)
	}
	return star
}

// Covers reports whether the path may be a file: both are relative to one directory.
func (n Path) Covers(root, module, file string) bool {
	base := module
	if n.inRoot {
		base = root
	}
	p := n.text
	if !n.loose {
		p = path.Join(filepath.ToSlash(base), p)
	}
	return matchesPattern(p, filepath.ToSlash(file))
}

// matchesPattern reports whether a pattern matches a text; a star matches any characters.
func matchesPattern(pattern, text string) bool {
	parts := strings.Split(pattern, star)
	if len(parts) == 1 {
		return pattern == text
	}
	rest, ok := strings.CutPrefix(text, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// isVerb reports whether a character of a format ends a verb.
func isVerb(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
