package main

import (
	"cmp"
	"context"
	"os"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/excerpt"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/source"
	"github.com/iacgate/iacgate/internal/verdict"
)

// judgements are what the gate says of each input, in the order of the paths.
type judgements []gate.Judgement

// judge reads inputs and judges them. Waivers are not applied and nothing is counted
// yet.
func (p *program) judge(ctx context.Context, paths []string, i inputFlags, cfg config.Config, controls []string) (judgements, error) {
	engine := policy.Load(controls)
	selected, err := policy.With(cfg.CustomControls).Select(controls)
	if err != nil {
		return nil, err
	}
	for n, c := range selected {
		selected[n] = c.For(cfg.Profile)
	}
	notes, err := checkExclusions(selected, cfg)
	if err != nil {
		return nil, err
	}
	parameters, err := inTime(ctx, i.timeout, func() (map[string]string, error) { return cfn.Parameters(i.parametersFiles, i.parameters) })
	if err != nil {
		return nil, err
	}
	own, err := inTime(ctx, i.timeout, func() (*policy.User, error) { return userPolicies(i) })
	if err != nil {
		return nil, err
	}
	if !i.changed {
		paths = orWorkingDirectory(paths)
	}
	defer p.busy()()
	g := gate.New(engine, selected, cfg)
	g.Candidates = i.candidates
	if i.excerpts {
		g.Excerpt = excerpt.Here().Around
	}
	return source.ReadEach(ctx, paths, i.sourceOptions(p, cfg, parameters, own), func(ctx context.Context, doc *resource.Document) (gate.Judgement, error) {
		j, err := g.Judge(ctx, doc)
		j.Input.Notes = append(j.Input.Notes, notes...)
		if err == nil && own != nil {
			var more []verdict.Result
			more, err = own.Judge(ctx, doc.Path, documents(doc, j))
			j.Results = append(j.Results, more...)
		}
		if !i.documents {
			j.Documents = nil // they are much larger than the results
		}
		return j, err
	})
}

// sourceOptions say how to find and read the inputs.
func (i inputFlags) sourceOptions(p *program, cfg config.Config, parameters map[string]string, own *policy.User) source.Options {
	return source.Options{
		Search: source.Search{From: i.from, Recursive: i.recursive, Changed: i.changed, Configured: cfg.RootPaths()},
		Stdin:  p.stdin, Code: i.source, Combine: i.combine, Timeout: i.timeout,
		Given: format.Options{
			Region: i.region, Account: i.account, EnvRegion: envRegion(p.getenv), Tofu: i.openTofu(cfg),
			Variables:  format.Variables{Assignments: i.vars, Files: i.varFiles, Environ: os.Environ(), FilesOf: cfg.VarFilesOf},
			Parameters: format.Parameters{Values: parameters, FilesOf: cfg.ParametersFilesOf},
			Raw:        own.ReadsRaw(), Types: own.ResourceTypes(),
		},
	}
}

// documents are what the user's policies see of an input.
func documents(doc *resource.Document, j gate.Judgement) policy.Documents {
	d := policy.Documents{Judged: j.Documents[0].Tree, Hide: document.NewRedactor(document.Secrets(doc)).Text}
	if doc.Raw != nil {
		d.Raw = func() (any, error) { return doc.Raw(resource.NewVeil(doc.Secrets)) }
	}
	return d
}

func (js judgements) report() verdict.Report {
	var r verdict.Report
	for _, j := range js {
		r.Inputs = append(r.Inputs, j.Input)
		r.Results = append(r.Results, j.Results...)
	}
	return r
}

// envRegion is the region that AWS's programs find in the environment.
func envRegion(getenv func(string) string) string {
	region := cmp.Or(getenv("AWS_REGION"), getenv("AWS_DEFAULT_REGION"))
	if !resource.IsRegion(region) {
		return ""
	}
	return region
}

func orWorkingDirectory(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}
