package gate_test

import (
	"slices"
	"strings"
)

// The edits that scenarios are made of. Each leaves a plan that Terraform and
// the provider could have written.

// setAttribute sets an argument to a constant.
func setAttribute(address, path string, value any) edit {
	return func(d draft) {
		known(address, path, value)(d)
		put(d.expressions(address), path, written(value))
	}
}

// known sets a value and leaves the configuration as it is.
func known(address, path string, value any) edit {
	return func(d draft) {
		c := d.change(address)
		put(c["after"], path, plain(value))
		put(c["after_unknown"], path, nothingUnknown(value))
	}
}

// was sets a value before the plan.
func was(address, path string, value any) edit {
	return func(d draft) { put(d.change(address)["before"], path, plain(value)) }
}

// unset takes an argument away.
func unset(address, path string) edit {
	return func(d draft) {
		known(address, path, nil)(d)
		put(d.expressions(address), path, absent)
	}
}

// computed leaves an argument to the provider, which shows it after apply.
func computed(address, path string) edit {
	return func(d draft) {
		hide(d, address, path)
		put(d.expressions(address), path, absent)
	}
}

// refers makes an argument of references that are known only after apply.
func refers(address, path string, references ...string) edit {
	return func(d draft) {
		hide(d, address, path)
		put(d.expressions(address), path, referring(references...))
	}
}

func hide(d draft, address, path string) {
	c := d.change(address)
	put(c["after"], path, absent)
	put(c["after_unknown"], path, true)
}

// later makes an argument of something that this plan makes.
func later(address, path string) edit {
	return together(adds("terraform_data.kind", block{}, "output"), refers(address, path, "terraform_data.kind.output"))
}

// referring returns an expression with these references, each followed by its
// prefixes as Terraform lists them.
func referring(references ...string) object {
	list := []any{}
	for _, r := range references {
		list = append(list, r)
		for parts := strings.Split(r, "."); len(parts) > 3; {
			parts = parts[:len(parts)-1]
			list = append(list, strings.Join(parts, "."))
		}
		if parts := strings.Split(r, "."); len(parts) > 2 && !strings.HasPrefix(r, "data.") {
			list = append(list, strings.Join(parts[:2], "."))
		}
	}
	return object{"references": list}
}

// relevant lists attributes in relevant_attributes, which is all that a plan
// says of what locals hold.
func relevant(references ...string) edit {
	return func(d draft) {
		list, _ := d.plan["relevant_attributes"].([]any)
		for _, r := range references {
			i := strings.LastIndexByte(r, '.')
			list = append(list, object{"resource": r[:i], "attribute": []any{r[i+1:]}})
		}
		d.plan["relevant_attributes"] = list
	}
}

// irrelevant empties relevant_attributes.
func irrelevant(d draft) { d.plan["relevant_attributes"] = []any{} }

// adds puts a new resource into the plan. What is in unknown is known only after
// apply; the rest is written as constants.
func adds(address string, after block, unknown ...string) edit {
	return func(d draft) {
		typ, name := split(address)
		u := nothingUnknown(after).(object)
		for _, k := range unknown {
			u[k] = true
		}
		d.plan["resource_changes"] = append(d.changes(), object{
			"address": address, "mode": "managed", "type": typ, "name": name, "provider_name": "registry.terraform.io/hashicorp/aws",
			"change": object{"actions": []any{"create"}, "before": nil, "after": plain(after), "after_unknown": u, "after_sensitive": object{}},
		})
		d.root()["resources"] = append(d.blocks(), object{
			"address": address, "mode": "managed", "type": typ, "name": name, "provider_config_key": "aws", "expressions": written(after),
		})
	}
}

func split(address string) (typ, name string) {
	typ, name, _ = strings.Cut(address, ".")
	return typ, name
}

// reads puts a data source into the plan that was read while planning.
func reads(address string, values block) edit {
	return func(d draft) {
		typ, name := split(strings.TrimPrefix(address, "data."))
		head := object{"address": address, "mode": "data", "type": typ, "name": name}
		state, block := clone(head), clone(head)
		state["values"] = plain(values)
		block["provider_config_key"], block["expressions"] = "aws", object{}
		if d.state() == nil {
			d.plan["prior_state"] = object{"format_version": "1.0", "values": object{"root_module": object{"resources": []any{}}}}
		}
		d.state()["resources"] = append(d.state()["resources"].([]any), state)
		d.root()["resources"] = append(d.blocks(), block)
	}
}

// waits puts a data source into the plan that is read during apply.
func waits(address string, unknown ...string) edit {
	return func(d draft) {
		typ, name := split(strings.TrimPrefix(address, "data."))
		head := object{"address": address, "mode": "data", "type": typ, "name": name}
		change, block, u := clone(head), clone(head), object{}
		for _, k := range unknown {
			u[k] = true
		}
		change["change"] = object{"actions": []any{"read"}, "before": nil, "after": object{}, "after_unknown": u}
		block["provider_config_key"], block["expressions"] = "aws", object{}
		d.plan["resource_changes"] = append(d.changes(), change)
		d.root()["resources"] = append(d.blocks(), block)
	}
}

// borrows makes an argument of an output of another configuration, which is
// read during apply.
func borrows(address, path string) edit {
	const state = "data.terraform_remote_state.shared"
	return together(waits(state, "outputs"), refers(address, path, state+".outputs.it"))
}

// names are the arguments that AWS keeps alarms and filters by: two with one name
// are one.
var names = map[string]string{filter: "name", alarm: "alarm_name", composite: "alarm_name"}

// copies makes a second resource like one that is there, with a name of its own.
func copies(from, to string, edits ...edit) edit {
	return func(d draft) {
		change, written := clone(entry(d.changes(), from)), clone(entry(d.blocks(), from))
		for _, e := range []object{change, written} {
			e["address"] = to
			_, e["name"] = split(to)
		}
		d.plan["resource_changes"] = append(d.changes(), change)
		d.root()["resources"] = append(d.blocks(), written)
		if name := names[from]; name != "" {
			setAttribute(to, name, to)(d)
		}
		for _, e := range edits {
			e(d)
		}
	}
}

// without takes resources away, as if nobody had written them.
func without(addresses ...string) edit {
	return func(d draft) {
		gone := func(e any) bool { return slices.Contains(addresses, e.(object)["address"].(string)) }
		d.plan["resource_changes"] = slices.DeleteFunc(d.changes(), gone)
		d.root()["resources"] = slices.DeleteFunc(d.blocks(), gone)
		if state := d.state(); state != nil {
			state["resources"] = slices.DeleteFunc(state["resources"].([]any), gone)
		}
	}
}

// together makes one edit of several.
func together(edits ...edit) edit {
	return func(d draft) {
		for _, e := range edits {
			e(d)
		}
	}
}

// deletes plans to delete resources that exist: their blocks are gone.
func deletes(addresses ...string) edit {
	return func(d draft) {
		for _, a := range addresses {
			c := d.change(a)
			c["actions"], c["after"], c["after_unknown"], c["after_sensitive"] = []any{"delete"}, nil, object{}, false
			entry(d.changes(), a)["action_reason"] = "delete_because_no_resource_config"
		}
		d.root()["resources"] = slices.DeleteFunc(d.blocks(), func(e any) bool {
			return slices.Contains(addresses, e.(object)["address"].(string))
		})
	}
}

// destroys plans to delete everything; the configuration stays.
func destroys(d draft) {
	for _, e := range d.changes() {
		c := e.(object)["change"].(object)
		c["actions"], c["after"], c["after_unknown"], c["after_sensitive"] = []any{"delete"}, nil, object{}, false
	}
}

// forgets plans to leave a resource to itself.
func forgets(address string) edit {
	return together(deletes(address), does(address, "forget"))
}

// does sets the actions of a change.
func does(address string, actions ...string) edit {
	return func(d draft) {
		list := []any{}
		for _, a := range actions {
			list = append(list, a)
		}
		d.change(address)["actions"] = list
	}
}

// drifts says that an attribute was changed outside Terraform.
func drifts(address, attribute string, from any) edit {
	return func(d draft) {
		e := clone(entry(d.changes(), address))
		c := e["change"].(object)
		c["actions"], c["after"] = []any{"update"}, clone(c["before"].(object))
		c["before"].(object)[attribute] = from
		list, _ := d.plan["resource_drift"].([]any)
		d.plan["resource_drift"] = append(list, e)
	}
}

// top sets a member of the plan itself.
func top(name string, value any) edit { return func(d draft) { d.plan[name] = value } }

// provider adds a provider configuration; "" leaves the region to the
// environment.
func provider(key, region string) edit {
	return func(d draft) {
		expressions := object{}
		if region != "" {
			expressions["region"] = object{"constant_value": region}
		}
		d.plan["configuration"].(object)["provider_config"].(object)[key] = object{
			"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "alias": strings.TrimPrefix(key, "aws."), "expressions": expressions,
		}
	}
}

// through moves resources to a provider configuration and its region.
func through(key, region string, addresses ...string) edit {
	return func(d draft) {
		for _, a := range addresses {
			entry(d.blocks(), a)["provider_config_key"] = key
			after := d.change(a)["after"].(object)
			if after["region"] = region; region == "" {
				delete(after, "region") // provider 5 has no such argument
			}
		}
	}
}

// sensitive marks an attribute.
func sensitive(address, path string) edit {
	return func(d draft) {
		c := d.change(address)
		if _, ok := c["after_sensitive"].(object); !ok {
			c["after_sensitive"] = object{}
		}
		put(c["after_sensitive"], path, true)
	}
}
