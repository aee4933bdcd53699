package policy

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/policies"
)

const controlDir = "controls"

// IDs lists the controls: the file names in policies/controls.
func IDs() ([]string, error) {
	files, err := fs.Glob(policies.FS, controlDir+"/*.rego")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range files {
		if id := strings.TrimSuffix(path.Base(f), ".rego"); !strings.HasSuffix(id, "_test") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// Controls returns all controls in order of their ids.
func Controls() ([]verdict.Control, error) { return Select([]string{"all"}) }

// Select returns the controls that ids, globs or "all" name, in order of their
// ids and each once. A name that no control has is an error.
func Select(names []string) ([]verdict.Control, error) {
	ids, err := IDs()
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, name := range names {
		found := matching(ids, name)
		if len(found) == 0 {
			return nil, fmt.Errorf("control %q: there is none of this name; the controls are %s", name, strings.Join(ids, ", "))
		}
		for _, id := range found {
			asked[id] = true
		}
	}
	var controls []verdict.Control
	for _, id := range ids {
		if !asked[id] {
			continue
		}
		c, err := readControl(id)
		if err != nil {
			return nil, err
		}
		controls = append(controls, c)
	}
	return controls, nil
}

func matching(ids []string, name string) []string {
	if name == "all" {
		return ids
	}
	var found []string
	for _, id := range ids {
		if ok, err := path.Match(name, id); ok && err == nil {
			found = append(found, id)
		}
	}
	return found
}

// custom is the METADATA that is our own.
type custom struct {
	Severity    string             `json:"severity"`
	References  map[string]string  `json:"references"`
	Events      string             `json:"events"`
	MustMatch   string             `json:"must_match"`
	Accepted    []string           `json:"accepted"`
	Recorded    []string           `json:"recorded"`
	From        map[string]string  `json:"from"`
	Strict      string             `json:"strict"`
	Sources     []string           `json:"sources"`
	Misprints   []verdict.Misprint `json:"misprints"`
	Remediation string             `json:"remediation"`
	Errata      []string           `json:"errata"`
}

func readControl(id string) (verdict.Control, error) {
	file := path.Join(controlDir, id+".rego")
	if c, ok := stored().control(file); ok {
		return c, nil
	}
	return parseControl(id, file)
}

// parseControl reads what a file declares of its control.
func parseControl(id, file string) (verdict.Control, error) {
	module, err := parse(file, true)
	if err != nil {
		return verdict.Control{}, err
	}
	if want := ast.MustParseRef("data.iacgate.controls").Append(ast.StringTerm(id)); !module.Package.Path.Equal(want) {
		return verdict.Control{}, fmt.Errorf("%s: the package must be %s", file, want)
	}
	for _, a := range module.Annotations {
		if a.Scope == "package" {
			return control(id, a)
		}
	}
	return verdict.Control{}, fmt.Errorf("%s: the package has no METADATA", file)
}

func control(id string, a *ast.Annotations) (verdict.Control, error) {
	raw, err := json.Marshal(a.Custom)
	if err != nil {
		return verdict.Control{}, err
	}
	var c custom
	if err := json.Unmarshal(raw, &c); err != nil {
		return verdict.Control{}, fmt.Errorf("control %s: METADATA: %w", id, err)
	}
	out := verdict.Control{
		ID: id, Title: a.Title, Description: a.Description, Severity: c.Severity, References: c.References,
		Events: c.Events, MustMatch: c.MustMatch, Accepted: c.Accepted, Recorded: c.Recorded, From: c.From, Strict: c.Strict, Sources: c.Sources, Misprints: c.Misprints,
		Remediation: c.Remediation, Errata: c.Errata,
	}
	for _, r := range a.RelatedResources {
		out.Resources = append(out.Resources, r.Ref.String())
	}
	return out, validate(out)
}

// validate refuses a control that says too little of itself.
func validate(c verdict.Control) error {
	switch {
	case c.Title == "" || c.Description == "" || c.Remediation == "":
		return fmt.Errorf("control %s: title, description and remediation are required", c.ID)
	case !slices.Contains([]string{"low", "medium", "high", "critical"}, c.Severity):
		return fmt.Errorf("control %s: severity %q is not low, medium, high or critical", c.ID, c.Severity)
	case c.Events != "read and write" && c.Events != "write":
		return fmt.Errorf("control %s: events %q are neither %q nor %q", c.ID, c.Events, "read and write", "write")
	case len(c.References) == 0:
		return fmt.Errorf("control %s: no benchmark is named", c.ID)
	}
	patterns := slices.Concat([]string{c.MustMatch}, c.Accepted, c.Recorded, slices.Collect(maps.Values(c.From)))
	if c.Strict != "" {
		patterns = append(patterns, c.Strict)
	}
	for _, p := range patterns {
		if parsed, err := filterpattern.Parse(p); err != nil || parsed.Kind() != filterpattern.JSON {
			return fmt.Errorf("control %s: %q is not a JSON filter pattern: %v", c.ID, p, err)
		}
	}
	return nil
}

// parse reads one embedded file. Annotations cost as much as the rest of it, so
// they are read only where they are needed.
func parse(file string, annotations bool) (*ast.Module, error) {
	src, err := fs.ReadFile(policies.FS, file)
	if err != nil {
		return nil, err
	}
	return ast.ParseModuleWithOpts(file, string(src), ast.ParserOptions{
		RegoVersion: ast.RegoV1, ProcessAnnotation: annotations,
	})
}
