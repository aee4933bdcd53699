package hcl

import (
	"encoding/json"
	"path"
	"strings"
)

// installed is a module that terraform init put in place.
type installed struct {
	Key    string // a.b: the call b in the module that a calls
	Source string // with the host of the registry
	Dir    string // relative to the root module
}

// manifest reads .terraform/modules/modules.json, which says where terraform
// init put modules.
func (ev *evaluation) manifest() map[string]installed {
	found := map[string]installed{}
	p, err := ev.tree.find(ev.dataPath("modules/modules.json"))
	if err != nil {
		return found
	}
	raw, err := ev.tree.read(p)
	if err != nil {
		return found
	}
	var list struct{ Modules []installed }
	if err := json.Unmarshal(raw, &list); err != nil {
		ev.note("%s: %v", ev.tree.name(p), err)
		return found
	}
	for _, m := range list.Modules {
		found[m.Key] = m
	}
	return found
}

// install is what puts modules in place.
const install = "run: terraform init, or terraform get, which needs no credentials"

// find returns the directory of a module that comes from elsewhere, or why
// there is none.
func (ev *evaluation) find(key, source string) (dir, why string) {
	m, ok := ev.installed[key]
	switch {
	case !ok:
		return "", source + " is not installed; " + install
	case !sameSource(m.Source, source):
		return "", m.Source + " is installed in the place of " + source + "; " + install
	}
	dir, err := ev.tree.find(m.Dir)
	if err != nil {
		return "", source + " is installed " + err.Error()
	}
	return dir, ""
}

// sameSource compares the source in the manifest with the one in the code, which
// leaves out the registry's host and may shorten a git address.
func sameSource(manifest, code string) bool {
	host, rest, _ := strings.Cut(manifest, "/")
	if manifest == code || strings.Contains(host, ".") && rest == code {
		return true
	}
	// A shorthand such as github.com/o/r is written out in the manifest.
	return !isRegistry(code)
}

// isRegistry says whether a source is a registry address: namespace/name/provider
// with an optional host before it.
func isRegistry(source string) bool {
	source, _, _ = strings.Cut(source, "//")
	parts := strings.Split(source, "/")
	return (len(parts) == 3 && !strings.Contains(parts[0], ".") || len(parts) == 4 && parts[0] != "github.com") &&
		!strings.Contains(source, ":") && path.Clean(source) == source
}
