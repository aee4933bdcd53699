// Command iacgate judges whether a Terraform plan really has a connected, firing
// alarm on unauthorized API calls and on the other events of the CIS benchmark's
// monitoring section.
//
// The program is a function of its arguments and streams. This package knows
// commands, flags, the environment and exit statuses; everything else is in
// internal/.
package main

import (
	"context"
	"os"
	"runtime/debug"
)

// relaxed is how far the heap may grow between two collections: the work of most
// runs is over before the first one would pay. GOGC still wins.
const relaxed = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(relaxed)
	}
	ctx, stop := interruptible(context.Background())
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
