package cfn

import (
	"encoding/json"

	"github.com/iacgate/iacgate/internal/catalog"
)

// Leads says whether a resource of a type is judged, or makes others that may be.
func Leads(typ string) bool { return kept(typ) || makesElsewhere(typ) }

// TypesOf are the types in Terraform's words that a resource of a type comes to;
// nil where it may make anything.
func TypesOf(typ string) []string {
	if t := catalog.ByTemplate(typ); t != nil {
		return []string{t.Type.Name}
	}
	return nil
}

// Single is the template of one resource.
func Single(name, typ, properties string) ([]byte, error) {
	return json.Marshal(map[string]any{"Resources": map[string]any{
		name: map[string]any{"Type": typ, "Properties": json.RawMessage(properties)},
	}})
}
