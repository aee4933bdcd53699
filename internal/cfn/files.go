package cfn

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/repository"
	"github.com/iacgate/iacgate/internal/resource"
)

// MaxSize bounds a template in bytes; CloudFormation takes 1 MB.
const MaxSize = 8 << 20

// boundary returns the directory that contains all files that a template may name; ""
// for the standard input, which has none.
func boundary(path, named string) (string, error) {
	if path == "" {
		return "", nil
	}
	dir, err := repository.Real(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	base, _ := repository.Boundary(dir, named)
	return base, nil
}

// isRemote reports whether a location is not that of a local file.
func isRemote(location string) bool {
	return strings.Contains(location, "://") || strings.HasPrefix(location, "s3:") || strings.Contains(location, "\uFFF9")
}

// readBeside reads a file that a template names by a path relative to itself.
func (t *template) readBeside(location string) (path string, raw []byte, err error) {
	if t.path == "" {
		return "", nil, errors.New("standard input has no directory")
	}
	if filepath.IsAbs(location) {
		return "", nil, errors.New("not a path relative to the template")
	}
	path = filepath.Join(filepath.Dir(t.path), filepath.FromSlash(location))
	if text, ok := t.overlay.Text(path); ok {
		return path, text, nil
	}
	if err := repository.Admits(t.boundary, path); err != nil {
		return path, nil, err
	}
	if info, err := os.Stat(path); err == nil && info.Size() > MaxSize {
		return path, nil, errors.New("larger than 8 MiB")
	}
	if raw, err = intake.Regular(path, MaxSize); err != nil {
		return path, nil, reason(err)
	}
	return path, raw, nil
}

// reason leaves out the operation and path that the system's errors repeat.
func reason(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// load reads a nested template once.
func (sc *scenario) load(from *template, location string) (*template, error) {
	path, raw, err := from.readBeside(location)
	if err != nil {
		return nil, err
	}
	if t, ok := sc.shared.files[path]; ok {
		return t, nil
	}
	t, err := parse(path, path, raw)
	if err == nil {
		t.boundary, t.overlay = from.boundary, from.overlay
		sc.shared.files[path] = t
	}
	return t, err
}

// assetAt returns the path of the template that CDK uploads under the name of its hash,
// from the assets of this stack or of one around it; "" if none of them has it. The
// metadata has assets only if CDK was asked to write them.
// https://docs.aws.amazon.com/cdk/v2/guide/assets.html
func (s *stack) assetAt(url string) string {
	name := url[strings.LastIndexAny(url, "/")+1:]
	hash, isJSON := strings.CutSuffix(name, ".json")
	if !isJSON || hash == "" || len(resource.Symbols(name)) > 0 {
		return ""
	}
	for at := s; at != nil; at = at.parent {
		if path := at.template.assets()[hash]; path != "" && filepath.IsLocal(path) {
			return path
		}
	}
	return ""
}

// assets returns the paths of the files of the stack's assets by their hashes.
func (t *template) assets() map[string]string {
	if t.assetPaths != nil {
		return t.assetPaths
	}
	t.assetPaths = map[string]string{}
	stem, isCDK := strings.CutSuffix(filepath.Base(t.path), ".template.json")
	if !isCDK {
		return t.assetPaths
	}
	_, raw, err := t.readBeside(stem + ".assets.json")
	if err != nil {
		return t.assetPaths
	}
	var list struct {
		Files map[string]struct{ Source struct{ Path string } }
	}
	if json.Unmarshal(raw, &list) == nil {
		for hash, file := range list.Files {
			t.assetPaths[hash] = file.Source.Path
		}
	}
	return t.assetPaths
}
