//go:build unix

package main

import (
	"context"
	"os"
	"strings"
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

// TestBundleIsNotForTerminals: /dev/zero passes for a terminal, because it is a device, too.
func TestBundleIsNotForTerminals(t *testing.T) {
	for device, want := range map[string]int{"/dev/zero": 2, os.DevNull: 0} {
		stdout, err := os.OpenFile(device, os.O_WRONLY, 0)
		if err != nil {
			t.Skip(err)
		}
		defer stdout.Close()
		var stderr strings.Builder
		if got := run(context.Background(), []string{"bundle"}, strings.NewReader(""), stdout, &stderr); got != want {
			t.Errorf("%s: exit status %d, want %d", device, got, want)
		}
		if refused := strings.Contains(stderr.String(), "--output-file"); refused != (want == 2) {
			t.Errorf("%s: %s", device, stderr.String())
		}
	}
}
