package main

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/report"
)

// completions that every shell has to make: of the words, the last one is at the
// cursor.
var completed = []struct {
	words []string
	want  []string // nil asks for files
}{
	{[]string{"ch"}, []string{"check"}},
	{[]string{"help", "gr"}, []string{"graph"}},
	{[]string{"check", "--allow"}, []string{"--allow-unknown"}},
	{[]string{"check", "--from", ""}, []string{"plan", "hcl", "cfn"}},
	{[]string{"check", "-o", "js"}, []string{"json"}},
	{[]string{"check", "--profile", "stri"}, []string{"strict"}},
	{[]string{"check", "--control", "root-a"}, []string{"root-account-usage"}},
	{[]string{"check", "--quiet", ""}, nil},
	{[]string{"check", "--config", ""}, nil},
	{[]string{"explain", "pattern-fl"}, []string{"pattern-floods"}},
	{[]string{"completion", "po"}, []string{"powershell"}},
}

// TestShellsComplete asks the shells themselves, as far as they are installed. Each shell is
// started once and defines ask, which completes the words that it is given.
func TestShellsComplete(t *testing.T) {
	for shell, script := range map[string]string{
		"bash": `compopt() { [ "$2" = default ] && files=1; }
			source <(iacgate completion bash)
			ask() { files=; COMP_WORDS=(iacgate "$@"); COMP_CWORD=$#; COMPREPLY=(); _iacgate
				if [ -n "$files" ]; then echo :files; else printf '%s\n' "${COMPREPLY[@]}"; fi; }`,
		"zsh": `compdef() { : }; compset() { : }; _files() { echo :files }
			_describe() { local d; for d in "${(@P)2}"; do echo ${d%%:*}; done }
			source <(iacgate completion zsh)
			ask() { words=(iacgate "$@"); CURRENT=$#words; _iacgate }`,
		"fish": `function __fish_complete_path; echo :files; end
			iacgate completion fish | source
			function ask; complete -C "iacgate "(string join ' ' -- $argv) | string replace -r '\t.*' ''; end`,
	} {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Skipf("%s is not installed", shell)
			}
			const end = "-- end of an answer --\n"
			for _, tc := range completed {
				script += "\nask '" + strings.Join(tc.words, "' '") + "'; echo '" + strings.TrimSpace(end) + "'"
			}
			out, err := exec.Command(shell, "-c", script).CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			answers := strings.Split(string(out), end)
			if len(answers) != len(completed)+1 {
				t.Fatalf("%d answers: %q", len(answers)-1, out)
			}
			for i, tc := range completed {
				want := tc.want
				if want == nil {
					want = []string{asksForFiles}
				}
				if got := strings.Fields(answers[i]); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
					t.Errorf("%q: %q, want %q", tc.words, got, want)
				}
			}
		})
	}
}

// TestBashCompletesBehindEquals: bash makes words of --output=js and sarif=x.
func TestBashCompletesBehindEquals(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	out, err := exec.Command("bash", "-c", `source <(iacgate completion bash)
		COMP_WORDS=(iacgate check --output = js); COMP_CWORD=4; _iacgate; echo "${COMPREPLY[@]}"
		COMP_WORDS=(iacgate check --output =); COMP_CWORD=3; _iacgate; echo "${#COMPREPLY[@]}"`).CombinedOutput()
	if want := fmt.Sprintf("json\n%d\n", len(report.Formats())); err != nil || string(out) != want {
		t.Errorf("%q, %v", out, err)
	}
}

func TestCandidates(t *testing.T) {
	p := &program{}
	for _, tc := range []struct {
		words   []string
		current string
		want    []string
	}{
		{[]string{"check"}, "--from=p", []string{"--from=plan"}},
		{[]string{"check", "-o"}, "sarif=", []string{asksForFiles}},
		{[]string{"check"}, "--config=", []string{asksForFiles}},
		{[]string{"check", "--var"}, "", nil},
		{[]string{"list"}, "", nil},
		{[]string{"nothing"}, "", nil},
		{[]string{"check"}, "--nothing=", nil},
	} {
		if got := p.candidates(tc.words, tc.current); !slices.Equal(got, tc.want) {
			t.Errorf("%q %q: %q, want %q", tc.words, tc.current, got, tc.want)
		}
	}
	for _, id := range finding.IDs() {
		if got := p.candidates([]string{"explain"}, id); !slices.Contains(got, id) {
			t.Errorf("explain does not complete %s", id)
		}
	}
}

// TestValuesAreOfFlags: what is completed belongs to a flag that there is.
func TestValuesAreOfFlags(t *testing.T) {
	for _, c := range (&program{}).commands() {
		for name := range c.values {
			if c.flags.Lookup(name) == nil {
				t.Errorf("%s: values for --%s, which it does not have", c.name, name)
			}
		}
	}
}
