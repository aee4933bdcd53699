package intake

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestInTime(t *testing.T) {
	late, other := errors.New("late"), errors.New("other")
	wait := func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, other }
	for name, tt := range map[string]struct {
		limit time.Duration
		do    func(context.Context) (int, error)
		want  error
	}{
		"over, and noticed":     {time.Millisecond, wait, late},
		"over, and not noticed": {time.Millisecond, func(context.Context) (int, error) { select {} }, late},
		"in time":               {time.Minute, func(context.Context) (int, error) { return 1, nil }, nil},
		"another error":         {time.Minute, func(context.Context) (int, error) { return 0, other }, other},
		"any time":              {0, func(ctx context.Context) (int, error) { return 1, ctx.Err() }, nil},
	} {
		if n, err := InTime(t.Context(), tt.limit, late, tt.do); !errors.Is(err, tt.want) || (n == 1) != (tt.want == nil) {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := InTime(ctx, time.Minute, late, wait); errors.Is(err, late) {
		t.Error("a run that was cancelled is late")
	}
}
