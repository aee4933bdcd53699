package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Name is the file that a project's configuration lives in.
const Name = ".iacgate.yaml"

// maxSize bounds the file; real ones have some hundred lines.
const maxSize = 1 << 20

// Load reads and validates a configuration file. A problem with its contents
// is of type [Problems].
func Load(path string, known Known) (Config, error) {
	data, err := read(path)
	if err != nil {
		return Config{}, err
	}
	return Parse(path, data, known)
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		var pathErr *fs.PathError
		if errors.As(err, &pathErr) {
			err = pathErr.Err
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("%s: not readable", path)
	}
	if len(data) > maxSize {
		return nil, Problems{{File: path, What: fmt.Sprintf("larger than %d bytes", maxSize)}}
	}
	return data, nil
}

// Find looks for a configuration file in dir and above, up to the root of the
// Git repository or the file system. It returns "" where there is none.
func Find(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for {
		file := filepath.Join(dir, Name)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
		parent := filepath.Dir(dir)
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil || parent == dir {
			return ""
		}
		dir = parent
	}
}
