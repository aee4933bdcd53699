// Package syntax parses Terraform's native and JSON syntax into one tree, and reads the
// parts that need no evaluation: blocks, references, positions.
//
// The source may be hostile. HCL's parsers and evaluator recurse without a limit: 100,000
// nested parentheses exhaust the stack and end the process. The lexer does not recurse,
// so it checks the nesting first.
package syntax

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// ParseFile parses a configuration file, in the syntax that its name says.
func ParseFile(source []byte, name string) (*hclsyntax.Body, hcl.Diagnostics) {
	if IsJSON(name) {
		return parseJSON(source, name)
	}
	return ParseConfig(source, name)
}

// ParseValues parses a file of values of variables.
func ParseValues(source []byte, name string) (*hclsyntax.Body, hcl.Diagnostics) {
	if !IsJSON(name) {
		return ParseConfig(source, name)
	}
	return parseJSONValues(source, name)
}

// IsJSON reports whether a file is in JSON syntax, where all that native syntax
// writes without quotes is a text.
func IsJSON(file string) bool { return strings.HasSuffix(file, ".json") }
