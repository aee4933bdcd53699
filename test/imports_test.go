package test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/iacgate/iacgate/"

// only says who may import what, with the packages below it, and why. A package that is
// not named may not.
var only = []struct {
	imported string // prefix of an import path
	by       []string
	why      string
}{
	{"github.com/open-policy-agent/opa", []string{"internal/policy"}, "policies run in one place, hermetically"},
	{"github.com/hashicorp/hcl", []string{"internal/hcl", "internal/fix", "internal/edit", "internal/resource/resourcetest"}, "readers know nothing of each other's languages"},
	{"github.com/hashicorp/terraform-json", []string{"internal/plan"}, "plan JSON ends at its reader"},
	{"github.com/spf13/pflag", []string{"cmd/iacgate"}, "flags end at the command line"},
	{"go.yaml.in/yaml", []string{"internal/config", "internal/cfn", "internal/hcl", "internal/fix", "internal/edit"}, "YAML ends at what reads it"},
	{module + "policies", []string{"internal/control", "internal/policy"}, "controls and policies are read in one place each"},
	{module + "cmd", nil, "nothing imports the command line"},
}

// may holds the arrows inside the module: what a package may import of it, from
// the table in docs/architecture.md. A package that is missing here fails.
var may = map[string][]string{
	"cmd/iacgate":                              {"internal/alarm", "internal/backtest", "internal/backtest/show", "internal/bundle", "internal/cfn", "internal/cloudtrail/logfile", "internal/config", "internal/control", "internal/coverage", "internal/diag", "internal/diagram", "internal/document", "internal/excerpt", "internal/facts", "internal/filterpattern", "internal/finding", "internal/fix", "internal/format", "internal/gate", "internal/glob", "internal/intake", "internal/nearest", "internal/overlay", "internal/policy", "internal/query", "internal/report", "internal/repository", "internal/resource", "internal/rewrite", "internal/source", "internal/tally", "internal/terminal", "internal/truth", "internal/verdict"},
	"internal/access":                          {"internal/document", "internal/graph", "internal/iampolicy", "internal/resource", "internal/truth"},
	"internal/alarm":                           {},
	"internal/alarm/replay":                    {"internal/alarm", "internal/alarmrule", "internal/truth"},
	"internal/alarmrule":                       {"internal/truth"},
	"internal/backtest":                        {"internal/alarm", "internal/alarm/replay", "internal/diag", "internal/facts", "internal/filterpattern", "internal/intake", "internal/parallel", "internal/query", "internal/tally", "internal/verdict"},
	"internal/backtest/page":                   {"internal/alarm/replay", "internal/backtest", "internal/backtest/words", "internal/tally", "internal/webpage"},
	"internal/backtest/show":                   {"internal/backtest", "internal/backtest/page", "internal/backtest/words", "internal/report", "internal/terminal"},
	"internal/backtest/words":                  {"internal/backtest", "internal/tally", "internal/verdict"},
	"internal/bundle":                          {"internal/diag", "internal/document", "internal/policy"},
	"internal/catalog":                         {"internal/resource"},
	"internal/cfn":                             {"internal/catalog", "internal/diag", "internal/format", "internal/inline", "internal/intake", "internal/nearest", "internal/overlay", "internal/repository", "internal/resource", "internal/truth"},
	"internal/chain":                           {"internal/coverage", "internal/document", "internal/facts", "internal/filterpattern", "internal/graph", "internal/resource", "internal/truth", "internal/verdict"},
	"internal/chain/chaintest":                 {"internal/chain", "internal/config", "internal/coverage", "internal/document", "internal/facts", "internal/graph", "internal/resource", "internal/resource/resourcetest", "internal/verdict"},
	"internal/cloudtrail":                      {"internal/filterpattern", "internal/filterpattern/cover", "internal/truth"},
	"internal/cloudtrail/delivery":             {"internal/intake"},
	"internal/cloudtrail/logfile":              {"internal/intake"},
	"internal/cloudtrail/scan":                 {"internal/cloudtrail/logfile", "internal/filterpattern"},
	"internal/combine":                         {"internal/catalog", "internal/resource"},
	"internal/config":                          {"internal/cloudtrail", "internal/diag", "internal/filterpattern", "internal/filterpattern/cover", "internal/finding", "internal/glob", "internal/intake", "internal/nearest", "internal/repository", "internal/truth", "internal/verdict"},
	"internal/control":                         {"internal/config", "internal/glob", "internal/parallel", "internal/verdict", "policies"},
	"internal/coverage":                        {"internal/cloudtrail", "internal/config", "internal/document", "internal/filterpattern", "internal/nearest", "internal/parallel", "internal/truth", "internal/verdict"},
	"internal/diag":                            {},
	"internal/diagram":                         {"internal/document", "internal/finding", "internal/terminal", "internal/truth", "internal/verdict"},
	"internal/document":                        {"internal/cloudtrail", "internal/config", "internal/finding", "internal/iampolicy", "internal/resource", "internal/truth", "internal/verdict"},
	"internal/edit":                            {"internal/verdict"},
	"internal/embedded":                        {"internal/catalog", "internal/cfn", "internal/resource"},
	"internal/excerpt":                         {},
	"internal/facts":                           {"internal/access", "internal/alarm", "internal/alarmrule", "internal/catalog", "internal/cloudtrail", "internal/config", "internal/coverage", "internal/document", "internal/filterpattern", "internal/glob", "internal/graph", "internal/resource", "internal/schedule", "internal/truth", "internal/verdict"},
	"internal/filterpattern":                   {},
	"internal/filterpattern/cover":             {"internal/filterpattern", "internal/truth"},
	"internal/filterpattern/filterpatterntest": {},
	"internal/finding":                         {"internal/verdict"},
	"internal/finding/findingtest":             {"internal/finding"},
	"internal/fix":                             {"internal/catalog", "internal/resource", "internal/truth", "internal/verdict"},
	"internal/format":                          {"internal/diag", "internal/nearest", "internal/overlay", "internal/resource"},
	"internal/gate":                            {"internal/chain", "internal/config", "internal/control", "internal/coverage", "internal/document", "internal/facts", "internal/filterpattern", "internal/graph", "internal/policy", "internal/present", "internal/resource", "internal/verdict"},
	"internal/glob":                            {},
	"internal/graph":                           {"internal/catalog", "internal/resource", "internal/truth"},
	"internal/hcl":                             {"internal/catalog", "internal/diag", "internal/format", "internal/hcl/check", "internal/hcl/eval", "internal/hcl/funcs", "internal/hcl/load", "internal/hcl/schema", "internal/hcl/syntax", "internal/hcl/value", "internal/intake", "internal/overlay", "internal/parallel", "internal/repository", "internal/resource"},
	"internal/hcl/check":                       {"internal/diag", "internal/hcl/eval", "internal/hcl/funcs", "internal/hcl/load", "internal/hcl/schema", "internal/hcl/syntax", "internal/hcl/value", "internal/nearest", "internal/resource"},
	"internal/hcl/eval":                        {"internal/diag", "internal/hcl/funcs", "internal/hcl/syntax", "internal/hcl/value", "internal/truth"},
	"internal/hcl/funcs":                       {"internal/hcl/syntax", "internal/hcl/value", "internal/resource", "internal/truth"},
	"internal/hcl/hcltest":                     {"internal/diag", "internal/hcl", "internal/resource"},
	"internal/hcl/load":                        {"internal/diag", "internal/hcl/eval", "internal/hcl/funcs", "internal/hcl/syntax", "internal/hcl/value", "internal/inline", "internal/intake", "internal/overlay", "internal/repository", "internal/resource"},
	"internal/hcl/schema":                      {"internal/catalog", "internal/hcl/value", "internal/resource"},
	"internal/hcl/syntax":                      {"internal/diag", "internal/hcl/schema", "internal/hcl/value", "internal/resource"},
	"internal/hcl/value":                       {"internal/resource", "internal/truth"},
	"internal/iampolicy":                       {"internal/truth"},
	"internal/inline":                          {"internal/nearest", "internal/resource"},
	"internal/intake":                          {},
	"internal/nearest":                         {},
	"internal/overlay":                         {"internal/repository"},
	"internal/parallel":                        {},
	"internal/plan":                            {"internal/catalog", "internal/diag", "internal/format", "internal/plan/jsonstream", "internal/resource"},
	"internal/plan/jsonstream":                 {"internal/diag"},
	"internal/policy":                          {"internal/config", "internal/control", "internal/diag", "internal/intake", "internal/parallel", "internal/verdict", "policies"},
	"internal/present":                         {"internal/catalog", "internal/chain", "internal/config", "internal/document", "internal/facts", "internal/filterpattern", "internal/finding", "internal/fix", "internal/graph", "internal/policy", "internal/resource", "internal/verdict"},
	"internal/query":                           {"internal/cloudtrail", "internal/diag", "internal/filterpattern", "internal/intake"},
	"internal/report":                          {"internal/diagram", "internal/finding", "internal/parallel", "internal/terminal", "internal/verdict", "internal/webpage"},
	"internal/repository":                      {},
	"internal/resource":                        {"internal/truth"},
	"internal/resource/resourcetest":           {"internal/resource"},
	"internal/rewrite":                         {"internal/diag", "internal/edit", "internal/fix", "internal/overlay", "internal/verdict"},
	"internal/schedule":                        {},
	"internal/schematest":                      {"internal/truth", "internal/verdict"},
	"internal/source":                          {"internal/cfn", "internal/combine", "internal/diag", "internal/embedded", "internal/format", "internal/glob", "internal/hcl", "internal/intake", "internal/parallel", "internal/plan", "internal/resource"},
	"internal/tally":                           {"internal/cloudtrail/delivery", "internal/cloudtrail/logfile", "internal/cloudtrail/scan", "internal/diag", "internal/filterpattern", "internal/parallel"},
	"internal/terminal":                        {},
	"internal/truth":                           {},
	"internal/verdict":                         {},
	"internal/webpage":                         {"internal/terminal"},
	"internal/webpage/webpagetest":             {"internal/widetest"},
	"internal/widetest":                        {},
	"policies":                                 {},
	"test":                                     {},
}

// absent are packages that every start would pay for, and what is used instead
// (bench/README.md). Tests may import them.
var absent = map[string]string{
	"github.com/open-policy-agent/opa/v1/rego":          "topdown, which it uses",
	"github.com/open-policy-agent/opa/v1/tester":        "topdown; the tests compare",
	"github.com/open-policy-agent/opa/v1/storage/inmem": "a store that cannot be written to",
	"google.golang.org/protobuf":                        "nothing: it comes with bundles",
	"runtime/metrics":                                   "runtime.ReadMemStats",
}

// standardOnly are the small languages: they import the standard library and
// nothing else, so that they can be read, fuzzed and reused alone.
var standardOnly = []string{"internal/alarm", "internal/diag", "internal/excerpt", "internal/filterpattern", "internal/intake", "internal/nearest", "internal/repository", "internal/schedule", "internal/terminal", "internal/truth"}

type goPackage struct {
	ImportPath string
	Name       string
	Imports    []string
}

// name returns the path inside the module.
func (p goPackage) name() string { return strings.TrimPrefix(p.ImportPath, module) }

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Name,Imports", "./...")
	cmd.Stderr = t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.ImportPath, module) {
			all = append(all, p)
		}
	}
}

// TestImports holds the import directions of docs/architecture.md.
func TestImports(t *testing.T) {
	inRoot(t)
	all := packages(t)
	if len(all) < 10 {
		t.Fatalf("go list found %d packages", len(all))
	}
	for _, p := range all {
		arrows, ok := may[p.name()]
		if !ok {
			t.Errorf("%s: a new package; say in imports_test.go and docs/architecture.md what it may import", p.name())
		}
		for _, i := range p.Imports {
			checkImport(t, p.name(), i, arrows)
		}
	}
}

func checkImport(t *testing.T, from, imported string, arrows []string) {
	t.Helper()
	for _, rule := range only {
		if strings.HasPrefix(imported, rule.imported) && !slices.ContainsFunc(rule.by, func(by string) bool { return from == by || strings.HasPrefix(from, by+"/") }) {
			t.Errorf("%s imports %s, which only %q may: %s", from, imported, rule.by, rule.why)
		}
	}
	if inside, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(arrows, inside) {
		t.Errorf("%s imports %s: imports point one way, see docs/architecture.md", from, inside)
	}
	host, _, _ := strings.Cut(imported, "/")
	if slices.Contains(standardOnly, from) && strings.Contains(host, ".") {
		t.Errorf("%s imports %s: it uses the standard library alone", from, imported)
	}
}

// TestOneMain keeps go install ./... unambiguous: pre-commit runs it.
func TestOneMain(t *testing.T) {
	inRoot(t)
	var mains []string
	for _, p := range packages(t) {
		if p.Name == "main" {
			mains = append(mains, p.name())
		}
	}
	if !slices.Equal(mains, []string{"cmd/iacgate"}) {
		t.Errorf("main packages %q, want cmd/iacgate alone", mains)
	}
}

// TestStartIsLight: the program links nothing that is absent.
func TestStartIsLight(t *testing.T) {
	inRoot(t)
	out, err := exec.Command("go", "list", "-deps", "./cmd/iacgate").Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := strings.Fields(string(out))
	if !slices.Contains(linked, "github.com/open-policy-agent/opa/v1/topdown") {
		t.Fatalf("go list -deps found %d packages, and no evaluator", len(linked))
	}
	for _, name := range linked {
		for prefix, instead := range absent {
			if name == prefix || strings.HasPrefix(name, prefix+"/") {
				t.Errorf("%s is linked; instead: %s", name, instead)
			}
		}
	}
}
