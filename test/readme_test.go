package test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
)

// configuration is the page on .iacgate.yaml.
const configuration = "docs/configuration.md"

// blocks returns the fenced blocks of a language in a Markdown file.
func blocks(t *testing.T, file, language string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	parts := strings.Split(string(text), "\n```"+language+"\n")
	for _, part := range parts[1:] {
		block, _, closed := strings.Cut(part, "\n```")
		if !closed {
			t.Fatalf("%s: a block of %s is never closed", file, language)
		}
		found = append(found, block)
	}
	if len(found) == 0 {
		t.Fatalf("%s: no block of %s", file, language)
	}
	return found
}

// commandPages are the pages whose commands are run.
var commandPages = []string{"README.md", configuration, "docs/inputs.md", "docs/policies.md", "docs/backtest.md", "docs/scale.md"}

// TestReadmeCommands runs every command of these pages as written, but for go run: the
// program that was built once stands for it, unless IACGATE_TOOLS=1 asks for every word,
// as .ci/run does. A comment such as "# exits 1" says what to expect.
func TestReadmeCommands(t *testing.T) {
	inRoot(t)
	var all []string
	for _, page := range commandPages {
		all = append(all, blocks(t, page, "sh")...)
	}
	const goRun = "go run ./cmd/iacgate"
	for _, block := range all {
		for line := range strings.Lines(block) {
			command, comment, _ := strings.Cut(strings.TrimSpace(line), " # exits ")
			if command == "go test ./..." {
				continue // this is it; .ci/run runs it by the same words
			}
			want := 0
			if comment != "" {
				var err error
				if want, err = strconv.Atoi(comment); err != nil {
					t.Fatal(err)
				}
			}
			t.Run(command, func(t *testing.T) {
				if strings.Contains(command, goRun) && os.Getenv("IACGATE_TOOLS") == "" {
					command = strings.ReplaceAll(command, goRun, program(t))
				}
				if got := runShell(t, command); got != want {
					t.Errorf("exit status %d, want %d", got, want)
				}
			})
		}
	}
}

// runShell runs a command and returns its exit status. go run exits with 1
// whatever the program did, and writes the program's own status last.
func runShell(t *testing.T, command string) int {
	t.Helper()
	var stderr strings.Builder
	cmd := exec.Command("bash", "-c", command)
	cmd.Stdout, cmd.Stderr = t.Output(), io.MultiWriter(t.Output(), &stderr)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	code := cmd.ProcessState.ExitCode()
	if _, status, ok := strings.Cut(stderr.String(), "exit status "); ok && code == 1 {
		if code, err = strconv.Atoi(strings.TrimSpace(status)); err != nil {
			t.Fatal(err)
		}
	}
	return code
}

// TestReadmeTestCommand keeps the README and CI in step.
func TestReadmeTestCommand(t *testing.T) {
	inRoot(t)
	ci, err := os.ReadFile(".ci/run")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(ci), "\nstep go test ./...\n") {
		t.Error(".ci/run does not run the README's test command")
	}
	if !strings.Contains(strings.Join(blocks(t, "README.md", "sh"), "\n"), "go test ./...") {
		t.Error("the README does not name the test command")
	}
}

// TestConfigurationExamples reads the examples as users would copy them.
func TestConfigurationExamples(t *testing.T) {
	inRoot(t)
	for _, block := range blocks(t, configuration, "yaml") {
		if _, err := config.Parse(configuration, []byte(block), config.Known{}); err != nil {
			t.Error(err)
		}
	}
}

// TestConfigurationNamesEveryKey holds the page to the schema.
func TestConfigurationNamesEveryKey(t *testing.T) {
	inRoot(t)
	text, err := os.ReadFile(configuration)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := config.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct{ Properties map[string]any }
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	for key, value := range schema.Properties {
		names := []string{key}
		if len(value.Properties) > 0 {
			names = nil
		}
		for inner := range value.Properties {
			names = append(names, key+"."+inner)
		}
		for _, name := range names {
			if !strings.Contains(string(text), "| `"+name+"` |") {
				t.Errorf("the table lacks %s", name)
			}
		}
	}
}
