package funcs

import (
	"errors"
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

// decodeYAML reads one document as yamldecode does.
func decodeYAML(text string) (cty.Value, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return cty.NilVal, oneLine(err)
	}
	if len(doc.Content) == 0 {
		return cty.NullVal(cty.DynamicPseudoType), nil
	}
	r := yamlReader{open: map[*yaml.Node]bool{}}
	return r.value(doc.Content[0])
}

// A yamlReader converts nodes to values, which aliases can make huge.
type yamlReader struct {
	count int
	open  map[*yaml.Node]bool // aliases that are being followed
}

func (r *yamlReader) value(n *yaml.Node) (cty.Value, error) {
	if r.count++; r.count > value.MaxValues {
		return cty.NilVal, value.ErrTooManyValues
	}
	switch n.Kind {
	case yaml.AliasNode:
		if r.open[n.Alias] {
			return cty.NilVal, errors.New("an alias inside itself")
		}
		r.open[n.Alias] = true
		defer delete(r.open, n.Alias)
		return r.value(n.Alias)
	case yaml.SequenceNode:
		var list []cty.Value
		for _, e := range n.Content {
			v, err := r.value(e)
			if err != nil {
				return v, err
			}
			list = append(list, v)
		}
		return cty.TupleVal(list), nil
	case yaml.MappingNode:
		fields := map[string]cty.Value{}
		err := r.mapping(n, fields)
		return cty.ObjectVal(fields), err
	}
	return scalarYAML(n)
}

func (r *yamlReader) mapping(n *yaml.Node, fields map[string]cty.Value) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		v, err := r.value(n.Content[i+1])
		if err != nil {
			return err
		}
		if key.ShortTag() == "!!merge" {
			r.merge(v, fields)
			continue
		}
		name, err := r.value(key)
		if err != nil {
			return err
		}
		text, ok := value.ScalarText(name)
		if !ok {
			return fmt.Errorf("line %d: a key is not a string", key.Line)
		}
		fields[text] = v
	}
	return nil
}

// merge adds the missing fields of <<.
func (r *yamlReader) merge(v cty.Value, fields map[string]cty.Value) {
	if v.Type().IsTupleType() {
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			r.merge(e, fields)
		}
		return
	}
	if !v.Type().IsObjectType() {
		return
	}
	for name, e := range v.AsValueMap() {
		if _, ok := fields[name]; !ok {
			fields[name] = e
		}
	}
}

func scalarYAML(n *yaml.Node) (cty.Value, error) {
	switch n.ShortTag() {
	case "!!null":
		return cty.NullVal(cty.DynamicPseudoType), nil
	case "!!bool":
		var b bool
		err := n.Decode(&b)
		return cty.BoolVal(b), err
	case "!!int":
		var i int64
		if err := n.Decode(&i); err == nil {
			return cty.NumberIntVal(i), nil
		}
	case "!!float":
		var f float64
		if err := n.Decode(&f); err == nil && f-f == 0 {
			return cty.NumberFloatVal(f), nil
		}
	}
	return cty.StringVal(n.Value), nil
}

// jsonText returns a known value as JSON.
func jsonText(v cty.Value) (cty.Value, error) { return stdlib.JSONEncode(v) }

// oneLine is for errors of other packages, which may be long.
func oneLine(err error) error {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return errors.New(line)
}
