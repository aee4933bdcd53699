package plan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// reader fills contents from a stream.
type reader struct {
	*jsonstream.Scanner
	keep    func(resource.Mode, string) bool
	into    *contents
	outline outline
	// document is the input as it is written; nil if it is not needed.
	document *rawDocument
	// names holds the strings that many resources share.
	names map[string]string
}

// An outline has the few facts that are needed of every resource, kept or not. There is one at a
// time: most of a large plan is read without keeping anything.
type outline struct {
	address []byte
	module  string
	typ     string
	mode    string
	deposed bool
	actions []string
	unknown []string // attributes that are not known, at least in part
	marked  bool     // it marks something as sensitive
}

// reset makes room for the next resource.
func (o *outline) reset() {
	*o = outline{address: o.address[:0], actions: o.actions[:0], unknown: o.unknown[:0]}
}

func (o *outline) resourceMode() resource.Mode { return modeOf(tfjson.ResourceMode(o.mode)) }

func (o *outline) managed() bool { return o.resourceMode() == resource.Managed && !o.deposed }

// changes reports whether the plan changes the resource.
func (o *outline) changes() bool {
	return slices.ContainsFunc(o.actions, func(a string) bool {
		return a != string(tfjson.ActionNoop) && a != string(tfjson.ActionRead)
	})
}

// change reads an entry of resource_changes or resource_drift into list, if its
// type is kept.
func (r *reader) change(list *[]*change, planned bool) error {
	raw, err := r.element()
	if err != nil {
		return err
	}
	if planned {
		r.countResource()
	}
	if r.outline.deposed {
		return nil
	}
	if raw == nil {
		if planned {
			r.into.skipped.add(r.outline.address, r.outline.unknown)
		}
		return nil
	}
	c := new(change)
	if err := unmarshalAt(r.Scanner, raw, c); err != nil {
		return err
	}
	if c.Change == nil {
		return r.Fault("%s has no change", c.Address)
	}
	*list = append(*list, c)
	return nil
}

// stateResource reads a resource of a state.
func (r *reader) stateResource() error {
	raw, err := r.element()
	if err != nil {
		return err
	}
	r.countResource()
	if raw == nil || r.outline.deposed {
		return nil
	}
	s := new(stateResource)
	if err := unmarshalAt(r.Scanner, raw, s); err != nil {
		return err
	}
	r.into.prior = append(r.into.prior, s)
	return nil
}

// plannedResource reads a resource of planned values, for the document and for what it
// marks as sensitive.
func (r *reader) plannedResource() error {
	_, err := r.element()
	return err
}

// resources reads a list of resources, or null. Where resources are left out, the
// document has those elements only that its filter adds.
func (r *reader) resources(element func() error) error {
	d := r.document
	if !d.filters() || r.Peek() != '[' {
		return r.Array(element)
	}
	r.PauseCopy()
	d.Text = append(d.Text, '[')
	if err := r.Array(element); err != nil {
		return err
	}
	d.Text = append(d.Text, ']')
	r.ResumeCopy()
	return nil
}

// countResource counts the resource of the outline, whatever its type.
func (r *reader) countResource() {
	o := &r.outline
	module := o.module
	if module == "" && bytes.HasPrefix(o.address, []byte("module.")) {
		// States have it only in the address.
		module = modulePrefix(string(o.address))
	}
	r.into.modules[module] = true
	if !o.managed() {
		return
	}
	r.into.managed.add(o.address)
	if o.changes() {
		r.into.changed++
	}
}

// element reads one resource into the outline, remembers what it marks as sensitive,
// and adds it to the document unless that leaves it out. raw is its text, valid until
// the next read, if its type is kept: nearly all of a large plan is not, and is never
// decoded.
func (r *reader) element() (raw []byte, err error) {
	o := &r.outline
	o.reset()
	r.Capture()
	if err := r.Members(r.outlineMember); err != nil {
		return nil, err
	}
	raw, ok := r.Captured()
	kept := r.keep(o.resourceMode(), o.typ)
	switch {
	case !kept && !r.document.filters() && !o.marked:
		return nil, nil
	case !ok:
		return nil, r.Fault("%s has more than %d MB", o.address, jsonstream.MaxElement>>20)
	}
	if o.marked {
		if err := r.harvest(raw); err != nil {
			return nil, err
		}
	}
	if err := r.document.filter(r.Scanner, o.typ, raw, kept); err != nil || !kept {
		return nil, err
	}
	return raw, nil
}

func (r *reader) outlineMember(key []byte) (err error) {
	o := &r.outline
	switch string(key) {
	case "address":
		if r.Peek() == 'n' {
			return r.Skip()
		}
		text, err := r.Text()
		o.address = append(o.address[:0], text...)
		return err
	case "module_address":
		o.module, err = r.name()
	case "mode", "type":
		err = r.kind(string(key))
	case "provider_name":
		err = r.provider()
	case "deposed", "deposed_key":
		o.deposed = r.Peek() != 'n'
		err = r.Skip()
	case "change":
		err = r.Object(r.outlineChange)
	case "sensitive_values":
		err = r.readMarks()
	default:
		err = r.Skip()
	}
	return err
}

// kind reads the mode or type of a resource.
func (r *reader) kind(key string) (err error) {
	o := &r.outline
	field := &o.typ
	if key == "mode" {
		field = &o.mode
	}
	if *field != "" {
		return r.Fault("%q appears twice in one object", key)
	}
	*field, err = r.name()
	return err
}

// readMarks reads marks of what is sensitive, of which nearly all resources have none.
func (r *reader) readMarks() error {
	marked, err := anyTrue(r.Scanner)
	r.outline.marked = r.outline.marked || marked
	return err
}

func (r *reader) outlineChange(key []byte) error {
	o := &r.outline
	switch string(key) {
	case "actions":
		o.actions = o.actions[:0]
		return r.Array(func() error {
			action, err := r.name()
			o.actions = append(o.actions, action)
			return err
		})
	case "after_unknown":
		o.unknown = o.unknown[:0]
		if r.Peek() != '{' {
			return r.Skip()
		}
		return r.Members(func(key []byte) error {
			name := r.intern(key)
			unknown, err := anyTrue(r.Scanner)
			if unknown {
				o.unknown = append(o.unknown, name)
			}
			return err
		})
	case "before_sensitive", "after_sensitive":
		return r.readMarks()
	}
	return r.Skip()
}

// decode reads one value into v. Numbers keep their text.
func (r *reader) decode(v any) error {
	raw, err := r.Raw()
	if err != nil {
		return err
	}
	return unmarshalAt(r.Scanner, raw, v)
}

// harvest remembers what a well-formed text marks as sensitive.
func (r *reader) harvest(raw []byte) error {
	markedTexts(raw, r.into.marked.add)
	if problem := r.into.marked.problem(); problem != "" {
		return r.Fault("%s", problem)
	}
	return nil
}

func (r *reader) provider() error {
	name, err := r.name()
	if strings.HasPrefix(name, "registry.opentofu.org/") {
		r.into.openTofu = true
	}
	return err
}

// name reads a string that many resources share.
func (r *reader) name() (string, error) {
	if r.Peek() == 'n' {
		return "", r.Skip()
	}
	text, err := r.Text()
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
