package load

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

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
// first, and those that override them. Whether those that end in .tofu are code depends on the caller.
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

// IsTofu reports whether OpenTofu alone reads a file.
//
// Files that end in .tofu are code for OpenTofu alone, which reads them in the place
// of Files of the same name that end in .tf. The author of a change could hide an alarm
// from Terraform in one, so it matters which program applies the code.
// https://opentofu.org/docs/language/files/#file-extension
func IsTofu(name string) bool { return strings.HasPrefix(Extension(name), ".tofu") }
