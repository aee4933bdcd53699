package config

import (
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
)

// FuzzParse: whatever a file holds, there is a configuration or problems with
// this file.
func FuzzParse(f *testing.F) {
	f.Add([]byte(everything))
	f.Add([]byte("controls: &a [*a]\n"))
	f.Add([]byte("? {a: b}\n: c\n"))
	f.Add([]byte("waivers: [~, 1, {expires: 2027-01-31}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("f", data, known)
		if err == nil {
			if c.Exclusions == nil || c.Levels == nil {
				t.Errorf("incomplete configuration %v", c)
			}
			return
		}
		if ps, ok := err.(diag.List); !ok || len(ps) == 0 || ps[0].File != "f" {
			t.Errorf("error %v", err)
		}
	})
}
