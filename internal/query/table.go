package query

import (
	"slices"
	"strings"
)

// A Table is a table of Athena with a row for each CloudTrail record.
type Table struct {
	Name       []string // with its database, where it is told
	Columns    []Field
	Partitions []Field
	// formats are those of partitions that hold dates, as partition projection spells them.
	formats map[string]string
}

// A Field is a column of a table or a member of a structure.
type Field struct {
	Name string // in lower case, as Athena compares
	JSON string // its name in records, in lower case: that of the column, unless it is mapped
	Type Type
}

// A Type is the type of a column.
type Type struct {
	Kind   TypeKind
	Text   string  // as it is written
	Fields []Field // of a Struct
	Of     *Type   // elements of an Array, values of a Map
}

// A TypeKind says what conditions may ask of a type.
type TypeKind uint8

// The kinds of types.
const (
	Other TypeKind = iota
	String
	Boolean
	Integer
	Timestamp
	Date
	Struct
	Array
	Map
)

// named returns the field that holds a member of a record.
func named(fields []Field, json string) (Field, bool) {
	i := slices.IndexFunc(fields, func(f Field) bool { return f.JSON == strings.ToLower(json) })
	if i < 0 {
		return Field{}, false
	}
	return fields[i], true
}

// sql is the table's name in a query.
func (t *Table) sql() string {
	var parts []string
	for _, part := range t.Name {
		parts = append(parts, name(part))
	}
	return strings.Join(parts, ".")
}
