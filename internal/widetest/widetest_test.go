package widetest

import "testing"

func TestSkips(t *testing.T) {
	for wide, want := range map[string]int{"": 10, "1": 100} {
		t.Setenv("IACGATE_WIDE", wide)
		asked := 0
		for i := range 100 {
			if !Skips(i) {
				asked++
			}
		}
		if asked != want {
			t.Errorf("IACGATE_WIDE=%s: %d of 100, want %d", wide, asked, want)
		}
	}
}
