package policy

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/diag"
)

// UserOptions say which policies of the user's own to run, and on what.
type UserOptions struct {
	Paths      []string // files and directories of Rego
	Data       []string // files and directories of JSON and YAML, for data
	Namespaces []string // packages to ask; "main" if none is named
	All        bool     // ask every package with rules
	Raw        bool     // input is the raw document
}

// Kinds of rules, as conftest names them: a rule is deny, or deny_ and a name.
const (
	deny      = "deny"
	violation = "violation"
	warn      = "warn"
	exception = "exception"
)

// Packages returns those that are asked by name.
func (o UserOptions) Packages() []string {
	if len(o.Paths) > 0 && len(o.Namespaces) == 0 {
		return []string{defaultNamespace}
	}
	return o.Namespaces
}

// defaultNamespace is the package that is asked if none is named.
const defaultNamespace = "main"

// User has the user's own policies ready.
type User struct {
	packages []userPackage
	compiler *ast.Compiler
	data     map[string]any
	raw      bool
}

// A userPackage is one package with rules that are asked for.
type userPackage struct {
	name  string // acme.tags
	title string
	rules []string // deny, deny_untagged, warn, ...: all but exception
}

// Documents are the documents of one input that policies see: the judged one, and the raw
// one where a policy asks for it.
type Documents struct {
	Judged any                 // the tree of a document.Judged
	Raw    func() (any, error) // nil if there is none

	// Hide takes secrets out of what policies say; nil if there are none.
	Hide func(string) string
}

// LoadUser parses and compiles the user's policies. Errors are [diag.List].
func LoadUser(o UserOptions) (*User, error) {
	return within(context.Background(), compiling, func(context.Context) (*User, error) { return loadUser(o) })
}

const compiling = "reading and compiling the policies"

func loadUser(o UserOptions) (*User, error) {
	modules, err := readModules(o.Paths)
	if err != nil {
		return nil, err
	}
	data, err := readData(o.Data)
	if err != nil {
		return nil, err
	}
	if len(modules) == 0 {
		return nil, diag.List{{Message: "no policies are given"}}
	}
	if err := checkSize(modules); err != nil {
		return nil, err
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithUseTypeCheckAnnotations(false)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, diagnostics(compiler.Errors)
	}
	packages, err := selectPackages(modules, o)
	if err != nil {
		return nil, err
	}
	return &User{packages: packages, compiler: compiler, data: data, raw: o.Raw}, nil
}

// selectPackages returns the packages that are to be asked, in order of their names.
func selectPackages(modules map[string]*ast.Module, o UserOptions) ([]userPackage, error) {
	known := packagesOf(modules)
	names := slices.Sorted(maps.Keys(known))
	wanted := o.Namespaces
	switch {
	case o.All:
		wanted = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return len(known[name].rules) == 0 })
	case len(wanted) == 0:
		wanted = []string{defaultNamespace}
	}
	var out []userPackage
	for _, name := range wanted {
		p := known[name]
		switch {
		case p == nil:
			return nil, diag.List{{Message: fmt.Sprintf("no package %s", name), Hint: "the packages are " + strings.Join(names, ", ") + "; name one with --namespace, or use --all-namespaces"}}
		case len(p.rules) == 0:
			return nil, diag.List{{Message: fmt.Sprintf("the package %s has no rule deny, violation or warn", name)}}
		}
		out = append(out, *p)
	}
	if len(out) == 0 {
		return nil, diag.List{{Message: "no package has a rule deny, violation or warn"}}
	}
	return out, nil
}

// packagesOf collects the packages by their names, with their titles and rules.
func packagesOf(modules map[string]*ast.Module) map[string]*userPackage {
	known := map[string]*userPackage{}
	for _, file := range slices.Sorted(maps.Keys(modules)) {
		m := modules[file]
		name := packageName(m)
		if known[name] == nil {
			known[name] = &userPackage{name: name}
		}
		known[name].add(m)
	}
	return known
}

// add adds the title and the rules of a module of the package.
func (p *userPackage) add(m *ast.Module) {
	for _, a := range m.Annotations {
		if a.Scope == "package" && a.Title != "" {
			p.title = a.Title
		}
	}
	for _, r := range m.Rules {
		rule := strings.Trim(r.Head.Ref()[0].Value.String(), `"`)
		if kindOf(rule) != "" && !slices.Contains(p.rules, rule) {
			p.rules = append(p.rules, rule)
		}
	}
	slices.Sort(p.rules)
}

// kindOf returns the kind of a rule by its name; "" for helpers.
func kindOf(rule string) string {
	for _, kind := range []string{deny, violation, warn} {
		if rule == kind || strings.HasPrefix(rule, kind+"_") {
			return kind
		}
	}
	return ""
}
