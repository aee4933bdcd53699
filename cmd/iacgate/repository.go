package main

import (
	"os"
	"path/filepath"
)

// repository returns the working directory and the root of the Git repository
// around it, with slashes; "" where there is none.
func repository() (dir, root string) {
	dir, err := os.Getwd()
	if err != nil {
		return "", ""
	}
	for root = dir; ; root = filepath.Dir(root) {
		if _, err := os.Lstat(filepath.Join(root, ".git")); err == nil {
			return filepath.ToSlash(dir), filepath.ToSlash(root)
		}
		if root == filepath.Dir(root) {
			return "", ""
		}
	}
}
