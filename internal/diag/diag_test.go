package diag

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
)

func TestError(t *testing.T) {
	for want, d := range map[string]*Diagnostic{
		"main.tf:3:5: no value": {File: "main.tf", Line: 3, Column: 5, Message: "no value"},
		"main.tf:3: no value":   {File: "main.tf", Line: 3, Message: "no value"},
		"main.tf: no value":     New("main.tf", "no %s", "value"),
		"line 3, column 5: bad": {Line: 3, Column: 5, Message: "bad"},
		"line 3: bad":           {Line: 3, Message: "bad"},
		"bad":                   New("", "bad"),
	} {
		if got := d.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAt(t *testing.T) {
	_, absent := os.Open("absent.tf")
	for want, err := range map[string]error{
		"main.tf: no such file or directory":    fmt.Errorf("reading: %w", absent),
		"main.tf: line 3, column 5: bad":        &Diagnostic{Line: 3, Column: 5, Message: "bad", Hint: "write it"},
		"main.tf: file already exists":          &os.LinkError{Op: "rename", Old: "a", New: "b", Err: os.ErrExist},
		"main.tf: the standard input is a pipe": errors.New("the standard input is a pipe"),
	} {
		if got := At("main.tf", err).Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	var d *Diagnostic
	if err := At("main.tf", New("", "bad").WithHint("write it")); !errors.As(err, &d) || d.Hint != "write it" {
		t.Errorf("%#v has lost its hint", err)
	}
	if err := At("main.tf", nil); err != nil {
		t.Errorf("%v of no error", err)
	}
}

func TestHints(t *testing.T) {
	d := New("main.tf", "bad").WithHint("write %s", "it")
	d.Source = "a = "
	if got := d.Hints(); !slices.Equal(got, []string{"a = ", "write it"}) {
		t.Errorf("%q", got)
	}
	if got := New("", "bad").Hints(); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestList(t *testing.T) {
	if (List{}).Err() != nil {
		t.Error("an empty list is an error")
	}
	first, second := New("a", "one"), New("b", "two")
	err := fmt.Errorf("reading: %w", List{first, second}.Err())
	var one *Diagnostic
	if !errors.As(err, &one) || one != first || !errors.Is(err, second) {
		t.Errorf("%v does not hold its diagnostics", err)
	}
	if got := (List{first, second}).Error(); got != "a: one\nb: two" {
		t.Errorf("%q", got)
	}
}
