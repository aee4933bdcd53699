package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/bundle"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// bundleFlags are the flags of bundle.
type bundleFlags struct {
	input inputFlags
	file  string
}

func (p *program) bundle() command {
	o := bundleFlags{input: inputFlags{policyInput: "judged", timeout: time.Minute}}
	f := newFlags("bundle")
	o.input.registerControls(f)
	o.input.registerPolicies(f)
	f.StringVar(&o.file, "output-file", "", "`FILE` to write (default: standard output)")
	return command{
		summary: "the policies as a bundle for an OPA server",
		about: "Write the policies of check as an OPA bundle (.tar.gz). A server that loads it answers\n" +
			"POST /v1/data/iacgate/report about documents that graph prints, with the verdicts and\n" +
			"finding codes of check. A document that lacks one of the controls asked for here, or\n" +
			"that another version of iacgate wrote in another form, is an error, not a pass.",
		flags: f, environment: true, notFromEnv: []string{"output-file"},
		values: controlValues(),
		groups: []group{
			{"What every input has to be judged on", []string{"control", "severity", "profile", "config"}},
			{"Your own policies", []string{"policy", "data", "namespace", "all-namespaces"}},
			{"What to write", []string{"output-file"}},
		},
		examples: []string{
			"iacgate bundle --control all > bundle.tar.gz",
			"iacgate bundle --policy policies --data teams.yaml --output-file bundle.tar.gz",
			"opa run --server --addr localhost:8181 --bundle bundle.tar.gz",
		},
		run: func(ctx context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usagef("bundle takes no arguments: it holds policies, not inputs")
			}
			return p.runBundle(ctx, o)
		},
	}
}

func (p *program) runBundle(ctx context.Context, o bundleFlags) (int, error) {
	if o.file == "" && isScreen(p.stdout) {
		return 0, usagef("bundle: an archive is not written to a terminal; name a file with --output-file, or redirect the standard output")
	}
	_, controls, err := configureRun(ctx, o.input)
	if err != nil {
		return 0, err
	}
	b := bundle.Bundle{Iacgate: buildVersion().number, Controls: controls, Codes: slices.Sorted(maps.Keys(finding.Levels()))}
	if b.Own, err = portablePolicies(o.input.policies); err != nil {
		return 0, err
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		return 0, err
	}
	if o.file != "" {
		return verdict.ExitOK, p.replace(replacement{o.file, out.Bytes()})
	}
	return verdict.ExitOK, p.print(out.Bytes())
}

// portablePolicies loads the user's policies; nil if there are none.
func portablePolicies(o policy.UserOptions) (*policy.Portable, error) {
	if len(o.Paths) == 0 {
		return nil, withoutPolicies(o)
	}
	return policy.LoadPortable(o)
}

// isScreen reports whether a stream is a terminal and not the null device, which is no place
// for characters either, but where nobody reads them.
func isScreen(w io.Writer) bool {
	if !terminalOf(w) {
		return false
	}
	info, err := w.(*os.File).Stat()
	null, nullErr := os.Stat(os.DevNull)
	return err != nil || nullErr != nil || !os.SameFile(info, null)
}
