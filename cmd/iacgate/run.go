package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// run runs the whole program. It returns the exit status, at the latest when ctx
// ends, whatever still blocks, except for a report that has begun.
func (p *program) run(ctx context.Context, args []string) int {
	done := make(chan int, 1)
	go func() { done <- p.runRecovering(ctx, args) }()
	select {
	case code := <-done:
		if code != verdict.ExitError || ctx.Err() == nil {
			return code
		}
	case <-ctx.Done():
		if !p.ending.finish() {
			break
		}
		select {
		case code := <-done:
			return code
		case <-time.After(grace):
		}
	}
	if code, ok := signalExit(ctx); ok {
		return code
	}
	return verdict.ExitError
}

// runRecovering turns a panic into one line.
func (p *program) runRecovering(ctx context.Context, args []string) (code int) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		code = verdict.ExitError
		first, rest, _ := strings.Cut(fmt.Sprint(v), "\n")
		fmt.Fprintf(p.stderr, "iacgate: internal error: %s; please report it at https://github.com/iacgate/iacgate/issues\n", terminal.Clean(first))
		if p.getenv("IACGATE_DEBUG") == "1" {
			fmt.Fprintf(p.stderr, "%s\n%s", rest, debug.Stack())
		}
	}()
	code, err := p.dispatch(ctx, args)
	if err != nil {
		p.printErrors(err)
		return verdict.ExitError
	}
	return code
}

// dispatch finds the command and runs it.
func (p *program) dispatch(ctx context.Context, args []string) (int, error) {
	if len(args) == 0 {
		writeHelp(p.stderr, p.commands())
		return verdict.ExitError, nil
	}
	switch name := args[0]; name {
	case "-h", "--help":
		return p.help(nil)
	case completeCommand:
		p.complete(args[1:])
		return verdict.ExitOK, nil
	case "help":
		return p.help(args[1:])
	case "--version":
		args = []string{"version"}
	default:
		if strings.HasPrefix(name, "-") {
			return 0, usagef("unknown flag %s before a command", name)
		}
	}
	c, err := p.lookup(args[0])
	if err != nil {
		return 0, err
	}
	return p.runCommand(ctx, c, args[1:])
}

// runCommand parses the flags of a command and runs it.
func (p *program) runCommand(ctx context.Context, c command, args []string) (int, error) {
	if c.judges {
		policy.Prepare()
	}
	if err := checkDashes(c, args); err != nil {
		return 0, err
	}
	switch err := c.flags.Parse(args); {
	case errors.Is(err, pflag.ErrHelp):
		return p.printHelp(c.writeHelp)
	case err != nil:
		return 0, flagError(c, err)
	}
	if c.environment {
		if hasVariables(p.environ) {
			if err := checkEnvironment(p.commands(), p.environ); err != nil {
				return 0, err
			}
		}
		if err := applyEnvironment(c.flags, c.notFromEnv, p.getenv); err != nil {
			return 0, err
		}
	}
	return c.run(ctx, c.flags.Args())
}

// hasVariables reports whether a variable may be meant for iacgate: the names of all flags
// are made only then.
func hasVariables(environ []string) bool {
	return slices.ContainsFunc(environ, func(entry string) bool { return strings.HasPrefix(entry, variablePrefix) })
}

func (p *program) help(args []string) (int, error) {
	if len(args) == 0 {
		return p.printHelp(func(w io.Writer) { writeHelp(w, p.commands()) })
	}
	c, err := p.lookup(args[0])
	if err != nil {
		return 0, err
	}
	return p.printHelp(c.writeHelp)
}

// printHelp writes requested help to the standard output.
func (p *program) printHelp(write func(io.Writer)) (int, error) {
	var b bytes.Buffer
	write(&b)
	return verdict.ExitOK, p.print(b.Bytes())
}
