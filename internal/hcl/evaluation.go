package hcl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// An evaluation is one reading of one root module.
type evaluation struct {
	*eval.Evaluator
	*load.Loader
	options   Options
	keep      func(resource.Mode, string) bool
	selected  *workspace // once it is found
	instances int
	scopes    int

	gaps    []resource.Gap
	secrets map[string]bool
	given   map[string]cty.Value // of the root module's variables
}

func newEvaluation(ctx context.Context, o Options) (*evaluation, error) {
	ev := &evaluation{options: o, keep: o.Keep, secrets: map[string]bool{}}
	var err error
	ev.Loader, err = load.New(ctx, load.Options{Dir: o.Dir, Boundary: o.Boundary, Named: o.Named, NoTofu: o.NoTofu, Environ: o.Environ, Overlay: o.Overlay})
	if err != nil {
		return nil, err
	}
	ev.Evaluator = eval.New(ctx, ev.Tree.Shown, ev.Tree.ReadNamed)
	for _, p := range ev.Problems {
		ev.Note("%s", p)
	}
	return ev, nil
}

// markGap notes what was not read, once. Beyond the bound one gap represents all others.
func (ev *evaluation) markGap(g resource.Gap) {
	known := slices.ContainsFunc(ev.gaps, func(o resource.Gap) bool { return o.Text == g.Text })
	switch {
	case known || len(ev.gaps) > eval.MaxNotes:
	case len(ev.gaps) == eval.MaxNotes:
		ev.gaps = append(ev.gaps, resource.Gap{Text: fmt.Sprintf("more than %d parts of the code were not read", eval.MaxNotes)})
	default:
		ev.gaps = append(ev.gaps, g)
	}
}

// rememberSecret remembers the texts inside a sensitive value.
func (ev *evaluation) rememberSecret(v cty.Value) {
	v, _ = v.UnmarkDeep()
	if text, ok := value.ScalarText(v); ok {
		if text != "" {
			ev.secrets[text] = true
		}
		return
	}
	if v.IsKnown() && !v.IsNull() && v.CanIterateElements() {
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			ev.rememberSecret(e)
		}
	}
}

// rememberDefault remembers the default of a variable, which another value may
// replace.
func (ev *evaluation) rememberDefault(b *hclsyntax.Block) {
	if e := syntax.Argument(b, "default"); e != nil {
		if v, diags := e.Value(&hcl.EvalContext{}); !diags.HasErrors() {
			ev.rememberSecret(v)
		}
	}
}

// redact hides the sensitive values, as far as they are known when reading ends, in an
// error.
func (ev *evaluation) redact(err error) error {
	if err == nil {
		return nil
	}
	for _, m := range ev.Modules {
		for name, b := range m.Variables {
			if !eval.IsTrue(b, "sensitive") {
				continue
			}
			ev.rememberDefault(b)
			if v, ok := ev.given[name]; ok && m.Dir == ev.Tree.Dir {
				ev.rememberSecret(v)
			}
		}
	}
	return redactError(err, resource.NewVeil(slices.Sorted(maps.Keys(ev.secrets))))
}

func redactError(err error, veil resource.Veil) error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range several.Unwrap() {
			all = append(all, redactError(e, veil))
		}
		return errors.Join(all...)
	}
	var e *diag.Diagnostic
	if !errors.As(err, &e) {
		return err
	}
	hidden := *e
	hidden.Message, hidden.Hint, hidden.Source = veil.Message(e.Message), veil.Message(e.Hint), veil.Message(e.Source)
	return &hidden
}

// A workspace is the value of terraform.workspace; its name is not known if only
// the backend, or the user of Terraform, knows it.
type workspace struct {
	Name  string
	Known bool
}

// workspace finds the workspace: TF_WORKSPACE, else the one that is selected
// here, else default if the state is kept here.
// https://developer.hashicorp.com/terraform/cli/workspaces
func (ev *evaluation) workspace() (name string, known bool) {
	if ev.selected == nil {
		w := ev.findWorkspace()
		ev.selected = &w
	}
	return ev.selected.Name, ev.selected.Known
}

// workspaceValue is terraform.workspace in code.
func (ev *evaluation) workspaceValue() cty.Value {
	if name, known := ev.workspace(); known {
		return cty.StringVal(name)
	}
	return value.UnknownSymbol(cty.String, value.Mark{Kind: value.Unset, Address: "terraform.workspace"})
}

func (ev *evaluation) findWorkspace() workspace {
	if ev.options.Workspace != "" {
		return workspace{ev.options.Workspace, true}
	}
	if name, _ := load.Environ(ev.options.Environ, "TF_WORKSPACE"); name != "" {
		return workspace{name, true}
	}
	raw, err := ev.Data.Read("environment")
	if name := strings.TrimSpace(string(raw)); name != "" {
		return workspace{name, true}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) || !ev.Data.Exists() || !ev.keepsStateHere() {
		return workspace{}
	}
	return workspace{"default", true}
}

// keepsStateHere reports whether neither the code nor terraform init chose a
// backend other than the local one.
func (ev *evaluation) keepsStateHere() bool {
	if root := ev.Modules[ev.Tree.Dir]; root != nil {
		for _, settings := range root.Settings {
			for _, b := range settings.Body.Blocks {
				if b.Type == "cloud" || b.Type == "backend" && (len(b.Labels) != 1 || b.Labels[0] != "local") {
					return false
				}
			}
		}
	}
	raw, err := ev.Data.Read("terraform.tfstate")
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	var state struct{ Backend *struct{ Type string } }
	return json.Unmarshal(raw, &state) == nil && (state.Backend == nil || state.Backend.Type == "local")
}

// maxInstances bounds the instances of one resource or module call. Real ones stay far
// below.
const maxInstances = 10_000
