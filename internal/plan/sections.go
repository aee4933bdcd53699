package plan

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// contents is what is kept of a plan or state file.
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
	if err := unmarshal(raw, &members); err != nil {
		return err
	}
	v.value, v.isSet = members["value"]
	return nil
}

// markedValue is a value beside its marks of sensitivity.
type markedValue struct {
	value     any
	sensitive any
}

// reader fills contents from a stream.
type reader struct {
	*scanner
	keep    func(resource.Mode, string) bool
	into    *contents
	outline outline
	// names holds the strings that many resources share.
	names map[string]string
}

func read(r io.Reader, keep func(resource.Mode, string) bool) (*contents, error) {
	rd := &reader{scanner: newScanner(utf8Reader(r)), keep: keep, names: map[string]string{}, into: &contents{
		seen:      map[string]bool{},
		variables: map[string]variable{},
		managed:   addressSet{},
		modules:   map[string]bool{},
	}}
	if err := rd.start(); err != nil {
		return nil, err
	}
	if err := rd.members(rd.section); err != nil {
		return nil, err
	}
	if rd.peek() != 0 || rd.pos < len(rd.buf) {
		return nil, rd.fault("text after the end of the plan")
	}
	return rd.into, rd.into.recognise()
}

// start refuses what is no JSON object from its first bytes.
func (r *reader) start() error {
	c := r.peek()
	switch {
	case r.pos == len(r.buf) && (r.err == nil || r.err == io.EOF):
		return refuse("empty", hintShow)
	case r.pos == len(r.buf):
		return r.err
	case c == 'P' && strings.HasPrefix(string(r.buf[r.pos:]), "PK"):
		return refuse("binary plan: iacgate reads its JSON", hintShow)
	case c != '{':
		err := r.unexpected("an object").(*Error)
		err.Hint = "a plan is one JSON object; " + hintShow
		return err
	}
	return nil
}

// record reads an object, or null, whose members may appear only once: JSON
// readers disagree on what a second one means.
func (r *reader) record(member func(key []byte) error) error {
	seen := map[string]bool{}
	return r.object(func(key []byte) error {
		if seen[string(key)] {
			return r.fault("%q appears twice in one object", key)
		}
		seen[string(key)] = true
		return member(key)
	})
}

// section reads one member of the top level.
func (r *reader) section(key []byte) error {
	name := string(key)
	if strings.HasPrefix(name, "@") {
		return refuse("a log of terraform plan -json, not a plan", hintShow)
	}
	if r.into.seen[name] {
		return r.fault("%q appears twice at the top level", name)
	}
	r.into.seen[name] = true
	c := r.into
	switch name {
	case "format_version":
		return r.decode(&c.formatVersion)
	case "terraform_version":
		return r.decode(&c.terraformVersion)
	case "variables":
		return r.decode(&c.variables)
	case "resource_changes":
		return r.array(func() error { return r.change(&c.changes, true) })
	case "resource_drift":
		return r.array(func() error { return r.change(&c.drift, false) })
	case "deferred_changes":
		return r.array(r.deferral)
	case "prior_state":
		return r.record(r.state)
	case "values", "planned_values":
		return r.record(func(key []byte) error { return r.values(key, name == "values") })
	case "output_changes":
		return r.object(r.outputChange)
	case "configuration":
		return r.record(r.configuration)
	case "relevant_attributes":
		return r.decode(&c.relevant)
	case "complete":
		return r.decode(&c.complete)
	case "errored":
		return r.decode(&c.errored)
	}
	return r.skip()
}

// state reads a member of a state inside a plan.
func (r *reader) state(key []byte) error {
	if string(key) == "values" {
		return r.record(func(key []byte) error { return r.values(key, true) })
	}
	return r.skip()
}

// values reads the values of a state, or only the outputs of planned values.
func (r *reader) values(key []byte, resources bool) error {
	switch {
	case string(key) == "outputs":
		return r.object(r.output)
	case string(key) == "root_module" && resources:
		return r.record(r.stateModule)
	}
	return r.skip()
}

func (r *reader) output([]byte) error {
	var o tfjson.StateOutput
	if err := r.decode(&o); err != nil {
		return err
	}
	if o.Sensitive {
		r.into.outputs = append(r.into.outputs, markedValue{o.Value, true})
	}
	return nil
}

func (r *reader) outputChange([]byte) error {
	var c tfjson.Change
	if err := r.decode(&c); err != nil {
		return err
	}
	r.into.outputs = append(r.into.outputs,
		markedValue{c.Before, c.BeforeSensitive}, markedValue{c.After, c.AfterSensitive})
	return nil
}

func (r *reader) stateModule(key []byte) error {
	switch string(key) {
	case "resources":
		return r.array(r.stateResource)
	case "child_modules":
		return r.array(func() error { return r.record(r.stateModule) })
	}
	return r.skip()
}

// deferral is a change that Terraform puts off to a later plan.
type deferral struct {
	Reason string  `json:"reason"`
	Change *change `json:"resource_change"`
}

func (r *reader) deferral() error {
	d := new(deferral)
	if err := r.decode(d); err != nil {
		return err
	}
	r.into.deferred = append(r.into.deferred, d)
	return nil
}

// isState says whether this is a state file rather than a plan.
func (c *contents) isState() bool {
	return !c.seen["resource_changes"] && !c.seen["planned_values"] && !c.seen["configuration"]
}

// recognise refuses JSON that is neither a plan nor a state.
func (c *contents) recognise() error {
	if c.seen["plan_format_version"] {
		return refuse("redacted plan: its values are taken out", "download the unredacted JSON output of the run, or "+hintShow)
	}
	if c.formatVersion == "" {
		return refuse("format_version is missing: not a plan", c.looksLike())
	}
	// Plans and states have the same rule, and terraform-json owns it.
	if (&tfjson.Plan{FormatVersion: c.formatVersion}).Validate() != nil {
		return refuse(fmt.Sprintf("format_version %s: iacgate reads 1.x", c.formatVersion), "write the plan with a Terraform or OpenTofu 1.x")
	}
	if c.isState() && !c.seen["values"] {
		for _, name := range slices.Sorted(maps.Keys(c.seen)) {
			if name != "format_version" && name != "terraform_version" && name != "checks" {
				return refuse("neither a plan nor a state", c.looksLike())
			}
		}
	}
	return nil
}

// looksLike is a hint at what other well-known JSON this is.
func (c *contents) looksLike() string {
	switch {
	case c.seen["Resources"] || c.seen["AWSTemplateFormatVersion"]:
		return "it looks like a CloudFormation template: use --from cfn"
	case c.seen["serial"] || c.seen["lineage"]:
		return "it looks like a raw state file; " + hintState
	case c.seen["provider_schemas"]:
		return "it looks like terraform providers schema -json; " + hintShow
	case c.seen["resource"] || c.seen["module"] || c.seen["terraform"]:
		return "it looks like Terraform configuration in JSON: give its directory"
	case c.seen["valid"] && c.seen["diagnostics"]:
		return "it looks like terraform validate -json; " + hintShow
	}
	return hintShow
}
