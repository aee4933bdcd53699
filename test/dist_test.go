package test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestDist holds what goreleaser made, in the directory that IACGATE_DIST names,
// to what .goreleaser.yaml and docs/install.md promise. .ci/release runs it.
func TestDist(t *testing.T) {
	inRoot(t)
	dist := os.Getenv("IACGATE_DIST")
	if dist == "" {
		t.Skip("no release to look at: .ci/release makes one")
	}
	r := readReleaser(t)
	version := distVersion(t, dist)
	want := []string{}
	for system, name := range r.archives(t, version) {
		want = append(want, name, r.sbom(t, name))
		t.Run(system, func(t *testing.T) {
			checkArchive(t, r, filepath.Join(dist, name))
			checkSBOM(t, filepath.Join(dist, r.sbom(t, name)), system)
		})
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, summed(t, dist, r.Checksum.Name)); diff != "" {
		t.Errorf("%s (-want +got)\n%s", r.Checksum.Name, diff)
	}
}

// distVersion returns the version that goreleaser gave what it made.
func distVersion(t *testing.T, dist string) string {
	t.Helper()
	var metadata struct{ Version string }
	decode(t, filepath.Join(dist, "metadata.json"), &metadata)
	return metadata.Version
}

func decode(t *testing.T, file string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(readFile(t, file)), into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// summed returns the files that the checksums name and fit, in order.
func summed(t *testing.T, dist, sums string) []string {
	t.Helper()
	var names []string
	for line := range strings.Lines(readFile(t, filepath.Join(dist, sums))) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(readFile(t, filepath.Join(dist, name))))); got != sum {
			t.Errorf("%s: checksum %s, and it has %s", name, sum, got)
		}
		names = append(names, name)
	}
	return names
}

// A packed file is one in an archive.
type packed struct {
	mode fs.FileMode
	time time.Time
	text string
}

// checkArchive: the program and what lies beside it, as it is in the repository,
// of the time of the commit.
func checkArchive(t *testing.T, r releaser, file string) {
	t.Helper()
	unpack, program := untar, r.Project
	if strings.HasSuffix(file, ".zip") {
		unpack, program = unzip, r.Project+".exe"
	}
	files := unpack(t, file)
	if len(files) != len(r.beside())+1 {
		t.Errorf("%d files, want the program and %q", len(files), r.beside())
	}
	committed := commitTime(t)
	for name, f := range files {
		if !f.time.Equal(committed) {
			t.Errorf("%s: of %v, want %v, the time of the commit", name, f.time, committed)
		}
	}
	if p := files[program]; p.mode.Perm() != 0o755 || len(p.text) < 1_000_000 {
		t.Errorf("%s: mode %v, %d bytes", program, p.mode, len(p.text))
	}
	for _, name := range r.beside() {
		if f := files[name]; f.mode.Perm() != 0o644 || f.text != readFile(t, name) {
			t.Errorf("%s: mode %v, or not that of the repository", name, f.mode)
		}
	}
}

func commitTime(t *testing.T) time.Time {
	t.Helper()
	out, err := exec.Command("git", "log", "-1", "--format=%cI").Output()
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func untar(t *testing.T, file string) map[string]packed {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(readFile(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]packed{}
	for in := tar.NewReader(z); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Uname != "root" || h.Gname != "root" {
			t.Errorf("%s belongs to %s:%s, want root:root", h.Name, h.Uname, h.Gname)
		}
		files[h.Name] = packed{h.FileInfo().Mode(), h.ModTime, text(t, in)}
	}
}

func unzip(t *testing.T, file string) map[string]packed {
	t.Helper()
	raw := []byte(readFile(t, file))
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]packed{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = packed{f.Mode(), f.Modified, text(t, in)}
	}
	return files
}

func text(t *testing.T, in io.Reader) string {
	t.Helper()
	raw, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// checkSBOM: the bill names the modules that are linked, each with a licence, and
// Go's standard library, and neither a clock nor a random name.
func checkSBOM(t *testing.T, file, system string) {
	t.Helper()
	var bill struct {
		BomFormat, SerialNumber string
		Metadata                struct {
			Timestamp string
			Component struct{ Purl string }
		}
		Components []struct {
			Name, Version string
			Evidence      struct{ Licenses []any }
		}
	}
	decode(t, file, &bill)
	if bill.BomFormat != "CycloneDX" || bill.SerialNumber+bill.Metadata.Timestamp != "" {
		t.Errorf("%s: format %q, serial number %q, time %q", file, bill.BomFormat, bill.SerialNumber, bill.Metadata.Timestamp)
	}
	goos, goarch, _ := strings.Cut(system, "_")
	if !strings.Contains(bill.Metadata.Component.Purl, "goarch="+goarch+"&goos="+goos) {
		t.Errorf("%s is of %s", file, bill.Metadata.Component.Purl)
	}
	var got, want []string
	for _, c := range bill.Components {
		if c.Name == "std" {
			continue // its licence is not looked for
		}
		got = append(got, c.Name+" "+c.Version)
		if len(c.Evidence.Licenses) == 0 {
			t.Errorf("%s: %s has no licence", file, c.Name)
		}
	}
	for _, m := range linked(t) {
		want = append(want, m.Path+" "+m.Version)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) != len(bill.Components)-1 {
		t.Errorf("%s: modules, and std (-linked +named)\n%s", file, diff)
	}
}
