package main

import (
	"cmp"
	"context"
	"os"
	"slices"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/excerpt"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/source"
	"github.com/iacgate/iacgate/internal/verdict"
)

// judgements are those of the inputs, in the order of the paths.
type judgements []gate.Judgement

// judge reads inputs and judges them, without waivers and counts.
func (p *program) judge(ctx context.Context, paths []string, i inputFlags, cfg config.Config, controls []string) (judgements, error) {
	s, err := p.newSession(ctx, i, cfg, controls)
	if err != nil {
		return nil, err
	}
	defer p.busy()()
	return s.judge(ctx, paths, nil, nil)
}

// A session judges inputs under one configuration, as often as it is asked.
type session struct {
	input      inputFlags
	gate       *gate.Gate
	own        *policy.User
	options    source.Options
	exclusions []string // notes on exclusions that are not applied
}

// newSession loads what the flags name.
func (p *program) newSession(ctx context.Context, i inputFlags, cfg config.Config, controls []string) (*session, error) {
	selected, err := control.With(cfg.CustomControls).Select(controls)
	if err != nil {
		return nil, err
	}
	for n, c := range selected {
		selected[n] = c.For(cfg.Profile)
	}
	s := &session{input: i, gate: gate.New(policy.Load(controls), selected, cfg)}
	if s.exclusions, err = checkExclusions(selected, cfg); err != nil {
		return nil, err
	}
	parameters, err := inTime(ctx, i.timeout, func() (map[string]string, error) { return cfn.Parameters(i.parametersFiles, i.parameters) })
	if err != nil {
		return nil, err
	}
	if s.own, err = inTime(ctx, i.timeout, func() (*policy.User, error) { return userPolicies(i) }); err != nil {
		return nil, err
	}
	s.gate.Candidates, s.gate.Documents = i.candidates, i.documents || s.own != nil
	if i.excerpts {
		s.gate.Excerpt = excerpt.Here().Around
	}
	s.options = i.sourceOptions(p, cfg, parameters, s.own)
	return s, nil
}

// judge reads inputs, with edits in place of files, and judges them. admit may refuse
// documents; nil accepts all.
func (s *session) judge(ctx context.Context, paths []string, edits *overlay.Files, admit func(*resource.Document) error) (judgements, error) {
	if !s.input.changed {
		paths = orWorkingDirectory(paths)
	}
	o := s.options
	o.Given.Overlay = edits
	return source.ReadEach(ctx, paths, o, func(ctx context.Context, doc *resource.Document) (gate.Judgement, error) {
		if admit != nil {
			if err := admit(doc); err != nil {
				return gate.Judgement{}, err
			}
		}
		j, err := s.gate.Judge(ctx, doc)
		j.Input.Notes = append(j.Input.Notes, s.exclusions...)
		if err == nil && s.own != nil {
			var more []verdict.Result
			more, err = s.own.Judge(ctx, doc.Path, documents(doc, j))
			j.Results = append(j.Results, more...)
		}
		if !s.input.documents {
			j.Documents = nil
		}
		return j, err
	})
}

// sourceOptions say how to find and read the inputs.
func (i inputFlags) sourceOptions(p *program, cfg config.Config, parameters map[string]string, own *policy.User) source.Options {
	return source.Options{
		Search: source.Search{From: i.from, Recursive: i.recursive, Changed: i.changed, Configured: cfg.RootPaths(), Exclude: slices.Concat(i.exclude, cfg.Exclude)},
		Stdin:  p.stdin, Code: i.source, Combine: i.combine, Timeout: i.timeout,
		Given: format.Options{
			Region: i.region, Account: i.account, EnvRegion: envRegion(p.getenv), Tofu: i.openTofu(cfg),
			Variables:  format.Variables{Assignments: i.vars, Files: i.varFiles, Environ: os.Environ(), FilesOf: cfg.VarFilesOf},
			Parameters: format.Parameters{Values: parameters, FilesOf: cfg.ParametersFilesOf},
			Raw:        own.ReadsRaw(), Types: own.ResourceTypes(),
		},
	}
}

// documents returns the documents of an input for the user's policies.
func documents(doc *resource.Document, j gate.Judgement) policy.Documents {
	d := policy.Documents{Judged: j.Documents[0].Tree, Hide: document.NewRedactor(document.Secrets(doc)).Text}
	if doc.Raw != nil {
		d.Raw = func() (any, error) { return doc.Raw(resource.NewVeil(doc.Secrets)) }
	}
	return d
}

func (js judgements) report() verdict.Report {
	n := 0
	for _, j := range js {
		n += len(j.Results)
	}
	r := verdict.Report{Results: make([]verdict.Result, 0, n)}
	for _, j := range js {
		r.Inputs = append(r.Inputs, j.Input)
		r.Results = append(r.Results, j.Results...)
	}
	return r
}

// envRegion returns the region in the environment, as the AWS CLI finds it.
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
