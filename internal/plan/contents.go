package plan

import (
	"github.com/iacgate/iacgate/internal/plan/jsonstream"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// contents are the kept parts of a plan or state file.
type contents struct {
	formatVersion    string
	terraformVersion string
	openTofu         bool
	seen             map[string]bool // the sections at the top level

	variables map[string]variable
	changes   []*change        // of the kept types, without deposed objects
	drift     []*change        // of the kept types
	prior     []*stateResource // of the kept types; for a state file, all there is
	skipped   skipped
	managed   addressSet // of all managed resources
	changed   int        // managed resources that the plan changes
	modules   map[string]bool
	config    config
	relevant  []tfjson.ResourceAttribute
	outputs   []markedValue // outputs, before and after
	marked    secrets       // of resources, kept or not
	complete  *bool
	errored   bool
	deferred  []*deferral
}

// variable is an input variable of the root module. null is a value, too.
type variable struct {
	value any
	isSet bool
}

func (v *variable) UnmarshalJSON(raw []byte) error {
	var members map[string]any
	if err := jsonstream.Unmarshal(raw, &members); err != nil {
		return err
	}
	v.value, v.isSet = members["value"]
	return nil
}

// markedValue is a value with its marks of sensitivity.
type markedValue struct {
	value     any
	sensitive any
}

// isState reports whether this is a state file rather than a plan.
func (c *contents) isState() bool {
	return !c.seen["resource_changes"] && !c.seen["planned_values"] && !c.seen["configuration"]
}

// change is one entry of resource_changes.
type change struct {
	tfjson.ResourceChange
	IndexUnknown bool `json:"index_unknown"`
}

// stateResource is one resource of a state.
type stateResource struct{ tfjson.StateResource }

// deferral is a change that Terraform defers to a later plan.
type deferral struct {
	Reason string  `json:"reason"`
	Change *change `json:"resource_change"`
}

func modeOf(m tfjson.ResourceMode) resource.Mode {
	if m == tfjson.DataResourceMode {
		return resource.Data
	}
	return resource.Managed
}
