package gate_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain has collections be as rare as main of the program has them: with the usual 100
// they take a third of the time of these tests.
func TestMain(m *testing.M) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	os.Exit(m.Run())
}
