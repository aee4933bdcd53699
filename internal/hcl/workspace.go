package hcl

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// A Workspace is what terraform.workspace is; its name is not known where only
// the backend, or whoever runs Terraform, tells.
type Workspace struct {
	Name  string
	Known bool
}

// Workspace finds the workspace: TF_WORKSPACE, else the one that was selected
// here, else the default one where the state is kept here.
// https://developer.hashicorp.com/terraform/cli/workspaces
func (ev *evaluation) Workspace() (name string, known bool) {
	if ev.selected == nil {
		w := ev.findWorkspace()
		ev.selected = &w
	}
	return ev.selected.Name, ev.selected.Known
}

// workspaceValue is terraform.workspace in code.
func (ev *evaluation) workspaceValue() cty.Value {
	if name, known := ev.Workspace(); known {
		return cty.StringVal(name)
	}
	return value.UnknownSymbol(cty.String, value.Mark{Kind: value.Unset, Address: "terraform.workspace"})
}

func (ev *evaluation) findWorkspace() Workspace {
	if ev.options.Workspace != "" {
		return Workspace{ev.options.Workspace, true}
	}
	if name, _ := load.Environ(ev.options.Environ, "TF_WORKSPACE"); name != "" {
		return Workspace{name, true}
	}
	raw, err := ev.Data.Read("environment")
	if name := strings.TrimSpace(string(raw)); name != "" {
		return Workspace{name, true}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) || !ev.Data.Exists() || !ev.keepsStateHere() {
		return Workspace{}
	}
	return Workspace{"default", true}
}

// keepsStateHere says whether neither the code nor terraform init chose a
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
