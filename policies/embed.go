// Package policies holds the controls, one data file each, and iacgate's Rego: the
// library that judges the chain of any control link by link, and the one rule that is
// queried. It is text only: package control reads the former, package
// policy loads and runs the latter.
package policies

import "embed"

// FS holds controls/*.yaml, and the Rego files main.rego, lib/*.rego and server/*.rego, each with
// its _test.rego.
//
//go:embed *.rego lib/*.rego server/*.rego controls/*.yaml
var FS embed.FS
