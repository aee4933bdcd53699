package tally

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cloudtrail/delivery"
	"github.com/iacgate/iacgate/internal/diag"
)

// A File is one that holds records, or a digest that tells of such.
type File struct {
	Path string
	Size int64

	bucket          bool  // CloudTrail has delivered it to a bucket
	delivered       int64 // the minute of that; noMinute where the name does not say
	account, region string
	stdin           io.Reader
}

// open opens a file.
func (f File) open() (io.ReadCloser, error) {
	if f.stdin != nil {
		return io.NopCloser(f.stdin), nil
	}
	return os.Open(f.Path)
}

// Files are those that were found, in the order in which they are counted.
type Files struct {
	Records  []File
	Digests  []string
	Insights int
	Skipped  []string // in folders: files with other endings, links to folders
}

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// endings are those of files in folders that may hold records.
var endings = []string{".json", ".jsonl", ".ndjson", ".gz", ".csv", ".log"}

// packed are endings of what is refused by its name where it is met: it may hold records.
var packed = []string{".zst", ".bz2", ".xz", ".snappy", ".zip", ".parquet", ".orc", ".avro"}

// Find returns the files of paths: folders are read with all that are in them.
func Find(ctx context.Context, paths []string, stdin io.Reader) (Files, error) {
	var out Files
	taken := map[string]bool{}
	for _, p := range paths {
		if err := out.add(ctx, p, stdin, taken); err != nil {
			return out, err
		}
	}
	sortFiles(out.Records)
	return out, nil
}

func (f *Files) add(ctx context.Context, path string, stdin io.Reader, taken map[string]bool) error {
	if path == Stdin {
		if taken[Stdin] {
			return nil
		}
		taken[Stdin] = true
		f.Records = append(f.Records, File{Path: Stdin, delivered: noMinute, stdin: stdin})
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return diag.At(path, plainError(err))
	}
	if !info.IsDir() {
		place, err := placeOf(path)
		if err == nil {
			f.take(path, place, info, taken)
		}
		return err
	}
	return f.walk(ctx, path, taken)
}

// walk adds the files of a folder. The separator behind its name has a link followed.
func (f *Files) walk(ctx context.Context, folder string, taken map[string]bool) error {
	some := false
	root, err := placeOf(folder)
	if err != nil {
		return diag.At(folder, plainError(err))
	}
	err = filepath.WalkDir(folder+string(filepath.Separator), func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return diag.At(name, plainError(err))
		}
		if e.IsDir() {
			return ctx.Err()
		}
		info, err := os.Stat(name) // of what a link leads to
		if err != nil {
			return diag.At(name, plainError(err))
		}
		if !info.Mode().IsRegular() || !hasEnding(name) {
			f.Skipped = append(f.Skipped, name)
			return ctx.Err()
		}
		some = true
		place, err := placeBelow(folder, root, name, e)
		if err == nil {
			f.take(name, place, info, taken)
		}
		return err
	})
	if err == nil && !some {
		err = diag.At(folder, fmt.Errorf("no file in it ends in %s", strings.Join(endings, ", ")))
	}
	return err
}

// placeOf returns the path of a file without links.
func placeOf(path string) (string, error) {
	whole, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(whole)
}

// placeBelow returns the path without links of an entry in a folder that is walked, of which
// it is known: what is a link there is a file. Following each path from its root would take
// longer than reading the folders.
func placeBelow(folder, place, name string, e fs.DirEntry) (string, error) {
	if e.Type()&fs.ModeSymlink != 0 {
		return placeOf(name)
	}
	below, err := filepath.Rel(folder, name)
	return filepath.Join(place, below), err
}

// take adds one file, once.
func (f *Files) take(path, place string, info fs.FileInfo, taken map[string]bool) {
	if taken[place] {
		return
	}
	taken[place] = true
	o, ok := delivery.Parse(filepath.ToSlash(path))
	file := File{Path: path, Size: info.Size(), delivered: noMinute}
	switch {
	case ok && o.Kind == delivery.Insights:
		f.Insights++
		return
	case ok && o.Kind == delivery.Digest:
		f.Digests = append(f.Digests, path)
		return
	case ok && isPlausible(o.Minute()):
		file.bucket, file.delivered, file.account, file.region = true, o.Minute(), o.Account, o.Region
	}
	f.Records = append(f.Records, file)
}

func hasEnding(name string) bool {
	return slices.ContainsFunc(slices.Concat(endings, packed), func(e string) bool { return strings.HasSuffix(strings.ToLower(name), e) })
}

// plainError is an error of the file system without the path, which is said already.
func plainError(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// sortFiles puts files into the order of their delivery; those without one come last, in
// the order of their names.
func sortFiles(files []File) {
	slices.SortStableFunc(files, func(a, b File) int {
		switch {
		case a.bucket != b.bucket && a.bucket:
			return -1
		case a.bucket != b.bucket:
			return 1
		case a.delivered != b.delivered:
			return int(a.delivered - b.delivered)
		case a.Path < b.Path:
			return -1
		case a.Path > b.Path:
			return 1
		}
		return 0
	})
}
