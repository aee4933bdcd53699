package main

import (
	"context"
	"io"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"testing"
)

func TestZZ(t *testing.T) {
	debug.SetGCPercent(400)
	f, _ := os.Create("/tmp/zz.prof")
	pprof.StartCPUProfile(f)
	for i := 0; i < 8; i++ {
		run(context.Background(), []string{"check", "--control", "all", "--recursive", "/tmp/mono"}, nil, io.Discard, io.Discard)
	}
	pprof.StopCPUProfile()
}
