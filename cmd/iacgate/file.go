package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A replacement is what a file is to hold; without a name there is none.
type replacement struct {
	name string
	data []byte
}

var errEnded = errors.New("not written: the program was told to end")

// replace replaces a file at once, so that a reader sees the old contents or the
// new. What is no regular file, such as /dev/stdout or a pipe, is written to,
// which may take for ever. A link is replaced, not followed: whoever wrote the change
// that is judged may have committed it, and it may lead anywhere.
func (p *program) replace(r replacement) error {
	if r.name == "" {
		return nil
	}
	p.ending.heed()
	name, info := standing(r.name)
	if info != nil && !info.Mode().IsRegular() {
		if p.ending.over() {
			return named(r.name, errEnded)
		}
		return named(r.name, os.WriteFile(name, r.data, 0))
	}
	p.ending.mu.Lock()
	defer p.ending.mu.Unlock()
	if p.ending.ended {
		return named(r.name, errEnded)
	}
	return named(r.name, exchange(name, info, r.data))
}

// standing is what stands at a name, nil for nothing or a link, which only
// the system's own are followed through: /dev/stdout is one.
func standing(name string) (string, fs.FileInfo) {
	info, err := os.Lstat(name)
	if err != nil {
		return name, nil
	}
	if info.Mode()&fs.ModeSymlink == 0 {
		return name, info
	}
	if !isSystems(name) {
		return name, nil
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	if info, err = os.Stat(name); err != nil {
		return name, nil
	}
	return name, info
}

// isSystems says whether a file stands among the devices and processes of the
// system, where nobody commits anything.
func isSystems(name string) bool {
	dir, err := filepath.Abs(filepath.Dir(name))
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	return err == nil && (dir == "/dev" || strings.HasPrefix(dir, "/dev/") || strings.HasPrefix(dir, "/proc/"))
}

// exchange writes a new file beside the old one and puts it in its place, with
// the permissions of the old one if there is one.
func exchange(name string, old fs.FileInfo, data []byte) error {
	beside := filepath.Join(filepath.Dir(name), ".iacgate-"+rand.Text())
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer os.Remove(beside) // gone already where all went well
	_, err = f.Write(data)
	if old != nil {
		err = errors.Join(err, f.Chmod(old.Mode().Perm()))
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(beside, name)
}

// appendTo writes behind what others wrote into a file.
func (p *program) appendTo(name string, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	p.ending.heed()
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return named(name, err)
	}
	_, err = f.Write(data)
	return named(name, errors.Join(err, f.Close()))
}

// named puts the name of a file before an error.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return errors.New(name + ": " + cause(err).Error())
}

// cause leaves out the operation and path that the system's errors repeat.
func cause(err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &linkErr):
		return linkErr.Err
	}
	return err
}
