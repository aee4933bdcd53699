package policy

import (
	"encoding/json"
	"hash/fnv"
	"io/fs"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/policies"
)

// A snapshot is the embedded policies as the compiler leaves them, and what there
// is to know of the controls. It is written by TestSnapshot, and true of a file as
// long as that has the text of which it was made: whoever edits a policy runs
// what it says then.
//
// Its form is nobody else's: numbers as varints, texts once each and then by
// their place in a list, and the nodes of the tree depth first.
type snapshot struct {
	texts []string
	files map[string]snapshotFile
}

// A snapshotFile is what is known of one file of policies.
type snapshotFile struct {
	sum     string // of its text
	terms   int    // in its module
	control string // the verdict.Control as JSON; "" for none
	module  string
}

// snapshotForm changes with what the bytes mean.
const snapshotForm = 1

var stored = sync.OnceValue(func() snapshot {
	r := reader{from: policies.Compiled}
	if r.number() != snapshotForm {
		return snapshot{} // nothing is known; it is no reason to fail
	}
	s := snapshot{texts: make([]string, r.number())}
	for i := range s.texts {
		s.texts[i] = r.bytes(r.number())
	}
	files := r.number()
	s.files = make(map[string]snapshotFile, files)
	for range files {
		name := r.bytes(r.number())
		f := snapshotFile{sum: r.bytes(sumSize), terms: r.number()}
		f.control = r.bytes(r.number())
		f.module = r.bytes(r.number())
		s.files[name] = f
	}
	return s
})

// sumOf is the checksum that says that a text is the one that was compiled. It
// guards against forgetting, not against forgery: both are in one program.
func sumOf(text []byte) string {
	h := fnv.New64a()
	_, _ = h.Write(text) // never fails
	return string(h.Sum(nil))
}

const sumSize = 8

// file returns what is known of a file, if its text is still the same.
func (s snapshot) file(name string) (snapshotFile, bool) {
	f, ok := s.files[name]
	if !ok {
		return f, false
	}
	text, err := fs.ReadFile(policies.FS, name)
	return f, err == nil && sumOf(text) == f.sum
}

// modules returns the compiled modules of some files; none if one of them is not
// known.
func (s snapshot) modules(names []string) (map[string]*ast.Module, bool) {
	modules := make(map[string]*ast.Module, len(names))
	for _, name := range names {
		f, ok := s.file(name)
		if !ok {
			return nil, false
		}
		r := reader{from: f.module, texts: s.texts, file: name, terms: make([]ast.Term, f.terms)}
		modules[name] = r.module()
	}
	return modules, true
}

// control returns what a file declares of its control.
func (s snapshot) control(name string) (c verdict.Control, ok bool) {
	f, ok := s.file(name)
	if !ok || f.control == "" {
		return c, false
	}
	err := json.Unmarshal([]byte(f.control), &c)
	return c, err == nil
}
