package config

import (
	"bytes"
	_ "embed"
	"encoding/json"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the file, for editors. The
// lists in it are those that the decoder uses. What only the decoder knows
// (patterns, days that no month has, which controls there are) it leaves open.
func Schema() ([]byte, error) {
	out := schema
	for _, list := range []struct {
		before string
		words  any
	}{
		{`"profile": {"description": "Benchmark or mode: a benchmark also selects its controls.", "enum": `, Profiles},
		{`"propertyNames": {"enum": `, finding.IDs()},
		{`"additionalProperties": {"enum": `, verdict.Levels},
	} {
		words, err := json.Marshal(list.words)
		if err != nil {
			return nil, err
		}
		out = bytes.Replace(out, []byte(list.before+"[]"), append([]byte(list.before), words...), 1)
	}
	return out, nil
}
