package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/iacgate/iacgate/internal/intake"
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
	data, err := intake.Any(path, maxSize)
	var pathErr *fs.PathError
	switch {
	case errors.As(err, new(intake.LargeError)):
		return nil, Problems{{File: path, What: err.Error()}}
	case errors.As(err, &pathErr):
		return nil, fmt.Errorf("%s: %w", path, pathErr.Err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
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
