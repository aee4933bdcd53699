package document

import (
	"cmp"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/truth"
)

// tree returns a value as encoding/json would decode what it encodes of it: maps by the
// names in tags, lists, strings, truth values, numbers and nil.
func tree(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil, nil
		}
		return tree(v.Elem())
	}
	switch t := v.Type(); {
	case t == truthType:
		return v.Interface().(truth.Truth).String(), nil
	case writesItself(t):
		return viaJSON(v.Interface())
	}
	switch v.Kind() {
	case reflect.Struct:
		fields := make(map[string]any, v.NumField())
		return fields, addFields(fields, v)
	case reflect.Map:
		return mapTree(v)
	case reflect.Slice:
		return listTree(v)
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return json.Number(strconv.FormatInt(v.Int(), 10)), nil
	}
	return viaJSON(v.Interface())
}

var (
	truthType     = reflect.TypeFor[truth.Truth]()
	marshalerType = reflect.TypeFor[json.Marshaler]()
	marshalers    sync.Map // whether it is one, by reflect.Type
)

// writesItself reports whether a type has its own form in JSON.
func writesItself(t reflect.Type) bool {
	if known, ok := marshalers.Load(t); ok {
		return known.(bool)
	}
	is := t.Implements(marshalerType)
	marshalers.Store(t, is)
	return is
}

// viaJSON returns what encoding/json makes of the values that few are: fractions, and
// those that write themselves.
func viaJSON(value any) (any, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var v any
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	err = decoder.Decode(&v)
	return v, err
}

func mapTree(v reflect.Value) (any, error) {
	if v.IsNil() {
		return nil, nil
	}
	fields := make(map[string]any, v.Len())
	for it := v.MapRange(); it.Next(); {
		member, err := tree(it.Value())
		if err != nil {
			return nil, err
		}
		fields[it.Key().String()] = member
	}
	return fields, nil
}

func listTree(v reflect.Value) (any, error) {
	if v.IsNil() {
		return nil, nil
	}
	list := make([]any, v.Len())
	for i := range list {
		e, err := tree(v.Index(i))
		if err != nil {
			return nil, err
		}
		list[i] = e
	}
	return list, nil
}

// A field is one of a struct that is written.
type field struct {
	index     int
	name      string // "" if the members of the field stand in its place
	omitEmpty bool
}

var fieldsOf sync.Map // []field by reflect.Type

// writtenFields returns those of a struct, those of embedded structs
// first, because the struct's own come before it.
func writtenFields(t reflect.Type) []field {
	if known, ok := fieldsOf.Load(t); ok {
		return known.([]field)
	}
	var embedded, own []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			embedded = append(embedded, field{index: i})
		case f.IsExported() && name != "-":
			own = append(own, field{i, cmp.Or(name, f.Name), options == "omitempty"})
		}
	}
	fields := append(embedded, own...)
	fieldsOf.Store(t, fields)
	return fields
}

func addFields(into map[string]any, v reflect.Value) error {
	for _, f := range writtenFields(v.Type()) {
		member := v.Field(f.index)
		switch {
		case f.name == "":
			if err := addFields(into, member); err != nil {
				return err
			}
			continue
		case f.omitEmpty && isEmpty(member):
			continue
		}
		inner, err := tree(member)
		if err != nil {
			return err
		}
		into[f.name] = inner
	}
	return nil
}

// isEmpty is what omitempty leaves out.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
