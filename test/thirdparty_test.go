package test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateNotices = flag.Bool("update-notices", false, "write THIRD_PARTY.md anew")

// A licence is one that may be linked into an Apache-2.0 program, and words that
// only it has.
var licences = []struct{ id, words string }{
	{"Apache-2.0", "Apache License"},
	{"MPL-2.0", "Mozilla Public License"},
	{"MIT", "Permission is hereby granted, free of charge"},
	{"BSD-3-Clause", "Neither the name of"},
	{"BSD-2-Clause", "Redistribution and use in source and binary forms"},
	{"ISC", "Permission to use, copy, modify, and/or distribute"},
}

// maxModules is how many modules the binary may be linked of. A new one is a
// decision, not an accident.
const maxModules = 40

// TestThirdParty holds the notices to what is linked, and that to the licences
// that admit it.
func TestThirdParty(t *testing.T) {
	inRoot(t)
	modules := linked(t)
	if len(modules) < 10 || len(modules) > maxModules {
		t.Errorf("%d modules are linked, want at most %d", len(modules), maxModules)
	}
	var b strings.Builder
	b.WriteString("# Third-party software\n\nThe binary of iacgate is linked of Go's standard library and these modules. Written by `go test -run TestThirdParty -update-notices .`\n")
	for _, m := range slices.Insert(modules, 0, standardLibrary(t)) {
		b.WriteString("\n## " + strings.TrimSpace(m.Path+" "+m.Version) + "\n")
		for _, file := range notices(t, m.Dir) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if name := filepath.Base(file); !strings.HasPrefix(name, "NOTICE") {
				fmt.Fprintf(&b, "\n%s, %s:\n", licence(t, m.Path, string(text)), name)
			} else {
				fmt.Fprintf(&b, "\n%s:\n", name)
			}
			b.WriteString("\n```text\n" + strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") + "\n```\n")
		}
	}
	if *updateNotices {
		writeFile(t, "THIRD_PARTY.md", b.String())
	}
	got, err := os.ReadFile("THIRD_PARTY.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Error("THIRD_PARTY.md is not current: go test -run TestThirdParty -update-notices .")
	}
}

type linkedModule struct{ Path, Version, Dir string }

// linked returns the modules whose packages the binary holds, by path.
func linked(t *testing.T) []linkedModule {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/iacgate")
	cmd.Env, cmd.Stderr = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0"), t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []linkedModule
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			Module *struct {
				linkedModule
				Main bool
			}
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !p.Module.Main && !slices.Contains(all, p.Module.linkedModule) {
			all = append(all, p.Module.linkedModule)
		}
	}
	slices.SortFunc(all, func(a, b linkedModule) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// standardLibrary is linked, too; its licence asks for its notice where binaries
// are passed on. It has no version here: the toolchain's may be any that go.mod
// admits.
func standardLibrary(t *testing.T) linkedModule {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return linkedModule{Path: "The Go standard library", Dir: strings.TrimSpace(string(root))}
}

var noticeName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)([.-].*)?$`)

// notices returns the files of a module that have to be passed on.
func notices(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, e := range entries {
		if noticeName.MatchString(e.Name()) && !e.IsDir() {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	if len(files) == 0 {
		t.Errorf("%s has no licence", dir)
	}
	return files
}

func licence(t *testing.T, module, text string) string {
	t.Helper()
	for _, l := range licences {
		if strings.Contains(text, l.words) {
			return l.id
		}
	}
	t.Errorf("%s: a licence that is not on the list:\n%.200s", module, text)
	return "unknown"
}
