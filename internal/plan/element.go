package plan

import (
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// change is one entry of resource_changes.
type change struct {
	tfjson.ResourceChange
	IndexUnknown bool `json:"index_unknown"`
}

// stateResource is one resource of a state.
type stateResource struct{ tfjson.StateResource }

// An outline is what is noted of every resource, kept or not.
type outline struct {
	address  string
	previous string
	module   string
	typ      string
	mode     string
	deposed  bool
	actions  []string
	unknown  []string // attributes that are not known, at least in part
}

func (o *outline) resourceMode() resource.Mode {
	if o.mode == string(tfjson.DataResourceMode) {
		return resource.Data
	}
	return resource.Managed
}

func (o *outline) managed() bool { return o.resourceMode() == resource.Managed && !o.deposed }

// changes says whether the plan does anything to the resource.
func (o *outline) changes() bool {
	for _, a := range o.actions {
		if a != string(tfjson.ActionNoop) && a != string(tfjson.ActionRead) {
			return true
		}
	}
	return false
}

// change reads an entry of resource_changes or resource_drift into list, if its
// type is kept.
func (r *reader) change(list *[]*change, planned bool) error {
	o, raw, err := r.element()
	if err != nil {
		return err
	}
	if planned {
		r.note(o)
	}
	if o.deposed {
		return nil
	}
	if raw == nil {
		if planned {
			r.into.skipped.add(o)
		}
		return nil
	}
	c := new(change)
	if err := r.unmarshal(raw, c); err != nil {
		return err
	}
	if c.Change == nil {
		return r.fault("%s has no change", c.Address)
	}
	*list = append(*list, c)
	return nil
}

// stateResource reads a resource of a state.
func (r *reader) stateResource() error {
	o, raw, err := r.element()
	if err != nil {
		return err
	}
	r.note(o)
	if raw == nil || o.deposed {
		return nil
	}
	s := new(stateResource)
	if err := r.unmarshal(raw, s); err != nil {
		return err
	}
	r.into.prior = append(r.into.prior, s)
	return nil
}

// modulePath is the module instance that the resource is in. States do not say
// it but in the address.
func (o *outline) modulePath() string {
	if o.module != "" {
		return o.module
	}
	return modulePrefix(o.address)
}

// note counts a resource, whatever its type.
func (r *reader) note(o *outline) {
	r.into.modules[o.modulePath()] = true
	if !o.managed() {
		return
	}
	r.into.managed.add(o.address)
	if o.changes() {
		r.into.changed++
	}
}

// element reads one resource. raw is its text, valid until the next read, if
// its type is kept: nearly all of a large plan is not, and is never decoded.
func (r *reader) element() (o *outline, raw []byte, err error) {
	o = new(outline)
	r.capture()
	if err := r.members(func(key []byte) error { return r.outline(o, key) }); err != nil {
		return nil, nil, err
	}
	raw, ok := r.captured()
	if !r.keep(o.resourceMode(), o.typ) {
		return o, nil, nil
	}
	if !ok {
		return nil, nil, r.fault("%s has more than %d MB", o.address, maxElement>>20)
	}
	return o, raw, nil
}

// outline reads a member of a resource.
func (r *reader) outline(o *outline, key []byte) (err error) {
	switch string(key) {
	case "address":
		o.address, err = r.string()
	case "previous_address":
		o.previous, err = r.string()
	case "module_address":
		o.module, err = r.name()
	case "mode":
		o.mode, err = r.name()
	case "type":
		if o.typ != "" {
			return r.fault("%q appears twice in one object", key)
		}
		o.typ, err = r.name()
	case "provider_name":
		err = r.provider()
	case "deposed", "deposed_key":
		o.deposed = r.peek() != 'n'
		err = r.skip()
	case "change":
		err = r.object(func(key []byte) error { return r.outlineChange(o, key) })
	default:
		err = r.skip()
	}
	return err
}

func (r *reader) outlineChange(o *outline, key []byte) error {
	switch string(key) {
	case "actions":
		return r.array(func() error {
			action, err := r.name()
			o.actions = append(o.actions, action)
			return err
		})
	case "after_unknown":
		if r.peek() != '{' {
			return r.skip()
		}
		return r.members(func(key []byte) error {
			name := r.intern(key)
			unknown, err := r.anyTrue()
			if unknown {
				o.unknown = append(o.unknown, name)
			}
			return err
		})
	}
	return r.skip()
}

// anyTrue reads a value and says whether true is in it.
func (r *reader) anyTrue() (found bool, err error) {
	in := func() error {
		t, err := r.anyTrue()
		found = found || t
		return err
	}
	switch r.peek() {
	case '{':
		err = r.members(func([]byte) error { return in() })
	case '[':
		err = r.array(in)
	case 't':
		found, err = true, r.skip()
	default:
		err = r.skip()
	}
	return found, err
}

func (r *reader) provider() error {
	name, err := r.name()
	if strings.HasPrefix(name, "registry.opentofu.org/") {
		r.into.openTofu = true
	}
	return err
}

// string reads a string, or null.
func (r *reader) string() (string, error) {
	if r.peek() == 'n' {
		return "", r.skip()
	}
	text, err := r.text()
	return string(text), err
}

// name reads a string that many resources share.
func (r *reader) name() (string, error) {
	if r.peek() == 'n' {
		return "", r.skip()
	}
	text, err := r.text()
	if err != nil {
		return "", err
	}
	return r.intern(text), nil
}

func (r *reader) intern(name []byte) string {
	if s, ok := r.names[string(name)]; ok {
		return s
	}
	s := string(name)
	r.names[s] = s
	return s
}
