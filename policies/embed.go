// Package policies holds the product's Rego: one file per control with its unit
// tests, the library that judges a chain link by link, and the one rule that is
// asked. It is text only; package policy loads and runs it.
package policies

import "embed"

// FS holds the Rego files: main.rego, lib/*.rego and controls/*.rego, each with
// its _test.rego.
//
//go:embed main.rego lib/*.rego controls/*.rego
var FS embed.FS

// Compiled is what package policy makes of them, so that it need not do so at
// every start. It is written by its TestSnapshot, and unused for a file that was
// edited since.
//
//go:embed compiled.bin
var Compiled string
