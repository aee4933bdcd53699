package hcl

import (
	"errors"
	"io/fs"

	"github.com/iacgate/iacgate/internal/repository"
)

// readNamed reads a file that the code names.
func (l *loader) readNamed(name string) ([]byte, error) {
	p, err := l.tree.find(name)
	if err != nil {
		return nil, boundError{err}
	}
	raw, err := l.tree.read(p)
	if err != nil {
		said := errors.New(l.tree.name(p) + ": " + cause(err))
		if isTold(err) {
			return nil, said
		}
		return nil, boundError{said}
	}
	return raw, nil
}

// isTold says whether Terraform meets the same: there is no such file, or it is a
// directory. What is not ours to read, or too large, it reads.
func isTold(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, repository.ErrIrregular)
}
