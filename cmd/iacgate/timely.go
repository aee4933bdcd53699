package main

import (
	"context"
	"fmt"
	"time"

	"github.com/iacgate/iacgate/internal/intake"
)

// timely does what comes before or behind the inputs in the time that one of
// them has: what a flag names may be a pipe that nobody writes to.
func timely[T any](ctx context.Context, limit time.Duration, do func() (T, error)) (T, error) {
	late := fmt.Errorf("the configuration, or what flags name, is not read within %s; --timeout gives it more", limit)
	ctx, cancel := context.WithTimeoutCause(ctx, limit, late)
	defer cancel()
	return intake.Within(ctx, do)
}
