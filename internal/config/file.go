package config

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/repository"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Name is the file that a project's configuration lives in.
const Name = ".iacgate.yaml"

// maxSize bounds the file; real ones have some hundred lines.
const maxSize = 1 << 20

// Load reads and validates the configuration file that somebody named. A problem
// with its contents is of type [diag.List].
func Load(path string, known Known) (Config, error) {
	data, err := read(path)
	if err != nil {
		return Config{}, err
	}
	c, err := Parse(path, data, known)
	if err != nil {
		return c, err
	}
	sum := sha256.Sum256(data)
	c.Read = Read{File: path, SHA256: hex.EncodeToString(sum[:]), Settings: c.Settings()}
	return c, nil
}

func read(path string) ([]byte, error) {
	data, err := intake.Any(path, maxSize)
	var pathErr *fs.PathError
	switch {
	case errors.As(err, new(intake.LargeError)):
		return nil, diag.List{{File: path, Message: err.Error()}}
	case errors.As(err, &pathErr):
		return nil, fmt.Errorf("%s: %w", path, pathErr.Err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// Find looks for configuration files in dir and above, up to the root of the Git
// repository or the file system: the nearest, which counts, comes first.
func Find(dir string) []string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil
	}
	var files []string
	for end, _ := repository.Root(dir); ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, Name)
		if info, err := os.Lstat(file); err == nil && !info.IsDir() {
			files = append(files, file)
		}
		if dir == end || dir == filepath.Dir(dir) {
			return files
		}
	}
}

// AddHidden notes that a configuration that was found does not count, and what it would
// change.
func (c *Config) AddHidden(path string, known Known) {
	h := verdict.Hidden{File: path, Settings: []verdict.Setting{}}
	if other, err := LoadFound(path, known); err != nil {
		h.Problem = "it cannot be read"
	} else {
		h.Settings = other.Read.Settings
	}
	c.Read.Hides = append(c.Read.Hides, h)
}

// LoadFound reads a configuration that was found and that nobody named: like what
// it names it may come from the change that is judged, and lies inside its repository
// or, without one, beside it.
func LoadFound(path string, known Known) (Config, error) {
	dir, err := repository.Real(filepath.Dir(path))
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	within, _ := repository.Boundary(dir, "")
	if err := repository.Admits(within, path); err != nil {
		return Config{}, diag.List{{File: path, Message: err.Error(), Hint: "name a configuration outside the repository with --config"}}
	}
	c, err := Load(path, known)
	c.Read.Within = within
	return c, err
}
