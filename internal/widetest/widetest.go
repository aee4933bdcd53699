// Package widetest keeps wide tests fast. Tests that ask one question of very many inputs
// ask a tenth of them, unless IACGATE_WIDE=1 asks for all, as .ci/run does. Only tests import
// it.
package widetest

import (
	"os"
	"runtime/debug"
	"testing"
)

// tenth is the share of the inputs that are asked by default.
const tenth = 10

// All reports whether all inputs are asked.
func All() bool { return os.Getenv("IACGATE_WIDE") != "" }

// Skips reports whether the i-th input is left out.
func Skips(i int) bool { return !All() && i%tenth != 0 }

// Main runs the tests of a package with the garbage collector as main sets it. Tests make
// much that does not live: with Go's 100 the tests of package gate take 21 s of CPU time,
// with 400 they take 13.
func Main(m *testing.M) {
	Collect()
	m.Run()
}

// Collect sets the garbage collector as main does.
func Collect() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}
