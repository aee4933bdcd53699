// Package rewrite plans the fixes of whole inputs: it applies the changes that findings
// propose to the texts of the files, one after the other, and judges again after each.
// So the fix of one control uses what that of another added, and a change that does not
// help, or that takes something from another control, is not made.
//
// It writes no files, and knows neither controls nor formats: package fix says what to
// change, package edit how, and whoever calls it judges.
package rewrite

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An Options says how to judge, and what to fix.
type Options struct {
	// Judge judges the inputs with some paths, all for nil, with texts that are read in the
	// place of files.
	Judge func(ctx context.Context, edits *overlay.Files, paths []string) ([]Judged, error)
	// Warnings says that warnings are to be fixed, too, not only what fails.
	Warnings bool
}

// A Plan is what to write, and what that leaves.
type Plan struct {
	Files []File // in the order of their names
	// Inputs are the variables and parameters that the plan declares: whoever deploys
	// gives them a value.
	Inputs []Input
	// Judged are the inputs as they are with the plan.
	Judged []Judged
	// Refused says, by finding, why the change that it proposes was not made.
	Refused map[string]string
}

// A File is the text of a file before and after.
type File struct {
	Name          string
	Before, After []byte
}

// maxSteps bounds the changes that are tried for one input; a whole baseline of fifteen
// controls takes about fifty.
const maxSteps = 1000

// New plans the fixes of inputs. An error is one of judging the inputs as they are.
func New(ctx context.Context, o Options) (*Plan, error) {
	judged, err := o.Judge(ctx, nil, nil)
	if err != nil {
		return nil, err
	}
	p := &planner{Options: o, judged: judged, tried: map[string]bool{}, steps: map[string]int{}, refused: map[string]string{}, texts: map[string]*File{}}
	for {
		proposal, ok := p.next()
		if !ok {
			break
		}
		if err := p.try(ctx, proposal); err != nil {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			p.refused[FindingKey(proposal.finding)] = err.Error()
		}
	}
	plan := &Plan{Judged: p.judged, Inputs: p.inputs, Refused: p.refused}
	for _, f := range p.texts {
		if string(f.Before) != string(f.After) {
			plan.Files = append(plan.Files, *f)
		}
	}
	slices.SortFunc(plan.Files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return plan, nil
}

// A planner holds what was decided so far.
type planner struct {
	Options
	judged  []Judged
	edits   *overlay.Files
	texts   map[string]*File // by overlay.Key: a file may have several names
	inputs  []Input
	tried   map[string]bool // proposals
	steps   map[string]int  // by input
	refused map[string]string
}

// next is the first proposal that was not tried yet.
func (p *planner) next() (proposal, bool) {
	for _, in := range p.judged {
		if p.steps[in.Path] == maxSteps {
			continue
		}
		for _, r := range in.Results {
			for _, f := range r.Findings {
				if f.Wanted == nil && f.Instead == nil || !p.wanted(r, f) {
					continue
				}
				if made := (proposal{in, r.Control, f}); !p.tried[made.key()] {
					p.tried[made.key()] = true
					p.steps[in.Path]++
					return made, true
				}
			}
		}
	}
	return proposal{}, false
}

// wanted says whether a finding is to be fixed.
func (p *planner) wanted(r verdict.Result, f verdict.Finding) bool {
	switch r.Verdict {
	case verdict.Fail, verdict.Unknown: // one that fails in some scenarios is unknown
		return f.Level == verdict.Error || p.Warnings && f.Level == verdict.Warning
	case verdict.Pass:
		return p.Warnings && f.Level == verdict.Warning
	}
	return false
}

// try makes a change, in the first of the ways in which it helps. The error says why none
// does.
func (p *planner) try(ctx context.Context, made proposal) error {
	ways, err := p.draft().attempts(made)
	if err != nil {
		return err
	}
	var first error
	for _, way := range ways {
		err := p.attempt(ctx, made, way)
		if err == nil || ctx.Err() != nil {
			return err
		}
		first = cmp.Or(first, err)
	}
	return first
}

func (p *planner) draft() *draft {
	return &draft{edits: p.edits, texts: map[string][]byte{}, before: map[string][]byte{}}
}

// attempt makes a change in one way, if that helps.
func (p *planner) attempt(ctx context.Context, made proposal, way attempt) error {
	d := p.draft()
	if err := way.make(d); err != nil {
		return err
	}
	judged, err := p.judge(ctx, d, made.input)
	if err != nil {
		return errors.New("with it the input could not be read: " + firstLine(err))
	}
	if err := compare(p.judged, judged, made, way.strict); err != nil {
		return err
	}
	p.judged, p.edits = judged, d.edits
	for name, text := range d.texts {
		key := overlay.Key(name)
		if p.texts[key] == nil {
			p.texts[key] = &File{Name: name, Before: d.before[name]}
		}
		p.texts[key].After = text
	}
	for _, in := range d.inputs {
		if !slices.Contains(p.inputs, in) {
			p.inputs = append(p.inputs, in)
		}
	}
	return nil
}

// judge judges anew the inputs that a change may concern: that for which it was made, and
// those that have a file of it in one of their modules.
func (p *planner) judge(ctx context.Context, d *draft, of Judged) ([]Judged, error) {
	paths := []string{of.Path}
	for _, in := range p.judged {
		for file := range d.texts {
			if in.Path != of.Path && in.holds(file) && !slices.Contains(paths, in.Path) {
				paths = append(paths, in.Path)
			}
		}
	}
	anew, err := p.Judge(ctx, d.edits, paths)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(p.judged)
	for _, in := range anew {
		if i := slices.IndexFunc(all, func(old Judged) bool { return old.Path == in.Path }); i >= 0 {
			all[i] = in
		}
	}
	return all, nil
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
