package main

import (
	"context"
	"os"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/excerpt"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/source"
	"github.com/iacgate/iacgate/internal/verdict"
)

// judged is every input with what there is to say of it, in the order of the
// paths.
type judged []gate.Judgement

// judge is the way of inputs through the program: read, then judged. Waivers are
// not applied and nothing is counted yet.
func (p *program) judge(ctx context.Context, paths []string, i inputFlags, cfg config.Config, controls []string) (judged, error) {
	engine := policy.Load(controls)
	selected, err := policy.With(cfg.CustomControls).Select(controls)
	if err != nil {
		return nil, err
	}
	for n, c := range selected {
		selected[n] = c.For(cfg.Profile)
	}
	swallowed, err := swallowed(selected, cfg)
	if err != nil {
		return nil, err
	}
	given, err := timely(ctx, i.timeout, func() (map[string]string, error) { return source.Parameters(i.givenIn, i.given) })
	if err != nil {
		return nil, err
	}
	own, err := timely(ctx, i.timeout, func() (*policy.User, error) { return ownPolicies(i) })
	if err != nil {
		return nil, err
	}
	if !i.changed {
		paths = orHere(paths)
	}
	defer p.busy()()
	g := gate.New(engine, selected, cfg)
	g.Candidates = i.candidates
	if i.excerpts {
		g.Excerpt = excerpt.Here().Around
	}
	return source.ReadEach(ctx, paths, source.Options{
		From: i.from, Stdin: p.stdin, Recursive: i.recursive, Changed: i.changed, Configured: cfg.RootPaths(), Code: i.source,
		Directory: source.Directory{Vars: i.vars, VarFiles: i.varFiles, Environ: os.Environ(), Around: around(p.getenv), FilesOf: cfg.VarFilesOf, Tofu: i.applies(cfg)},
		Template:  source.Template{Parameters: given, FilesOf: cfg.ParametersFilesOf, Around: around(p.getenv)},
		Place:     i.place(),
		Combine:   i.combine, Raw: own.ReadsRaw(), Types: own.ResourceTypes(),
		Timeout: i.timeout,
	}, func(ctx context.Context, doc *resource.Document) (gate.Judgement, error) {
		j, err := g.Judge(ctx, doc)
		j.Input.Notes = append(j.Input.Notes, swallowed...)
		if err == nil && own != nil {
			var more []verdict.Result
			more, err = own.Judge(ctx, doc.Path, documents(doc, j))
			j.Results = append(j.Results, more...)
		}
		if !i.documents {
			j.Documents = nil // they are much larger than what is said of them
		}
		return j, err
	})
}

// applies says whether OpenTofu applies the code, nil where nobody says.
func (i inputFlags) applies(cfg config.Config) *bool {
	if said := i.tofu(); said != nil {
		return said
	}
	return cfg.Tofu
}

// documents are what the user's policies see of an input.
func documents(doc *resource.Document, j gate.Judgement) policy.Documents {
	d := policy.Documents{Judged: j.Documents[0].Tree, Hide: document.NewRedactor(document.Secrets(doc)).Text}
	if doc.Raw != nil {
		d.Raw = func() (any, error) { return doc.Raw(resource.NewVeil(doc.Secrets)) }
	}
	return d
}

// ownPolicies loads the user's policies; nil where there are none.
func ownPolicies(i inputFlags) (*policy.User, error) {
	o := i.policies
	o.Raw = i.feed == "raw"
	if len(o.Paths) == 0 {
		if o.All || o.Raw || len(o.Data)+len(o.Namespaces) > 0 {
			return nil, usagef("--data, --namespace, --all-namespaces and --input are for policies of your own; name them with --policy")
		}
		return nil, nil
	}
	return policy.LoadUser(o)
}

func (js judged) report() verdict.Report {
	var r verdict.Report
	for _, j := range js {
		r.Inputs = append(r.Inputs, j.Input)
		r.Results = append(r.Results, j.Results...)
	}
	return r
}
