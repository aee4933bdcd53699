package hcl

import "path/filepath"

// dataPath is the path of a file that terraform init and terraform workspace
// leave beside the code, as the root module would name it.
func (ev *evaluation) dataPath(name string) string {
	dir := ".terraform"
	if named, _ := ev.environ("TF_DATA_DIR"); named != "" {
		dir = named
	}
	return dir + "/" + name
}

// readData reads such a file.
func (ev *evaluation) readData(name string) ([]byte, error) {
	p, err := ev.tree.find(ev.dataPath(name))
	if err != nil {
		return nil, err
	}
	return ev.tree.read(p)
}

// isInitialised says whether terraform init was run here.
func (ev *evaluation) isInitialised() bool {
	p, err := ev.tree.find(ev.dataPath(""))
	if err != nil {
		return false
	}
	info, err := ev.tree.root.Stat(filepath.FromSlash(p))
	return err == nil && info.IsDir()
}
