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
	"runtime"
	"runtime/debug"
	"time"
)

// The heap may grow by so many percent between two collections: at first, when
// the work of most runs is over before a collection would pay, and then.
const (
	relaxed = 400
	usual   = 150
)

// brief is how long a run may take that listens to no signals, unless it has
// something to lose by then: the threads for it are in the way of those that work.
const brief = 30 * time.Millisecond

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(relaxed)
		runtime.AddCleanup(new([16]byte), func(percent int) { debug.SetGCPercent(percent) }, usual) // runs at the first collection
	}
	ctx, listen := interruptible(context.Background()) // to the end: a signal between report and exit does not take the status away
	time.AfterFunc(brief, listen)
	p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, ending: ending{listen: listen}}
	os.Exit(p.run(ctx, os.Args[1:]))
}
