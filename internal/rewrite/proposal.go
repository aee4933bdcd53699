package rewrite

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Judged is what there is to say of one input.
type Judged struct {
	Path    string
	Results []verdict.Result
	// Modules are the directories of modules and the templates of nested stacks, by
	// address; that of "" is the input's own.
	Modules map[string]string
	// Generated says that the files of the input are made by a program, which would
	// overwrite what is written into them.
	Generated bool
	// Redact takes what is sensitive in the input out of a line; nil where nothing is.
	Redact func(string) string
}

// holds reports whether a file is the input, a nested template of it, or in the directory of
// one of its modules or below that.
func (in Judged) holds(file string) bool {
	key := overlay.Key(file)
	for _, at := range append(slices.Collect(maps.Values(in.Modules)), in.Path) {
		if dir := overlay.Key(at); key == dir || strings.HasPrefix(key, dir+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// hasCode reports whether a file of code is in a module of the input that is not installed.
func (in Judged) hasCode(file string) bool {
	for _, dir := range in.Modules {
		if filepath.Clean(dir) == filepath.Dir(filepath.Clean(file)) {
			return true
		}
	}
	return false
}

// A proposal is a change that a finding proposes.
type proposal struct {
	input   Judged
	control string
	finding verdict.Finding
}

// key tells proposals apart: the same change may help later if it did not now, but then
// the finding is another one.
func (p proposal) key() string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%+v", p.input.Path, p.control, FindingKey(p.finding), p.finding.Wanted)
}

// FindingKey is what tells findings of one control apart.
func FindingKey(f verdict.Finding) string {
	return strings.Join([]string{f.Code, f.Resource, f.Attribute, f.Message}, "\x00")
}
