package funcs

import (
	"errors"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

func TestFormatted(t *testing.T) {
	text := cty.StringVal(strings.Repeat("x", 1<<20))
	for layout, ok := range map[string]bool{
		"%s": true, "%5s%%%-9.3f": true, strings.Repeat("%[1]s", 15): true, strings.Repeat("%[1]s", 17): false,
		strings.Repeat("%9999s", 1000): true, strings.Repeat("%9999s", 2000): false, strings.Repeat("%.9999f", 2000): false,
	} {
		if _, err := formatBound([]cty.Value{cty.StringVal(layout), text}); (err == nil) != ok && !errors.Is(err, value.ErrLongNumeral) {
			t.Errorf("%.40s: %v", layout, err)
		}
	}
	if _, err := formatBound([]cty.Value{cty.StringVal("%d"), text}); !errors.Is(err, value.ErrLongNumeral) {
		t.Error(err)
	}
	if _, err := formatBound([]cty.Value{cty.StringVal(strings.Repeat("%*d", 20)), cty.NumberIntVal(1 << 20)}); !errors.Is(err, value.ErrTextTooLong) {
		t.Error(err)
	}
}
