package plan

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/iacgate/iacgate/internal/resource"
)

// written returns the arguments of the blocks that are kept, as the configuration has them.
func (c *config) written() []resource.Written {
	if c.root == nil {
		return nil
	}
	return c.root.written("")
}

func (m *module) written(path string) []resource.Written {
	var blocks []resource.Written
	add := func(address string, arguments resource.Arguments) {
		blocks = append(blocks, resource.Written{Address: resource.InModule(path, address), Arguments: arguments})
	}
	for _, local := range slices.Sorted(maps.Keys(m.resources)) {
		r := m.resources[local]
		add(local, repeatedArguments(r.Expressions, r.Count, r.ForEach))
	}
	for name, o := range m.outputs {
		add("output."+name, resource.Arguments{"value": o.Expression.argument()})
	}
	for name, v := range m.variables {
		arguments := resource.Arguments{}
		if v.Default != nil {
			arguments["default"] = resource.Argument{Constant: canonical(v.Default)}
		}
		add("var."+name, arguments)
	}
	for name, call := range m.calls {
		add("module."+name, repeatedArguments(call.expressions, call.count, call.forEach))
		blocks = append(blocks, call.module.written(resource.InModule(path, "module."+name))...)
	}
	return blocks
}

func repeatedArguments(expressions map[string]expression, count, forEach *expression) resource.Arguments {
	all := argumentsOf(expressions)
	if count != nil {
		all["count"] = count.argument()
	}
	if forEach != nil {
		all["for_each"] = forEach.argument()
	}
	return all
}

func argumentsOf(expressions map[string]expression) resource.Arguments {
	all := resource.Arguments{}
	for name, e := range expressions {
		all[name] = e.argument()
	}
	return all
}

func (e expression) argument() resource.Argument {
	switch {
	case e.IsConstant:
		return resource.Argument{Constant: canonical(e.Constant)}
	case e.Keyed != nil || e.Blocks != nil:
		var a resource.Argument
		for _, b := range e.blocks() {
			a.Blocks = append(a.Blocks, argumentsOf(b))
		}
		return a
	}
	return resource.Argument{References: resource.References(e.References)}
}

// canonical returns a value as JSON in which all scalars are texts: the schema decides
// their types, and code does not.
func canonical(v any) string {
	raw, err := json.Marshal(asTexts(v))
	if err != nil {
		return ""
	}
	return string(raw)
}

func asTexts(v any) any {
	switch v := v.(type) {
	case []any:
		all := make([]any, len(v))
		for i, e := range v {
			all[i] = asTexts(e)
		}
		return all
	case map[string]any:
		all := make(map[string]any, len(v))
		for k, e := range v {
			all[k] = asTexts(e)
		}
		return all
	case nil:
		return nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	text, _ := scalarText(v)
	return text
}
