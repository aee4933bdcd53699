package hcl

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// A workspace is what terraform.workspace is; its name is not known where only
// the backend, or whoever runs Terraform, tells.
type workspace struct {
	name  string
	known bool
}

// workspace finds the workspace: TF_WORKSPACE, else the one that was selected
// here, else the default one where the state is kept here.
// https://developer.hashicorp.com/terraform/cli/workspaces
func (ev *evaluation) workspace() (name string, known bool) {
	if ev.selected == nil {
		w := ev.findWorkspace()
		ev.selected = &w
	}
	return ev.selected.name, ev.selected.known
}

// workspaceValue is terraform.workspace in code.
func (ev *evaluation) workspaceValue() cty.Value {
	if name, known := ev.workspace(); known {
		return cty.StringVal(name)
	}
	return symbolFrom(cty.String, mark{kind: unset, address: "terraform.workspace"})
}

func (ev *evaluation) findWorkspace() workspace {
	if ev.options.Workspace != "" {
		return workspace{ev.options.Workspace, true}
	}
	if name, _ := ev.environ("TF_WORKSPACE"); name != "" {
		return workspace{name, true}
	}
	raw, err := ev.readData("environment")
	if name := strings.TrimSpace(string(raw)); name != "" {
		return workspace{name, true}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) || !ev.isInitialised() || !ev.keepsStateHere() {
		return workspace{}
	}
	return workspace{"default", true}
}

// keepsStateHere says whether neither the code nor terraform init chose a
// backend other than the local one.
func (ev *evaluation) keepsStateHere() bool {
	if root := ev.modules[ev.tree.dir]; root != nil {
		for _, settings := range root.settings {
			for _, b := range settings.Body.Blocks {
				if b.Type == "cloud" || b.Type == "backend" && (len(b.Labels) != 1 || b.Labels[0] != "local") {
					return false
				}
			}
		}
	}
	raw, err := ev.readData("terraform.tfstate")
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	var state struct{ Backend *struct{ Type string } }
	return json.Unmarshal(raw, &state) == nil && (state.Backend == nil || state.Backend.Type == "local")
}
