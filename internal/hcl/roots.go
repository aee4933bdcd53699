package hcl

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
)

// Claims says whether a directory holds Terraform or OpenTofu code.
func Claims(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && load.Extension(e.Name()) != "" })
}

// IsTerragrunt says whether a directory is for Terragrunt, which makes the code
// that Terraform sees.
func IsTerragrunt(dir string) bool {
	for _, name := range []string{"terragrunt.hcl", "terragrunt.stack.hcl", "root.hcl"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// maxDirectories bounds a walk.
const maxDirectories = 20_000

// Roots returns the root modules in a directory, in order: itself, or where it
// has no code those right below it. Recursive walks all that is below. What
// other modules call, and what lies in a directory modules and says nothing of a
// provider or backend, is no root.
func Roots(dir string, recursive bool) ([]string, error) {
	if Claims(dir) && !recursive {
		return []string{dir}, nil
	}
	l, err := survey(dir, recursive)
	return l.roots(), err
}

// withCode returns the directories below a directory that hold code.
func withCode(dir string, recursive bool) ([]string, error) {
	var found []string
	seen := 0
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == dir:
			return err
		case err != nil || !d.IsDir():
			return nil
		case p != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "vendor"):
			return fs.SkipDir
		}
		if seen++; seen > maxDirectories {
			return diag.New(dir, "more than %d directories", maxDirectories)
		}
		if Claims(p) {
			found = append(found, p)
		}
		if !recursive && p != dir {
			return fs.SkipDir
		}
		return nil
	})
	return found, err
}

// skim returns the local modules that the code of a directory calls, and
// whether it can only be a root: it has a backend, a lock file or values. Code
// that does not parse is told of when it is read. A file may be a link to one of the
// same repository or, without one, below the base of the walk.
func skim(base, dir string) (calls []string, isRoot bool) {
	l, err := load.New(context.Background(), load.Options{Dir: dir, Named: base})
	if err != nil {
		return nil, true
	}
	defer l.Close()
	names, _ := l.Tree.List(l.Tree.Dir)
	isRoot = len(load.VariableFiles(names)) > 0 || slices.Contains(names, ".terraform.lock.hcl")
	// What OpenTofu alone reads hides no root from Terraform.
	primary, override := load.ConfigFiles(names, !onlyTofu(names))
	for _, name := range slices.Concat(primary, override) {
		f, err := l.File(path.Join(l.Tree.Dir, name))
		if err != nil {
			continue
		}
		for _, b := range f.Body.Blocks {
			if source, ok := eval.Literal(b, "source"); ok && b.Type == "module" && strings.HasPrefix(source, ".") {
				calls = append(calls, path.Clean(source))
			}
			isRoot = isRoot || hasBackend(b)
		}
	}
	return calls, isRoot
}

// onlyTofu says whether a directory has no code but OpenTofu's.
func onlyTofu(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return load.Extension(name) != "" && !load.IsTofu(name) })
}

func hasBackend(b *hclsyntax.Block) bool {
	return b.Type == "terraform" && slices.ContainsFunc(b.Body.Blocks, func(inner *hclsyntax.Block) bool {
		return inner.Type == "backend" || inner.Type == "cloud"
	})
}
