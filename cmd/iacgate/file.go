package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
)

// A replacement is the new content of a file; without a name there is none.
type replacement struct {
	name string
	data []byte
}

var errEnded = errors.New("not written: the program was told to end")

// replace replaces a file at once, so that a reader sees the old contents or the
// new. A file that is not regular, such as /dev/stdout or a pipe, is written to,
// which may take forever. A link is replaced, not followed: the author of the judged
// change may have committed it, and it may lead anywhere.
func (p *program) replace(r replacement) error {
	if r.name == "" {
		return nil
	}
	name, info := fileAt(r.name)
	if info != nil && !info.Mode().IsRegular() {
		if p.ending.hasEnded() {
			return diag.At(r.name, errEnded)
		}
		return diag.At(r.name, os.WriteFile(name, r.data, 0))
	}
	p.ending.mu.Lock()
	defer p.ending.mu.Unlock()
	if p.ending.ended {
		return diag.At(r.name, errEnded)
	}
	return diag.At(r.name, writeAndRename(name, info, r.data))
}

// fileAt returns the file with a name, nil for none or for a link. Only the system's own
// links are followed, such as /dev/stdout.
func fileAt(name string) (string, fs.FileInfo) {
	info, err := os.Lstat(name)
	if err != nil {
		return name, nil
	}
	if info.Mode()&fs.ModeSymlink == 0 {
		return name, info
	}
	if !isDevice(name) {
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

// isDevice reports whether a file is among the devices and processes of the system,
// where nobody commits anything.
func isDevice(name string) bool {
	dir, err := filepath.Abs(filepath.Dir(name))
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	return err == nil && (dir == "/dev" || strings.HasPrefix(dir, "/dev/") || strings.HasPrefix(dir, "/proc/"))
}

// writeAndRename writes a new file beside the old one and puts it in its place, with
// the permissions of the old one if there is one.
func writeAndRename(name string, old fs.FileInfo, data []byte) error {
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

// appendTo writes to the end of a file.
func (p *program) appendTo(name string, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return diag.At(name, err)
	}
	_, err = f.Write(data)
	return diag.At(name, errors.Join(err, f.Close()))
}

// print writes a report to the standard output, unless the program has to end.
func (p *program) print(report []byte) error {
	p.ending.mu.Lock()
	p.ending.printing = !p.ending.ended
	begun := p.ending.printing
	p.ending.mu.Unlock()
	if !begun {
		return errEnded
	}
	if _, err := p.stdout.Write(report); err != nil {
		return usagef("standard output: %v", diag.Cause(err))
	}
	return nil
}
