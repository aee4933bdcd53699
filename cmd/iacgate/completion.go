package main

import (
	"context"
	"embed"
	"io/fs"
	"path"
	"strings"

	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// completions are the scripts, one for each shell: a file completion/SHELL.
//
//go:embed completion
var completions embed.FS

func shells() []string {
	entries, _ := fs.ReadDir(completions, "completion") // embedded: it is there
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (p *program) completion() command {
	return command{
		args: "SHELL", summary: "a script for shell completion",
		about: "Print a script that lets a shell complete commands, flags and their values:\n" +
			orList(shells()) + ".",
		flags: newFlags("completion"), arguments: shells,
		examples: []string{
			"source <(iacgate completion bash)",
			`iacgate completion zsh > "${fpath[1]}/_iacgate"`,
			"iacgate completion fish > ~/.config/fish/completions/iacgate.fish",
			"iacgate completion powershell | Out-String | Invoke-Expression",
		},
		run: func(_ context.Context, args []string) (int, error) {
			if len(args) != 1 {
				return 0, usagef("completion takes one shell: %s", orList(shells()))
			}
			script, err := completions.ReadFile(path.Join("completion", args[0]))
			if err != nil || strings.Contains(args[0], "/") {
				return 0, usagef("no completion for %q; known: %s", args[0], nearest.List(shells()))
			}
			_, err = p.stdout.Write(script)
			return verdict.ExitOK, err
		},
	}
}
