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
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/edit"
	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An Options says how to judge, and what to fix.
type Options struct {
	// Judge judges all inputs, with texts that are read in the place of files.
	Judge func(context.Context, *overlay.Files) ([]Judged, error)
	// Warnings says that warnings are to be fixed, too, not only what fails.
	Warnings bool
}

// Judged is what there is to say of one input.
type Judged struct {
	Path    string
	Results []verdict.Result
	// Modules are the directories of modules and the templates of nested stacks, by
	// address; that of "" is the input's own.
	Modules map[string]string
	// Generated says that the files of the input are made by a program, which would
	// overwrite what is written into them.
	Generated bool
	// Redact takes what is sensitive in the input out of a line; nil where nothing is.
	Redact func(string) string
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

// An Input is a variable of a root module, or a parameter of a template.
type Input struct{ Name, Of string }

// maxSteps bounds the changes that are tried for one run; a whole baseline of fifteen
// controls takes about fifty.
const maxSteps = 1000

// New plans the fixes of inputs. An error is one of judging the inputs as they are.
func New(ctx context.Context, o Options) (*Plan, error) {
	judged, err := o.Judge(ctx, nil)
	if err != nil {
		return nil, err
	}
	p := &planner{Options: o, judged: judged, tried: map[string]bool{}, refused: map[string]string{}, texts: map[string]*File{}}
	for range maxSteps {
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
	refused map[string]string
}

// A proposal is a change that a finding proposes.
type proposal struct {
	input   Judged
	control string
	finding verdict.Finding
}

// key tells proposals apart: the same change may help later if it did not now, but then
// the finding is another one.
func (p proposal) key() string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%+v", p.input.Path, p.control, FindingKey(p.finding), p.finding.Wanted)
}

// next is the first proposal that was not tried yet.
func (p *planner) next() (proposal, bool) {
	for _, in := range p.judged {
		for _, r := range in.Results {
			for _, f := range r.Findings {
				if f.Wanted == nil && f.Instead == nil || !p.wanted(r, f) {
					continue
				}
				if made := (proposal{in, r.Control, f}); !p.tried[made.key()] {
					p.tried[made.key()] = true
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
	return &draft{planner: p, edits: p.edits, texts: map[string][]byte{}, before: map[string][]byte{}}
}

// attempt makes a change in one way, if that helps.
func (p *planner) attempt(ctx context.Context, made proposal, way attempt) error {
	d := p.draft()
	if err := way.make(d); err != nil {
		return err
	}
	judged, err := p.Judge(ctx, d.edits)
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

// FindingKey is what tells findings of one control apart.
func FindingKey(f verdict.Finding) string {
	return strings.Join([]string{f.Code, f.Resource, f.Attribute, f.Message}, "\x00")
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// compare returns an error if a change took something away, or did not help the control
// that it was made for. Where it is strict nothing may be found that was not before.
func compare(before, after []Judged, made proposal, strict bool) error {
	now := map[resultKey]verdict.Result{}
	for _, in := range after {
		for _, r := range in.Results {
			now[resultKey{in.Path, r.Control}] = r
		}
	}
	for _, in := range before {
		for _, r := range in.Results {
			then := now[resultKey{in.Path, r.Control}]
			if rank[then.Verdict] > rank[r.Verdict] {
				return fmt.Errorf("it would make %s %s", r.Control, then.Verdict)
			}
			if f := newFinding(r, then); strict && f != nil {
				return fmt.Errorf("it would make %s find: %s", r.Control, f.Message)
			}
			helped := in.Path != made.input.Path || r.Control != made.control || rank[then.Verdict] < rank[r.Verdict]
			if !helped && has(then, made.finding) {
				return errors.New("the finding would remain")
			}
		}
	}
	return nil
}

type resultKey struct{ input, control string }

// newFinding is what fails or is unknown in a result and is not found in another one.
func newFinding(before, after verdict.Result) *verdict.Finding {
	for _, f := range after.Findings {
		if (f.Level == verdict.Error || f.Level == verdict.Unclear) && !has(before, f) {
			return &f
		}
	}
	return nil
}

func has(r verdict.Result, f verdict.Finding) bool {
	return slices.ContainsFunc(r.Findings, func(g verdict.Finding) bool { return FindingKey(g) == FindingKey(f) && g.Level == f.Level })
}

var rank = map[verdict.Verdict]int{verdict.Pass: 0, verdict.Waived: 0, verdict.Skip: 1, verdict.Unknown: 2, verdict.Fail: 3}

// A draft is one change to some files.
type draft struct {
	*planner
	edits  *overlay.Files
	texts  map[string][]byte // by the names of files
	before map[string][]byte
	inputs []Input
}

// apply applies the change of a proposal, and passes what it asks for through the calls
// of its module.
func (d *draft) apply(made proposal, c verdict.Change) error {
	if err := admits(made, c); err != nil {
		return err
	}
	if c.Language == "hcl" && c.Add != "" {
		files, err := codeIn(filepath.Dir(c.File))
		if err != nil {
			return err
		}
		declared, err := d.declared(files)
		if err != nil {
			return err
		}
		c = edit.WithoutDeclared(c, declared)
	}
	if err := d.edit(c.File, c); err != nil {
		return err
	}
	if c.Input == "" {
		return nil
	}
	return d.pass(made, c)
}

// admits returns why a change cannot be written into its file.
func admits(made proposal, c verdict.Change) error {
	switch {
	case c.File == "" || c.File == "-":
		return errUnknownFile
	case made.input.Generated:
		return errGenerated
	case !isOurs(c.File):
		return errInstalled
	}
	return nil
}

// isOurs says whether a file is no copy that terraform init made.
func isOurs(file string) bool {
	return !slices.Contains(strings.Split(filepath.ToSlash(file), "/"), ".terraform")
}

var (
	errUnknownFile = errors.New("the file is not known")
	errGenerated   = errors.New("the file is generated; change what it is generated from")
	errNoCode      = errors.New("code alone cannot fix it")
	errInstalled   = errors.New("the module is installed, and not part of this code")
)

// declared returns the addresses of what some files declare, and which file does.
func (d *draft) declared(files []string) (map[string]string, error) {
	declared := map[string]string{}
	for _, file := range files {
		text, err := d.text(file)
		if err != nil {
			return nil, err
		}
		for address := range edit.Declared(file, text) {
			declared[address] = file
		}
	}
	return declared, nil
}

// edit makes a change in a file.
func (d *draft) edit(file string, c verdict.Change) error {
	text, err := d.text(file)
	if err != nil {
		return err
	}
	edited, err := edit.Apply(file, text, c)
	if err != nil {
		return err
	}
	d.set(file, edited)
	return nil
}

// text is the text of a file with what was decided so far.
func (d *draft) text(file string) ([]byte, error) {
	if text, ok := d.edits.Text(file); ok {
		return text, nil
	}
	info, err := os.Lstat(file)
	switch {
	case err != nil:
		return nil, diag.At(file, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a regular file", file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, diag.At(file, err)
	}
	d.before[file] = text
	return text, nil
}

func (d *draft) set(file string, text []byte) {
	d.texts[file] = text
	d.edits = d.edits.With(file, text)
}
