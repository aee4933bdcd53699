package plan

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// An instance is a resource instance before it becomes a resource.
type instance struct {
	address
	text string // the address as the input writes it
	home string // the module instance in it

	value     any
	unknown   any
	sensitive any
	change    resource.Change
}

// A world is the instances that exist at one time.
type world struct {
	instances []*instance
	byStatic  map[string][]*instance
	byText    map[string]*instance
}

func newWorld() *world {
	return &world{byStatic: map[string][]*instance{}, byText: map[string]*instance{}}
}

func (w *world) add(i *instance) {
	if w.byText[i.text] != nil {
		return
	}
	w.instances = append(w.instances, i)
	w.byText[i.text] = i
	w.byStatic[i.static()] = append(w.byStatic[i.static()], i)
}

// after returns the world once the plan is applied: the resources that it creates, changes
// or leaves alone.
func (c *contents) after() *world {
	w := newWorld()
	touched := map[string]bool{}
	for _, ch := range c.changes {
		touched[ch.Address], touched[ch.PreviousAddress] = true, true
		if i := ch.after(); i != nil {
			w.add(i)
		}
	}
	for _, s := range c.prior {
		if !touched[s.Address] {
			w.add(s.instance())
		}
	}
	drifted := c.drifted()
	for _, i := range w.instances {
		i.change.Drifted = drifted[i.text]
	}
	return w
}

// before returns the world before the plan is applied; nil if there was none or the plan
// does not change it.
func (c *contents) before() *world {
	if c.isState() {
		return nil
	}
	w := newWorld()
	moved := map[string]bool{} // some states still have the address before
	changes, existed := false, false
	for _, ch := range c.changes {
		moved[ch.PreviousAddress] = true
		changes = changes || ch.action() != resource.Exists
		if i := ch.before(); i != nil {
			existed = true
			w.add(i)
		}
	}
	for _, s := range c.prior {
		existed = existed || s.Mode != tfjson.DataResourceMode
		if w.byText[s.Address] == nil && !moved[s.Address] {
			w.add(s.instance())
		}
	}
	if !changes || !existed {
		return nil
	}
	return w
}

// drifted returns the attributes that were changed outside Terraform, by
// address.
func (c *contents) drifted() map[string][]string {
	drifted := map[string][]string{}
	for _, d := range c.drift {
		before, _ := d.Change.Before.(map[string]any)
		after, _ := d.Change.After.(map[string]any)
		var names []string
		for name, was := range before {
			if !reflect.DeepEqual(was, after[name]) {
				names = append(names, name)
			}
		}
		for name, is := range after {
			if _, ok := before[name]; !ok && is != nil {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		drifted[d.Address] = names
	}
	return drifted
}

// after returns the instance as the plan leaves it; nil if it is gone.
func (c *change) after() *instance {
	i := c.instance()
	switch i.change.Action {
	case resource.Delete:
		return nil
	case resource.Forget:
		// It stays as it is, and only Terraform forgets it.
		i.value, i.sensitive = c.Change.Before, c.Change.BeforeSensitive
	default:
		i.value, i.unknown, i.sensitive = c.Change.After, c.Change.AfterUnknown, c.Change.AfterSensitive
	}
	return i
}

// before returns the instance as the plan finds it; nil if there is none yet.
func (c *change) before() *instance {
	if c.Change.Before == nil {
		return nil
	}
	i := c.instance()
	i.value, i.sensitive = c.Change.Before, c.Change.BeforeSensitive
	return i
}

func (c *change) instance() *instance {
	i := newInstance(c.Address, c.Mode, c.Type, c.Name, c.Index)
	i.change = resource.Change{Action: c.action(), Reason: string(c.ActionReason)}
	if c.PreviousAddress != c.Address {
		i.change.Moved = c.PreviousAddress
	}
	return i
}

// action returns the action of a change in one word.
func (c *change) action() resource.Action {
	has := func(a tfjson.Action) bool { return slices.Contains(c.Change.Actions, a) }
	switch {
	case has(tfjson.ActionCreate) && len(c.Change.Actions) > 1:
		return resource.Replace
	case has(tfjson.ActionCreate):
		return resource.Create
	case has(tfjson.ActionUpdate):
		return resource.Update
	case has(tfjson.ActionDelete):
		return resource.Delete
	case has(tfjson.ActionForget):
		return resource.Forget
	case has(tfjson.ActionRead):
		return resource.Read
	}
	return resource.Exists
}

func (s *stateResource) instance() *instance {
	i := newInstance(s.Address, s.Mode, s.Type, s.Name, s.Index)
	i.value = s.AttributeValues
	if len(s.SensitiveValues) > 0 {
		_ = jsonstream.Unmarshal(s.SensitiveValues, &i.sensitive) // it was scanned before
	}
	return i
}

func newInstance(text string, mode tfjson.ResourceMode, typ, name string, index any) *instance {
	i := &instance{text: text, home: modulePrefix(text)}
	i.address = address{module: parseModule(i.home), mode: modeOf(mode), typ: typ, name: name}
	i.key = keyOf(index)
	return i
}

func keyOf(index any) resource.Key {
	switch k := index.(type) {
	case string:
		return resource.Key{Kind: resource.StringKey, Str: k}
	case json.Number:
		if n, err := k.Int64(); err == nil {
			return resource.Key{Kind: resource.IntKey, Int: int(n)}
		}
	}
	return resource.Key{}
}

// arn returns the region and account in the known ARN of an instance.
func (i *instance) arn() (region, account string) {
	arn, _ := memberOf(i.value, "arn").(string)
	return arnPlace(arn)
}

// arnPlace returns the region and account of an ARN:
// arn:aws:sns:us-east-1:111122223333:topic.
func arnPlace(arn string) (region, account string) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "", ""
	}
	if len(parts[4]) == 12 && strings.Trim(parts[4], "0123456789") == "" {
		account = parts[4]
	}
	return parts[3], account
}
