package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

func (p *program) new() command {
	var dir string
	f := newFlags("new")
	f.StringVar(&dir, "dir", ".", "`DIR` to write into; it is made where it is missing")
	return command{
		args: "control ID", summary: "write a policy of your own and its test, to begin with",
		about: "Write ID.rego, a policy with METADATA, and ID_test.rego, its unit test. Both pass as they\n" +
			"are. Files that exist are never written over.",
		flags: f, arguments: func() []string { return []string{"control"} },
		groups:   []group{{"What to write", []string{"dir"}}},
		examples: []string{"iacgate new control acme-alarm-names --dir policy"},
		run: func(_ context.Context, args []string) (int, error) {
			if len(args) != 2 || args[0] != "control" {
				return 0, usagef("new: say what, and its name: iacgate new control acme-alarm-names")
			}
			return p.runNew(args[1], dir)
		},
	}
}

func (p *program) runNew(id, dir string) (int, error) {
	files, err := policy.NewControl(id, dir)
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		fmt.Fprintln(p.stdout, "wrote", filepath.ToSlash(file))
	}
	dir = filepath.ToSlash(filepath.Clean(dir))
	_, err = fmt.Fprintf(p.stdout, "test it:  iacgate test %s\nrun it:   iacgate check --policy %s --namespace %s PATH...\n", dir, dir, strings.ReplaceAll(id, "-", "_"))
	return verdict.ExitOK, err
}
