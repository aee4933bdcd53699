package filterpattern

import (
	"fmt"
	"testing"
)

func TestRequiredTexts(t *testing.T) {
	for src, want := range map[string]string{
		`{ $.a = "x" && ($.b = "y" || $.b = "z") && $.c = 5 && $.d IS NULL }`: "map[$.a:[x] $.b:[y z]]",
		`{ $.a = "x*" && $.b != "x" && $.c = %x% && $.d NOT EXISTS }`:         "map[]",
		`{ ($.a = "x" || $.a = "y") && $.a = "z" }`:                           "map[$.a:[z]]",
		`{ $.a = "z" && ($.a = "x" || $.a = "y") }`:                           "map[$.a:[z]]",
		`{ $.a = "x" || $.b = "y" }`:                                          "map[]",
		`{ $.a = "x" || $.a = "y" && $.b = "z" }`:                             "map[$.a:[x y]]",
		`x`: "map[]",
	} {
		if got := fmt.Sprint(parsed(t, src).RequiredTexts()); got != want {
			t.Errorf("%s: %s, want %s", src, got, want)
		}
	}
}
