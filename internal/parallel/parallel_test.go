package parallel

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
)

func TestMapKeepsTheOrder(t *testing.T) {
	var items []int
	for i := range 1000 {
		items = append(items, i)
	}
	var calls atomic.Int64
	got := Map(items, nil, func(i int) string { calls.Add(1); return fmt.Sprint(i) })
	if calls.Load() != 1000 || len(got) != 1000 {
		t.Fatalf("%d calls, %d results", calls.Load(), len(got))
	}
	for i, text := range got {
		if text != fmt.Sprint(i) {
			t.Fatalf("result %d is %s", i, text)
		}
	}
}

// TestMapPanics: the first item that panics is named, and the others are done.
func TestMapPanics(t *testing.T) {
	var done atomic.Int64
	defer func() {
		v := fmt.Sprint(recover())
		if !strings.HasPrefix(v, "item 3: broken\n\ngoroutine ") || done.Load() != 8 {
			t.Errorf("panic %q after %d items", v, done.Load())
		}
	}()
	Map([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, func(i int) string { return fmt.Sprintf("item %d", i) }, func(i int) int {
		if i == 3 || i == 7 {
			panic("broken")
		}
		done.Add(1)
		return i
	})
}
