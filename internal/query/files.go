package query

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
)

// Files are the log files that DuckDB reads.
type Files struct {
	Globs []string
	// Longest is the length of the longest text, in bytes; 0 if it is not known. DuckDB's
	// buffers grow with the limit that it is given.
	Longest int64
	// Others are how many files of folders have another ending, and are not read; Other is
	// the first of them.
	Others int
	Other  string
}

// maxObject is what DuckDB may read as one object where the files are not here to be
// measured. A log file of CloudTrail has some 50 MB at most.
const maxObject = 128 << 20

// NewFiles makes globs of paths: a folder here becomes globs of the log files below it, and what
// is not here, or is a glob, is left to DuckDB, which reads s3:// as well.
func NewFiles(paths []string) (Files, error) {
	var f Files
	remote := false
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case path == "-":
			return f, diag.New(path, "DuckDB's query reads files").WithHint("give their folder or a glob to --events")
		case strings.Contains(path, "://") || strings.ContainsAny(path, "*?[") && err != nil:
			f.Globs, remote = append(f.Globs, path), true
		case err != nil:
			return f, diag.At(path, err)
		case info.IsDir():
			if err := f.addFolder(path); err != nil {
				return f, err
			}
		default:
			if err := f.addFile(path); err != nil {
				return f, err
			}
			f.Globs = append(f.Globs, globEscape.Replace(filepath.ToSlash(path)))
		}
	}
	if remote {
		f.Longest = 0
	}
	return f, nil
}

// suffixes are those of log files.
var suffixes = []string{".json.gz", ".json"}

// addFolder adds a glob for each suffix that files in a folder have.
func (f *Files) addFolder(folder string) error {
	found := map[string]bool{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		for _, suffix := range suffixes {
			if strings.HasSuffix(path, suffix) {
				found[suffix] = true
				return f.addFile(path)
			}
		}
		if f.Others++; f.Others == 1 {
			f.Other = path
		}
		return nil
	})
	if err != nil {
		return diag.At(folder, err)
	}
	escaped := globEscape.Replace(strings.TrimSuffix(filepath.ToSlash(folder), "/"))
	for _, suffix := range suffixes {
		if found[suffix] {
			f.Globs = append(f.Globs, escaped+"/**/*"+suffix)
		}
	}
	if len(found) == 0 {
		return diag.New(folder, "no file in it ends in .json.gz or .json, as the log files of a trail do").
			WithHint("give the folder of the trail's bucket, or without --query any other records")
	}
	return nil
}

// globEscape takes the meaning of a name's characters in a glob.
var globEscape = strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]")

// addFile measures a file. Compressed ones end with the length of their text (RFC 1952,
// ISIZE).
func (f *Files) addFile(path string) error {
	in, err := os.Open(path)
	if err != nil {
		return diag.At(path, err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return diag.At(path, err)
	}
	n := info.Size()
	if strings.HasSuffix(path, ".gz") {
		var b [4]byte
		if _, err := in.ReadAt(b[:], max(0, n-int64(len(b)))); err != nil {
			return diag.At(path, errors.New("too short for gzip"))
		}
		n = int64(b[0]) | int64(b[1])<<8 | int64(b[2])<<16 | int64(b[3])<<24
	}
	f.Longest = max(f.Longest, n)
	return nil
}

// source is the table of all records, one in each row. A file without records is an error,
// unless it is a digest; files of Insights are left out, as everywhere.
func (f Files) source() (string, error) {
	if len(f.Globs) == 0 {
		return "", diag.New("", "it is not known where the log files are").
			WithHint("--events names their folder or a glob, such as s3://BUCKET/AWSLogs/ACCOUNT/CloudTrail/**/*.json.gz")
	}
	var globs []string
	for _, g := range f.Globs {
		globs = append(globs, quote(g))
	}
	limit := int64(maxObject)
	if f.Longest > 0 {
		limit = f.Longest + 1
	}
	return fmt.Sprintf("  SELECT unnest(CASE WHEN Records IS NULL THEN error(filename || ' is no log file of CloudTrail') ELSE Records END) AS r\n"+
		"  FROM read_json([%s],\n    columns = {Records: 'JSON[]'}, format = 'unstructured', filename = true, maximum_object_size = %d)\n"+
		"  WHERE NOT regexp_matches(filename, '[/\\\\]CloudTrail-(Digest|Insight)[/\\\\]|_CloudTrail-(Digest|Insight)_[^/\\\\]*$')", strings.Join(globs, ", "), limit), nil
}
