// Package policy loads policies and runs them: it is the only package that imports
// OPA. It evaluates without network, files, environment or clock. An answer that omits a
// control is an error.
//
// The Rego of package policies says what a control requires, not this package.
package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/parallel"
	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/policies"
)

// An Engine runs the policies of some controls, for any number of documents.
type Engine struct {
	ids     []string
	results func() (query, error) // once they are compiled
	known   answered
}

// An Answer holds what the policies say of one control: the shown candidate of its
// facts (-1 for none) and the states of its links.
type Answer struct {
	Verdict   verdict.Verdict `json:"verdict"`
	Candidate int             `json:"candidate"`
	Links     []Link          `json:"links"`
	Whole     []int           `json:"whole"` // the candidates that pass
	Progress  []Progress      `json:"progress"`
	Unlinked  []Finding       `json:"unlinked"` // on no link of the candidate
}

// A Progress is how far one candidate gets: its first link that does not hold,
// nil if all do.
type Progress struct {
	Candidate int             `json:"candidate"`
	Verdict   verdict.Verdict `json:"verdict"`
	Fault     *Link           `json:"fault"`
}

// A Link is one link of the shown candidate.
type Link struct {
	Link     verdict.Link  `json:"link"`
	State    verdict.State `json:"state"`
	Findings []Finding     `json:"findings"`
}

// A Finding holds what Rego says: the code, and where it applies. The words for it
// are package finding's.
type Finding struct {
	Code      string         `json:"code"`
	Link      verdict.Link   `json:"link"`
	Level     verdict.Level  `json:"level"`
	Resource  string         `json:"resource"`
	Attribute string         `json:"attribute"`
	Reason    string         `json:"reason"`
	Witness   map[string]any `json:"witness"`
}

// uncheckedStages are the stages of the compiler that only check, or that serve what our
// own policies do not use: the unit tests compile them with every stage, and
// nobody edits them after the build.
var uncheckedStages = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports,
	ast.StageCheckVoidCalls, ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckRecursion,
	ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins, ast.StageCheckDeprecatedBuiltins,
	ast.StageRewriteTemplateStrings, ast.StageRewritePrintCalls, ast.StageParseMetadataBlocks,
	ast.StageSetAnnotationSet, ast.StageRewriteRegoMetadataCalls, ast.StageRewriteTestRulesForTracing,
	ast.StageCheckSafetyRuleHeads, ast.StageCheckSafetyRuleBodies, // the bodies are written in the order of their variables
	ast.StageSetGraph, ast.StageRewriteWithValues, ast.StageBuildComprehensionIndices, ast.StageBuildRequiredCapabilities,
}

// Prepare parses the policies, and compiles them in the background, so that they are ready
// when the inputs are read. Whoever judges first waits for them, and learns what is wrong with
// them. Parsing uses all cores, compiling one. A small plan waits for the compiler, which begins
// earlier if the inputs are read after the parsing: testdata/plans/complete/plan.json took 64 ms
// instead of 69, medians of 300 alternating runs of each on two cores.
func Prepare() {
	_, _ = parsed()
	go func() {
		defer func() { _ = recover() }() // whoever judges meets it, too
		_, _ = shipped()
	}()
}

// Load returns the policies of the controls with the given ids.
func Load(ids []string) *Engine { return &Engine{ids: ids, results: shipped} }

// shipped are the policies of all controls, and parsed their modules: the same for every
// engine, so once for all engines of a process.
var (
	shipped = sync.OnceValues(func() (query, error) {
		modules, err := parsed()
		if err != nil {
			return query{}, err
		}
		return compile(modules)
	})
	parsed = sync.OnceValues(func() (map[string]*ast.Module, error) { return parseAll(embeddedFiles()) })
)

func compile(modules map[string]*ast.Module) (query, error) {
	compiler := newCompiler().WithSkipStages(uncheckedStages...)
	if compiler.Compile(modules); compiler.Failed() {
		return query{}, compiler.Errors
	}
	return newQuery(compiler, ast.MustParseRef("data.iacgate.main.results"))
}

func newCompiler() *ast.Compiler {
	return ast.NewCompiler().WithCapabilities(capabilities()).WithUseTypeCheckAnnotations(false)
}

// embeddedFiles returns the files of Rego that judge every control.
func embeddedFiles() []string {
	files := []string{"main.rego"}
	lib, _ := fs.Glob(policies.FS, "lib/*.rego") // the pattern is well-formed
	for _, f := range lib {
		if !strings.HasSuffix(f, "_test.rego") {
			files = append(files, f)
		}
	}
	return files
}

// parseAll parses embedded files side by side.
func parseAll(files []string) (map[string]*ast.Module, error) {
	type outcome struct {
		module *ast.Module
		err    error
	}
	outcomes := parallel.Map(files, strings.Clone, func(file string) (o outcome) {
		o.module, o.err = parse(file)
		return o
	})
	all := make(map[string]*ast.Module, len(files))
	var errs []error
	for i, o := range outcomes {
		all[files[i]] = o.module
		errs = append(errs, o.err)
	}
	return all, errors.Join(errs...)
}

// Judge evaluates the controls on one document, the tree of a document.Judged, of which
// they do not see the path. A control without an answer is an error: nothing passes
// quietly. Nobody may change the answers: who asks about an equal document gets the
// same ones.
func (e *Engine) Judge(ctx context.Context, document map[string]any) (map[string]Answer, error) {
	document = maps.Clone(document)
	delete(document, "path")
	return e.known.get(document, func() (map[string]Answer, error) { return e.evaluate(ctx, document) })
}

func (e *Engine) evaluate(ctx context.Context, document map[string]any) (map[string]Answer, error) {
	input, err := terms{}.of(document)
	if err != nil {
		return nil, err
	}
	query, err := e.results()
	if err != nil {
		return nil, err
	}
	results, err := query.answer(ctx, question{input: input.Value, strict: true})
	if err != nil {
		return nil, err
	}
	if results == nil {
		return nil, errors.New("policies: no answer")
	}
	answers, err := decode(results)
	if err != nil {
		return nil, err
	}
	for _, id := range e.ids {
		if err := answers[id].validate(); err != nil {
			return nil, fmt.Errorf("policies: control %s: %w", id, err)
		}
	}
	return answers, nil
}

func decode(value any) (map[string]Answer, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	var answers map[string]Answer
	if err := decoder.Decode(&answers); err != nil {
		return nil, fmt.Errorf("policies: %w", err)
	}
	return answers, nil
}

// validate returns an error for an answer with something left out.
func (a Answer) validate() error {
	if a.Verdict == "" {
		return errors.New("it returned no verdict")
	}
	for i, l := range a.Links {
		if l.Link != verdict.Links[i] || l.State == "" {
			return fmt.Errorf("link %s has no state", verdict.Links[i])
		}
	}
	if a.Verdict == verdict.Pass && len(a.Links) != len(verdict.Links) {
		return errors.New("it passes without all links")
	}
	return nil
}

// parse reads one embedded file of Rego.
func parse(file string) (*ast.Module, error) {
	src, err := fs.ReadFile(policies.FS, file)
	if err != nil {
		return nil, err
	}
	return ast.ParseModuleWithOpts(file, string(src), ast.ParserOptions{RegoVersion: ast.RegoV1})
}
