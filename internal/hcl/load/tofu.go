package load

import (
	"path"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// IsTofu says whether OpenTofu alone reads a file.
//
// Files that end in .tofu are code for OpenTofu alone, which reads them in the place
// of files of the same name that end in .tf. Whoever writes the change could hide an
// alarm from Terraform in one, so what applies the code has to be known.
// https://opentofu.org/docs/language/files/#file-extension
func IsTofu(name string) bool { return strings.HasPrefix(Extension(name), ".tofu") }

// Admitted are the names of files that are code under the options.
func (o Options) Admitted(names []string) []string {
	if !o.NoTofu {
		return names
	}
	return slices.DeleteFunc(slices.Clone(names), IsTofu)
}

const lockFile = ".terraform.lock.hcl"

// Tofu says what of the code OpenTofu alone reads, and by what the root module tells
// that it is what applies it.
func (l *Loader) Tofu(root *Module) *resource.Tofu {
	if len(l.tofuFiles) == 0 {
		return nil
	}
	t := &resource.Tofu{Files: l.tofuFiles}
	switch {
	case !slices.ContainsFunc(root.files, func(f file) bool { return !IsTofu(f.name) }):
		t.Evidence = "the root module has no other files"
	case l.locksTofu():
		t.Evidence = lockFile + " names OpenTofu's registry alone"
	case slices.ContainsFunc(root.files, func(f file) bool { return !IsTofu(f.name) && declaresTofu(f) }):
		t.Evidence = "a language block says so"
	}
	return t
}

// locksTofu says whether the lock file names providers of OpenTofu's registry and of
// no other.
// https://opentofu.org/docs/language/files/dependency-lock/
func (l *Loader) locksTofu() bool {
	source, err := l.Tree.Read(path.Join(l.Tree.Dir, lockFile))
	if err != nil {
		return false
	}
	body, diags := syntax.ParseConfig(source, lockFile)
	if diags.HasErrors() {
		return false
	}
	providers := 0
	for _, b := range body.Blocks {
		if b.Type != "provider" {
			continue
		}
		if len(b.Labels) != 1 || !strings.HasPrefix(b.Labels[0], "registry.opentofu.org/") {
			return false
		}
		providers++
	}
	return providers > 0
}

// declaresTofu says whether a file that Terraform reads, too, is declared to be
// compatible with OpenTofu: Terraform refuses the block.
// https://opentofu.org/docs/v1.12/language/settings/
func declaresTofu(f file) bool {
	for _, b := range f.Body.Blocks {
		if b.Type != "language" {
			continue
		}
		for _, inner := range b.Body.Blocks {
			if _, ok := inner.Body.Attributes["opentofu"]; ok && inner.Type == "compatible_with" {
				return true
			}
		}
	}
	return false
}
