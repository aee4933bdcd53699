package load

import (
	"path"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
)

const lockFile = ".terraform.lock.hcl"

// tofuEvidence returns the evidence that OpenTofu applies a root module; "" for none.
func tofuEvidence(t *Tree, files []File) string {
	switch {
	case !isForTerraform(t):
		return "the root module has no other files"
	case locksTofu(t):
		return lockFile + " names OpenTofu's registry alone"
	case slices.ContainsFunc(files, func(f File) bool { return !IsTofu(f.name) && declaresTofu(f) }):
		return "a language block says so"
	}
	return ""
}

// isForTerraform reports whether Terraform finds any code in the root module, be it that
// OpenTofu reads another file in its place.
func isForTerraform(t *Tree) bool {
	names, err := t.List(t.Dir)
	primary, override := ConfigFiles(names, true)
	return err != nil || len(primary)+len(override) > 0
}

// locksTofu reports whether the lock file names providers of OpenTofu's registry and of
// no other.
// https://opentofu.org/docs/language/files/dependency-lock/
func locksTofu(t *Tree) bool {
	source, err := t.Read(path.Join(t.Dir, lockFile))
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

// declaresTofu reports whether a file that Terraform reads, too, is declared to be
// compatible with OpenTofu: Terraform refuses the block.
// https://opentofu.org/docs/v1.12/language/settings/
func declaresTofu(f File) bool {
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
