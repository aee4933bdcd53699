package main

import (
	"os"
	"path/filepath"

	"github.com/iacgate/iacgate/internal/repository"
)

// gitRepository is the working directory and the root of the Git repository around it,
// with slashes; "" where there is none.
func gitRepository() (dir, root string) {
	dir, err := os.Getwd()
	if err != nil {
		return "", ""
	}
	root, ok := repository.Root(dir)
	if !ok {
		return "", ""
	}
	return filepath.ToSlash(dir), filepath.ToSlash(root)
}
