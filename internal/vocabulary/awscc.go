package vocabulary

import "github.com/iacgate/iacgate/internal/resource"

// FromAWSCC returns a resource of the provider awscc in the words of the
// provider aws. Notes name what the table lacks.
func FromAWSCC(typ string, attrs resource.Value) (string, resource.Value, []string) {
	return typ, attrs, []string{typ + " is not read"}
}

// Attribute returns the path of an attribute in the words of the provider aws.
func Attribute(typ, path string) string { return path }
