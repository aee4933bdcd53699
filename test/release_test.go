package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"
)

// A releaser is what .goreleaser.yaml says of the files of a release.
type releaser struct {
	Project string `yaml:"project_name"`
	Builds  []struct{ Goos, Goarch, Flags, Ldflags []string }
	Archive []struct {
		Name      string `yaml:"name_template"`
		Formats   []string
		Overrides []struct {
			Goos    string
			Formats []string
		} `yaml:"format_overrides"`
		Files []struct{ Src string }
	} `yaml:"archives"`
	Checksum struct {
		Name string `yaml:"name_template"`
	}
	Sboms   []struct{ Documents []string }
	Release struct{ Github struct{ Owner, Name string } }
}

func readReleaser(t *testing.T) releaser {
	t.Helper()
	var r releaser
	unmarshal(t, readFile(t, ".goreleaser.yaml"), &r)
	if len(r.Builds) != 1 || len(r.Archive) != 1 || len(r.Archive[0].Files) != 1 || len(r.Sboms) != 1 || len(r.Sboms[0].Documents) != 1 {
		t.Fatalf("one build, one archive, one SBOM for each: %+v", r)
	}
	return r
}

// archives returns the names of the archives of a version, by system.
func (r releaser) archives(t *testing.T, version string) map[string]string {
	t.Helper()
	names := map[string]string{}
	for _, system := range r.Builds[0].Goos {
		format := r.Archive[0].Formats[0]
		for _, o := range r.Archive[0].Overrides {
			if o.Goos == system {
				format = o.Formats[0]
			}
		}
		for _, machine := range r.Builds[0].Goarch {
			name := render(t, r.Archive[0].Name, map[string]string{"ProjectName": r.Project, "Version": version, "Os": system, "Arch": machine})
			names[system+"_"+machine] = name + "." + format
		}
	}
	return names
}

// sbom returns the name of an archive's bill of materials.
func (r releaser) sbom(t *testing.T, archive string) string {
	return render(t, r.Sboms[0].Documents[0], map[string]string{"ArtifactName": archive})
}

// beside returns the files that lie beside the program in an archive.
func (r releaser) beside() []string {
	return strings.Split(strings.Trim(r.Archive[0].Files[0].Src, "{}"), ",")
}

func render(t *testing.T, text string, fields map[string]string) string {
	t.Helper()
	var b strings.Builder
	if err := template.Must(template.New("").Option("missingkey=error").Parse(text)).Execute(&b, fields); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReleaseHoldsWhatItNames: a pattern that finds no file leaves it out in
// silence, and the linker takes any name of a variable.
func TestReleaseHoldsWhatItNames(t *testing.T) {
	inRoot(t)
	r := readReleaser(t)
	for _, must := range []string{"LICENSE", "THIRD_PARTY.md"} {
		if !slices.Contains(r.beside(), must) {
			t.Errorf("no %s in the archives", must)
		}
	}
	for _, name := range r.beside() {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	if !slices.Contains(r.Builds[0].Flags, "-trimpath") || !slices.Contains(r.Builds[0].Flags, "-buildvcs=true") {
		t.Errorf("flags %q: without the path of the builder, and with the commit", r.Builds[0].Flags)
	}
	stamps := regexp.MustCompile(`-X main\.(\w+)=`)
	for _, text := range []string{strings.Join(r.Builds[0].Ldflags, " "), readFile(t, "Containerfile"), readFile(t, ".ci/reproducible")} {
		found := stamps.FindAllStringSubmatch(text, -1)
		if len(found) == 0 {
			t.Errorf("no stamp of a version in %q", text)
		}
		for _, stamp := range found {
			if !regexp.MustCompile(`(?m)^\s+` + stamp[1] + ` +string`).MatchString(readFile(t, "cmd/iacgate/version.go")) {
				t.Errorf("version.go has no variable %s", stamp[1])
			}
		}
	}
}

// installation is the page on how to get iacgate.
const installation = "docs/install.md"

// TestInstallation runs the lines of the page against a release: one of a stub
// with the names of .goreleaser.yaml, or the real one that IACGATE_DIST names.
// They install nothing whose checksum is wrong.
func TestInstallation(t *testing.T) {
	inRoot(t)
	r, lines := readReleaser(t), blocks(t, installation, "sh")[0]
	version := regexp.MustCompile(`(?m)^version=(.*)$`).FindStringSubmatch(lines)[1]
	dist := os.Getenv("IACGATE_DIST")
	if dist != "" {
		released := distVersion(t, dist)
		lines, version = strings.Replace(lines, "version="+version, "version="+released, 1), released
	} else {
		dist = stubRelease(t, r, r.archives(t, version)["linux_amd64"], "echo iacgate "+version+" commit 0")
	}
	if out, err := install(t, r, dist, lines, version); err != nil || !strings.Contains(out, "iacgate "+version+" commit ") {
		t.Errorf("%v\n%s", err, out)
	}

	wrong := t.TempDir()
	write(t, wrong, r.Checksum.Name, readFile(t, filepath.Join(dist, r.Checksum.Name)))
	write(t, wrong, r.archives(t, version)["linux_amd64"], "something else")
	if out, err := install(t, r, wrong, lines, version); err == nil || strings.Contains(out, "commit") || !strings.Contains(out, "FAILED") {
		t.Errorf("a wrong archive: %v\n%s", err, out)
	}
}

// stubRelease makes a release of one archive, whose program runs one command.
func stubRelease(t *testing.T, r releaser, archive, command string) string {
	t.Helper()
	dist := t.TempDir()
	write(t, dist, r.Project, "#!/bin/sh\n"+command+"\n")
	pack := exec.Command("bash", "-e", "-c", `chmod +x "$1" && tar -czf "$2" "$1" && sha256sum "$2" >"$3"`, "-", r.Project, archive, r.Checksum.Name)
	pack.Dir = dist
	if out, err := pack.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dist
}

// install runs lines in an empty directory, with a curl that knows the files of
// a release at the address that GitHub gives them.
func install(t *testing.T, r releaser, dist, lines, version string) (string, error) {
	t.Helper()
	run := exec.Command("bash", "-c", lines) // goes on after an error, as a person's shell does
	run.Dir, run.Env = t.TempDir(), append(os.Environ(), "PATH="+stubCurl(t, r, version)+":"+os.Getenv("PATH"), "DIST="+dist)
	out, err := run.CombinedOutput()
	return string(out), err
}

// stubCurl makes a directory with a curl that takes the files of a release, by the
// address that GitHub gives them, from $DIST.
func stubCurl(t *testing.T, r releaser, version string) string {
	t.Helper()
	bin, at := t.TempDir(), "https://github.com/"+r.Release.Github.Owner+"/"+r.Release.Github.Name+"/releases/download/v"+version+"/"
	write(t, bin, "curl", "#!/bin/sh\nset -e\ncase $2 in\n\""+at+"\"*) cp \"$DIST/${2##*/}\" . ;;\n*) echo \"no such address: $2\" >&2; exit 22 ;;\nesac\n")
	if err := os.Chmod(filepath.Join(bin, "curl"), 0o755); err != nil {
		t.Fatal(err)
	}
	return bin
}

// TestInstallationNamesEveryArchive holds the table of the page to the names.
func TestInstallationNamesEveryArchive(t *testing.T) {
	inRoot(t)
	page := readFile(t, installation)
	for system, name := range readReleaser(t).archives(t, "VERSION") {
		if !strings.Contains(page, "| `"+name+"` |") {
			t.Errorf("%s has no row for %s: %s", installation, system, name)
		}
	}
}

// TestGoVersion: whatever names a version of Go names that of go.mod.
func TestGoVersion(t *testing.T) {
	inRoot(t)
	_, version, _ := strings.Cut(readFile(t, "go.mod"), "\ngo ")
	version = regexp.MustCompile(`^\d+\.\d+`).FindString(version)
	for file, pattern := range map[string]string{
		"tools/go.mod":        `(?m)^go (\d+\.\d+)`,
		"bench/go.mod":        `(?m)^go (\d+\.\d+)`,
		"bench/duckdb/go.mod": `(?m)^go (\d+\.\d+)`,
		"Containerfile":       `golang:(\S+)`,
		"cmd/iacgate/init.go": `golang:(\S+)`,
	} {
		found := regexp.MustCompile(pattern).FindAllStringSubmatch(readFile(t, file), -1)
		if len(found) == 0 {
			t.Errorf("%s names no version of Go", file)
		}
		for _, f := range found {
			if f[1] != version {
				t.Errorf("%s: Go %s, and %s in go.mod", file, f[1], version)
			}
		}
	}
	workflows, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(workflows) == 0 {
		t.Fatal("no workflows", err)
	}
	for _, file := range append(workflows, "action.yml") {
		text := readFile(t, file)
		if strings.Count(text, "actions/setup-go@") != strings.Count(text, "go-version-file:") || strings.Contains(text, "go-version:") {
			t.Errorf("%s: Go's version is that of go.mod, by go-version-file", file)
		}
	}
}
