package analysis

import (
	"bytes"
	_ "embed"
)

//go:generate go test -run TestSchemaIsInStep -update .
//go:generate go test -run TestPageIsInStep -update .

//go:embed document.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of a [Document]. Its fields are
// the struct's and its descriptions are the comments here: a test makes it.
func Schema() []byte { return bytes.Clone(schema) }
