package fix

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A draft is a change while it is made.
type draft struct {
	scope
	Fault
	target       *resource.Resource // what is edited
	beside       *resource.Resource // in whose region new resources are
	sets         []argument
	removed      []string          // attribute paths
	into         string            // where appended goes
	appended     string            // code to add inside the target
	blocks       []block           // resources to add
	parameters   object            // further parameters of a template
	input        string            // the name of a variable or parameter to declare
	needsAccount bool              // code refers to data.aws_caller_identity
	impossible   bool              // no code fixes it
	shared       bool              // the code would change other resources, too
	referred     map[string]string // what references that are set refer to, by attribute path
}

// setTarget makes a resource the one that is edited.
func (d *draft) setTarget(r *resource.Resource) { d.target, d.language = r, d.languageOf(r) }

// change is the finished draft.
func (d *draft) change() verdict.Change {
	if len(d.sets) == 0 && len(d.removed) == 0 && d.appended == "" {
		d.setTarget(d.neighbour())
	}
	c := verdict.Change{Language: d.language, File: d.fileOf(d.target), Add: d.code(), Into: d.into, Append: d.appended, Input: d.input, Module: d.module, Values: d.values()}
	if d.input != "" && d.module != "" {
		c.Pass = d.inputName()
	}
	if len(d.sets) > 0 {
		c.Set = d.writeArguments(d.target.Type, d.sets)
	}
	for _, path := range d.removed {
		c.Remove = append(c.Remove, d.property(d.target.Type, path))
	}
	if c.Set != "" || c.Append != "" || len(c.Remove) > 0 {
		c.Resource = resource.Block(d.target.Address)
	}
	return c
}

// neighbour is the resource beside which new ones are written: the last of the chain
// that is in the module of the change.
func (d *draft) neighbour() *resource.Resource {
	for _, address := range []string{d.Topic, d.Alarm, d.Filter, d.LogGroup, d.Trail} {
		if d.reaches(address) {
			return d.find(address)
		}
	}
	return d.target
}

// code writes the new resources and what they need, in the order of the chain.
func (d *draft) code() string {
	needsAccount := d.needsAccount && !d.has("data.aws_caller_identity.current")
	if d.language == HCL {
		return d.hclFile(d.input, needsAccount, d.blocks)
	}
	var file *yaml.Node
	if d.terraform {
		file = d.jsonFile(d.input, needsAccount, d.blocks)
	} else {
		file = d.templateFile(d.input, d.blocks)
	}
	if len(file.Content) == 0 {
		return ""
	}
	return d.encode(file)
}

// set is a fix that sets one argument of the target.
func set(path string, v value) func(*draft) { return func(d *draft) { d.assign(path, v) } }

func (d *draft) assign(path string, v value) { d.sets = append(d.sets, argument{path, v}) }

// remove is a fix that removes arguments of the target.
func remove(paths ...string) func(*draft) {
	return func(d *draft) {
		for _, p := range paths {
			d.remove(p)
		}
	}
}

// remove removes an argument where it is set.
func (d *draft) remove(path string) {
	v := d.target.Attr(steps(path)...)
	if unset := v.IsNull() || isComputed(v) || v.Kind() == resource.List && len(v.List()) == 0; !unset {
		d.removed = append(d.removed, path)
	}
}

func isComputed(v resource.Value) bool {
	o, _ := v.Origin()
	return v.IsUnknown() && o.Cause == resource.Computed
}

// hasText says whether an attribute of the target holds one of some texts already.
func (d *draft) hasText(attribute string, texts ...string) bool {
	text, ok := d.target.Attr(attribute).Text()
	return ok && slices.Contains(texts, text)
}

// sharesBlock says whether the block of the target makes several resources: what
// they differ in is in a table, which iacgate does not see.
func (d *draft) sharesBlock() bool { return d.target.Key.Kind != resource.NoKey }

// retarget edits another resource of the same scope.
func (d *draft) retarget(address string) {
	if r := d.find(address); d.reaches(address) && r.Mode == resource.Managed {
		d.setTarget(r)
		return
	}
	d.impossible = true
}

// refer refers to a resource, where the scope reaches it.
func (d *draft) refer(address, attribute string) value {
	if !d.reachesOrAdds(address) {
		d.impossible = true
	}
	return ref{address, attribute}
}

// add adds a resource at an address that newAddress returned.
func (d *draft) add(address string, arguments ...argument) *block {
	d.blocks = append(d.blocks, block{address: address, typ: d.added[address], arguments: arguments})
	return &d.blocks[len(d.blocks)-1]
}

// appendCode adds code inside the target.
func (d *draft) appendCode(into, code string) { d.into, d.appended = into, code }

// appendBlock adds a block of Terraform inside the target.
func (d *draft) appendBlock(arguments []argument) {
	if d.language == HCL {
		d.appendCode("", format(d.hclBody(arguments)))
		return
	}
	b := d.jsonBody(arguments)
	d.appendCode(b.Content[0].Value, d.item(b.Content[1]))
}

// The address of who reads the alarms is the user's to say: a variable without a
// default is asked for, a made-up address would be silent.
const (
	emailVariable  = "alarm_reader_email"
	emailParameter = "AlarmReaderEmail"
)

// inputName is the name of the input that holds the address.
func (d *draft) inputName() string {
	if d.terraform {
		return emailVariable
	}
	return emailParameter
}

// email declares the input for the address, and refers to it.
func (d *draft) email() value {
	d.input = d.inputName()
	return expression{"${var." + emailVariable + "}", tagged("!Ref", emailParameter)}
}
