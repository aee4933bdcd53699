package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Set by the linker, -ldflags "-X main.release=0.1.0", and never written to.
var (
	release string // the version of a released binary
	commit  string // of a build without a repository beside it, as in a container
)

type build struct {
	number string // 0.1.0, or (devel)
	commit string // "" if the build does not know
}

// buildVersion returns the version that the linker set, else the one that the Go command
// recorded.
func buildVersion() build {
	b := build{number: release, commit: commit}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		b.number = "(devel)"
		return b
	}
	if b.number == "" {
		b.number = strings.TrimPrefix(info.Main.Version, "v")
	}
	if b.number == "" {
		b.number = "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.commit = s.Value
		}
	}
	return b
}

func (p *program) version() command {
	return command{
		summary:  "the version of iacgate",
		about:    "Print the version and the commit that iacgate was built from.",
		flags:    newFlags("version"),
		examples: []string{"iacgate version"},
		run: func(_ context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usagef("version takes no arguments")
			}
			b := buildVersion()
			line := "iacgate " + b.number
			if b.commit != "" {
				line += " commit " + b.commit
			}
			_, err := fmt.Fprintf(p.stdout, "%s %s %s/%s\n", line, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return verdict.ExitOK, err
		},
	}
}
