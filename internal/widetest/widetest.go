// Package widetest lets tests that ask one question of very many inputs ask a tenth of
// them, unless IACGATE_WIDE=1 asks for all, as .ci/run does. Only tests import it.
package widetest

import "os"

// tenth is the share of the inputs that are asked by default.
const tenth = 10

// All reports whether all inputs are asked.
func All() bool { return os.Getenv("IACGATE_WIDE") != "" }

// Skips reports whether the i-th input is left out.
func Skips(i int) bool { return !All() && i%tenth != 0 }
