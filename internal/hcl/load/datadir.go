package load

import (
	"path/filepath"
	"strings"
)

// A DataDir is the directory beside the code in which terraform init and terraform
// workspace keep their files, .terraform by default.
type DataDir struct {
	tree *Tree
	name string // as the root module would name it
}

func newDataDir(t *Tree, environ []string) DataDir {
	if named, _ := Environ(environ, "TF_DATA_DIR"); named != "" {
		return DataDir{t, named}
	}
	return DataDir{t, ".terraform"}
}

// Environ returns a variable of an environment, NAME=value as from os.Environ.
func Environ(environ []string, name string) (string, bool) {
	for _, e := range environ {
		if key, value, ok := strings.Cut(e, "="); ok && key == name {
			return value, true
		}
	}
	return "", false
}

// path returns the path of a file of the directory in the tree.
func (d DataDir) path(name string) (string, error) { return d.tree.find(d.name + "/" + name) }

// Read reads a file of the directory.
func (d DataDir) Read(name string) ([]byte, error) {
	p, err := d.path(name)
	if err != nil {
		return nil, err
	}
	return d.tree.Read(p)
}

// Exists reports whether terraform init was run here.
func (d DataDir) Exists() bool {
	p, err := d.path("")
	if err != nil {
		return false
	}
	info, err := d.tree.root.Stat(filepath.FromSlash(p))
	return err == nil && info.IsDir()
}

// HoldsModule reports whether a directory is one of those that terraform init fills.
func (d DataDir) HoldsModule(dir string) bool {
	modules, err := d.path("modules")
	return err == nil && strings.HasPrefix(dir+"/", modules+"/") || strings.Contains("/"+dir+"/", "/.terraform/modules/")
}
