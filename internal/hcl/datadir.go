package hcl

import "path/filepath"

// dataPath is the path of a file that terraform init and terraform workspace
// leave beside the code, as the root module would name it.
func (l *loader) dataPath(name string) string {
	dir := ".terraform"
	if named, _ := l.environ("TF_DATA_DIR"); named != "" {
		dir = named
	}
	return dir + "/" + name
}

// readData reads such a file.
func (l *loader) readData(name string) ([]byte, error) {
	p, err := l.tree.find(l.dataPath(name))
	if err != nil {
		return nil, err
	}
	return l.tree.read(p)
}

// isInitialised says whether terraform init was run here.
func (l *loader) isInitialised() bool {
	p, err := l.tree.find(l.dataPath(""))
	if err != nil {
		return false
	}
	info, err := l.tree.root.Stat(filepath.FromSlash(p))
	return err == nil && info.IsDir()
}
