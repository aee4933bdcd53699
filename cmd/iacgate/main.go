// Command iacgate judges whether a Terraform plan really has a connected, firing alarm on
// unauthorized API calls and on the other events of the CIS benchmark's monitoring
// section.
//
// The program is a function of its arguments and streams. This package knows commands,
// flags, the environment and exit statuses; everything else is in internal/.
package main

import (
	"context"
	"os"
	"runtime/debug"
)

func main() {
	if os.Getenv("GOGC") == "" {
		// With the usual 100, collections take a tenth of a run on a small plan:
		// testdata/plans/complete/plan.json, medians of 40 alternating runs of each on two
		// cores, 798 and 740 ms on a machine under load (630 and 605 ms of CPU time), for
		// 1 MiB more of memory.
		debug.SetGCPercent(400)
	}
	p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, environ: os.Environ()}
	os.Exit(p.run(withSignals(context.Background()), os.Args[1:]))
}
