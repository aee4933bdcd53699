package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// interrupted is why a context ended.
type interrupted struct{ signal syscall.Signal }

func (i interrupted) Error() string { return i.signal.String() }

// exitStatus returns the status that shells expect of a program that a signal ended: 130
// for SIGINT, 143 for SIGTERM.
func (i interrupted) exitStatus() int { return 128 + int(i.signal) }

// withSignals returns a context that ends with the first SIGINT or SIGTERM; a second one
// ends the program at once. It applies to the end of the program, so that a signal between
// the report and the exit does not change the status. The context of signal.NotifyContext
// does not tell which signal it was.
func withSignals(parent context.Context) context.Context {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		s := <-signals
		signal.Stop(signals)
		if s, ok := s.(syscall.Signal); ok {
			cancel(interrupted{s})
		}
	}()
	return ctx
}

// signalExit returns the exit status of a context that a signal ended.
func signalExit(ctx context.Context) (code int, ok bool) {
	var i interrupted
	if errors.As(context.Cause(ctx), &i) {
		return i.exitStatus(), true
	}
	return 0, false
}
