package remedy

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Fault is what is wrong, and the chain that it is found on: addresses, ""
// for what the chain lacks.
type Fault struct {
	Code      string
	Resource  string
	Attribute string
	Control   string // id
	Pattern   string // what the control's filter has to match
	Denied    bool   // a statement denies it, which no further one undoes

	Trail, LogGroup, Filter, Alarm, Topic string
	Namespace, Metric                     string // what the filter publishes
	TrailGroup                            string // the group that the trail writes to, where it is known
}

// Mend returns the change for a fault; ok is false where none can be said as
// code. The resources are those of the input, and file says where one of them is
// written, "" where that is not known: its name tells the notation.
func Mend(f Fault, resources []*resource.Resource, file func(*resource.Resource) string) (c verdict.Change, ok bool) {
	m, known := mends[f.Code]
	at := f.Resource
	for _, also := range []string{f.Topic, f.Alarm, f.Filter, f.LogGroup, f.Trail} {
		if at == "" {
			at = also
		}
	}
	s := scope{resources: resources, fresh: map[string]string{}, fileOf: file}
	r := s.find(at)
	if !known || f.Denied || r == nil || r.Mode != resource.Managed {
		return verdict.Change{}, false
	}
	s.terraform = isTerraform(r)
	if !s.terraform && !strings.HasSuffix("."+r.Address, "."+r.Name) {
		return verdict.Change{}, false // a part of another resource
	}
	s.module = s.moduleOf(r)
	w := &work{scope: s, Fault: f}
	w.turn(r)
	m(w)
	if w.stuck || s.terraform && repeated(s.module) {
		return verdict.Change{}, false
	}
	c = w.change()
	return c, !c.Empty() && !strings.Contains(c.Text(""), resource.Symbol("")[:1])
}

// repeated says whether a module has instances, whose code is one.
func repeated(module string) bool { return strings.Contains(module, "[") }

// isTerraform: the addresses of templates have no types.
func isTerraform(r *resource.Resource) bool {
	return strings.HasPrefix(r.Address, r.Type+".") || strings.Contains(r.Address, "."+r.Type+".")
}

// languageOf is the language that a resource is written in.
func (s scope) languageOf(r *resource.Resource) string {
	switch {
	case strings.HasSuffix(s.fileOf(r), ".json"):
		return JSON
	case s.terraform:
		return HCL
	}
	return YAML
}

// work is a change while it is made.
type work struct {
	scope
	Fault
	at     *resource.Resource // what is edited
	sets   []argument
	gone   []string
	into   string
	more   string // code to add inside, as it is
	blocks []block
	input  string // the name of a variable or parameter to declare
	data   bool   // the account is asked for
	stuck  bool
}

// turn makes a resource what is edited.
func (w *work) turn(r *resource.Resource) { w.at, w.language = r, w.languageOf(r) }

// neighbour is what new code stands beside: of the chain what is nearest to its
// end and in the module of the change.
func (w *work) neighbour() *resource.Resource {
	for _, address := range []string{w.Topic, w.Alarm, w.Filter, w.LogGroup, w.Trail} {
		if r := w.find(address); r != nil && w.moduleOf(r) == w.module {
			return r
		}
	}
	return w.at
}

func (w *work) change() verdict.Change {
	if len(w.sets) == 0 && len(w.gone) == 0 && w.more == "" {
		w.turn(w.neighbour())
	}
	c := verdict.Change{Language: w.language, File: w.fileOf(w.at), Add: w.added(), Into: w.into, Append: w.more}
	if w.input != "" && w.module != "" {
		c.Pass = w.inputName()
	}
	if len(w.sets) > 0 {
		c.Set = w.set(w.at.Type, w.sets)
	}
	for _, g := range w.gone {
		c.Remove = append(c.Remove, w.property(w.at.Type, g))
	}
	if c.Set != "" || c.Append != "" || len(c.Remove) > 0 {
		c.Resource = resource.Block(w.at.Address)
	}
	return c
}

// property is an attribute in the words of the input.
func (w *work) property(typ, attribute string) string {
	if w.terraform {
		return strings.ReplaceAll(attribute, ".0.", ".")
	}
	path, _ := catalog.ByName(typ).FirstTemplate().Property(attribute)
	return path
}

func (w *work) assign(path string, v value) { w.sets = append(w.sets, argument{path, v}) }

// drop takes an argument out where it is set.
func (w *work) drop(path string) {
	var steps []any
	for step := range strings.SplitSeq(path, ".") {
		if step == "0" {
			steps = append(steps, 0)
			continue
		}
		steps = append(steps, step)
	}
	v := w.at.Attr(steps...)
	if unset := v.IsNull() || isComputed(v) || v.Kind() == resource.List && len(v.List()) == 0; !unset {
		w.gone = append(w.gone, path)
	}
}

func isComputed(v resource.Value) bool {
	o, _ := v.Origin()
	return v.IsUnknown() && o.Cause == resource.Computed
}

func (w *work) computed(attribute string) bool { return isComputed(w.at.Attr(attribute)) }

// edit turns to another resource of the same scope.
func (w *work) edit(address string) {
	if r := w.find(address); r != nil && w.moduleOf(r) == w.module && r.Mode == resource.Managed {
		w.turn(r)
		return
	}
	w.stuck = true
}

// point refers to a resource, where the scope reaches it.
func (w *work) point(address, attribute string) value {
	_, fresh := w.fresh[address]
	if !fresh && !w.reaches(address) {
		w.stuck = true
	}
	return ref{address, attribute}
}

func (w *work) make(address string, arguments ...argument) {
	w.blocks = append(w.blocks, block{address: address, typ: w.fresh[address], arguments: arguments})
}

// sole is the one resource of a type that the scope has.
func (w *work) sole(typ string) string {
	var found []string
	for _, r := range w.resources {
		if r.Type == typ && r.Mode == resource.Managed && w.moduleOf(r) == w.module && r.Change.Action != resource.Delete {
			found = append(found, r.Address)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// same says whether an attribute holds a text already.
func (w *work) same(attribute string, texts ...string) bool {
	text, ok := w.at.Attr(attribute).Text()
	return ok && slices.Contains(texts, text)
}
