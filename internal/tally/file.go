package tally

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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
}

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// endings are those of files in folders that may hold records.
var endings = []string{".json", ".json.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".gz", ".csv", ".log"}

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
		return f.take(path, info, taken)
	}
	return f.walk(ctx, path, taken)
}

// walk adds the files of a folder. The separator behind its name has a link followed.
func (f *Files) walk(ctx context.Context, folder string, taken map[string]bool) error {
	some := false
	err := filepath.WalkDir(folder+string(filepath.Separator), func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return diag.At(name, plainError(err))
		}
		if e.IsDir() || !e.Type().IsRegular() || !hasEnding(name) {
			return ctx.Err()
		}
		some = true
		info, err := e.Info()
		if err != nil {
			return diag.At(name, plainError(err))
		}
		return f.take(name, info, taken)
	})
	if err == nil && !some {
		err = diag.At(folder, fmt.Errorf("no file in it ends in %s", strings.Join(endings, ", ")))
	}
	return err
}

// take adds one file, once.
func (f *Files) take(path string, info fs.FileInfo, taken map[string]bool) error {
	whole, err := filepath.Abs(path)
	if err != nil || taken[whole] {
		return err
	}
	taken[whole] = true
	o, ok := delivery.Parse(filepath.ToSlash(path))
	file := File{Path: path, Size: info.Size(), delivered: noMinute}
	switch {
	case ok && o.Kind == delivery.Insights:
		f.Insights++
		return nil
	case ok && o.Kind == delivery.Digest:
		f.Digests = append(f.Digests, path)
		return nil
	case ok && isPlausible(o.Minute()):
		file.bucket, file.delivered, file.account, file.region = true, o.Minute(), o.Account, o.Region
	}
	f.Records = append(f.Records, file)
	return nil
}

func hasEnding(name string) bool {
	for _, e := range endings {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

// plainError is an error of the file system without the path, which is said already.
func plainError(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
