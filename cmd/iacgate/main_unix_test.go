//go:build unix

package main

import (
	"context"
	"os"
	"syscall"
	"testing"
)

func TestSignalsEndTheContext(t *testing.T) {
	ctx := withSignals(context.Background())
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-ctx.Done()
	if code, ok := signalExit(ctx); !ok || code != 143 {
		t.Errorf("exit status %d, %v", code, ok)
	}
}
