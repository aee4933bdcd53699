package load

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/hashicorp/go-version"
)

// installed is a module that terraform init put in place.
type installed struct {
	Key     string // a.b: the call b in the module that a calls
	Source  string // with the host of the registry
	Version string // "" for what comes from no registry
	Dir     string // relative to the root module
}

// A Manifest says where terraform init put modules.
type Manifest struct {
	tree    *Tree
	modules map[string]installed // by their address without keys
}

// readManifest reads .terraform/modules/modules.json. An error in an existing
// one is a problem.
func readManifest(d DataDir) (m Manifest, problem string) {
	const name = "modules/modules.json"
	m = Manifest{d.tree, map[string]installed{}}
	raw, err := d.Read(name)
	if err != nil {
		return m, ""
	}
	var list struct{ Modules []installed }
	if err := json.Unmarshal(raw, &list); err != nil {
		p, _ := d.path(name)
		return m, fmt.Sprintf("%s: %v", d.tree.Name(p), err)
	}
	for _, i := range list.Modules {
		m.modules[i.Key] = i
	}
	return m, ""
}

// installHint names the command that installs modules.
const installHint = "Run terraform init, or terraform get, which needs no credentials"

// Locate returns the directory of a module that the code in another one calls, or
// why there is none.
func (m Manifest) Locate(from, key, source, version string) (dir, why string) {
	if !IsLocal(source) {
		return m.findInstalled(key, source, version)
	}
	dir = path.Join(from, source)
	return dir, m.localMismatch(key, source, dir)
}

// findInstalled returns the directory of a module that comes from elsewhere, or why
// there is none. An entry for another source or version may have been committed:
// Terraform refuses it until the module is installed again.
// https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/configload/loader_load.go
func (m Manifest) findInstalled(key, source, version string) (dir, why string) {
	i, ok := m.modules[key]
	switch {
	case !ok:
		return "", source + " is not installed. " + installHint
	case !sameSource(i.Source, source):
		return "", i.Source + " is installed in place of " + source + ". " + installHint
	case !satisfies(version, i.Version):
		return "", source + " is installed in version " + cmp.Or(i.Version, "(none)") + ", but " + version + " is required. " + installHint
	}
	dir, err := m.tree.find(i.Dir)
	if err != nil {
		return "", source + " is installed " + err.Error()
	}
	return dir, ""
}

// localMismatch says why the manifest and the code do not mean the same local module; ""
// if they do, or if nothing is installed. Terraform follows the manifest.
func (m Manifest) localMismatch(key, source, dir string) string {
	i, ok := m.modules[key]
	if !ok {
		return ""
	}
	if !IsLocal(i.Source) || path.Clean(i.Source) != path.Clean(source) {
		return i.Source + " is installed in place of " + source + ". " + installHint
	}
	if at, err := m.tree.find(i.Dir); err == nil && at != dir {
		return source + " is installed in " + i.Dir + ". " + installHint
	}
	return ""
}

// satisfies reports whether a version that is installed is one that the code asks for.
func satisfies(asked, is string) bool {
	if asked == "" {
		return true
	}
	constraints, err := version.NewConstraint(asked)
	if err != nil {
		return false
	}
	installed, err := version.NewVersion(is)
	return err == nil && constraints.Check(installed)
}

// sameSource compares the source in the manifest with the one in the code, which
// leaves out the registry's host and may shorten a git address.
func sameSource(manifest, code string) bool {
	if manifest == code {
		return true
	}
	if isRegistry(code) {
		host, rest, _ := strings.Cut(manifest, "/")
		return rest == code && (host == "registry.terraform.io" || host == "registry.opentofu.org")
	}
	return normalizeSource(manifest) == normalizeSource(code) || isBucket(manifest, code)
}

// normalizeSource returns the full address of a source, which may be shortened:
// github.com/o/r and git@github.com:o/r.git are repositories.
// https://developer.hashicorp.com/terraform/language/modules/sources
func normalizeSource(source string) string {
	source = strings.TrimPrefix(source, "git::")
	source, query, _ := strings.Cut(source, "?")
	scheme, rest, found := strings.Cut(source, "://")
	if !found {
		scheme, rest = "https", source
		if user, at, ok := strings.Cut(source, "@"); ok && !strings.Contains(user, "/") {
			host, file, _ := strings.Cut(at, ":")
			scheme, rest = "ssh", user+"@"+host+"/"+file
		}
	}
	address, inside, _ := strings.Cut(rest, "//")
	parts := strings.SplitN(address, "/", 4)
	if strings.Contains(parts[0], "github.com") || strings.Contains(parts[0], "bitbucket.org") {
		if len(parts) > 2 {
			parts[2] = strings.TrimSuffix(parts[2], ".git")
		}
	}
	return scheme + "://" + strings.TrimSuffix(strings.Join(parts, "/"), ".git") + "//" + inside + "?" + query
}

// isBucket reports whether a source in the manifest is the address of a bucket that the
// code names by its host.
func isBucket(manifest, code string) bool {
	bucket := strings.HasPrefix(manifest, "s3::") || strings.HasPrefix(manifest, "gcs::")
	_, key, _ := strings.Cut(code, "/")
	return bucket && !strings.Contains(code, "::") && key != "" && strings.HasSuffix(manifest, "/"+key)
}

// isRegistry reports whether a source is a registry address: namespace/name/provider
// with an optional host before it.
func isRegistry(source string) bool {
	source, _, _ = strings.Cut(source, "//")
	parts := strings.Split(source, "/")
	return (len(parts) == 3 && !strings.Contains(parts[0], ".") || len(parts) == 4 && parts[0] != "github.com") &&
		!strings.Contains(source, ":") && path.Clean(source) == source
}

// IsLocal reports whether the source of a module is a path.
func IsLocal(source string) bool {
	return strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../") || source == "." || source == ".."
}
