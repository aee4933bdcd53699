package hcl

import (
	"errors"
	"fmt"
	"regexp"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// A boundError is about what is too much for us: Terraform may well go on.
type boundError struct{ error }

func beyond(what string) error { return boundError{errors.New(what)} }

// failed is the error of a function or an operation.
func failed(at hcl.Range, what string, err error) hcl.Diagnostics {
	diags := fault(at, "%s%v", what, err)
	var ours boundError
	if errors.As(err, &ours) {
		diags[0].Extra = ours
	}
	return diags
}

// weigh refuses values that are small in memory and huge when walked: lists of
// lists of the same lists.
func weigh(values ...cty.Value) error {
	count, bytes := 0, 0
	for _, v := range values {
		if err := weighInto(v, &count, &bytes); err != nil {
			return err
		}
	}
	return nil
}

func weighInto(v cty.Value, count, bytes *int) error {
	if *count++; *count > maxValues {
		return errTooManyValues
	}
	if v == cty.NilVal {
		return nil
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() {
		return nil
	}
	switch {
	case v.Type() == cty.Number:
		return checkNumber(v)
	case v.Type() == cty.String:
		if *bytes += len(v.AsString()); *bytes > maxText {
			return errTextTooLong
		}
	case v.CanIterateElements():
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			if err := weighInto(e, count, bytes); err != nil {
				return err
			}
		}
	}
	return nil
}

// What calls of some functions would make, told from their arguments.

var wide = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%[^a-zA-Z%]*[0-9]{5,}`) })

// formatSize refuses widths: format("%999999999d", 1).
func formatSize(args []cty.Value) error {
	if len(args) > 0 {
		if text, ok := plainText(args[0]); ok && wide().MatchString(text) {
			return beyond("a width of five digits")
		}
	}
	for _, a := range args {
		if n, ok := plainNumber(a); ok && n > 1<<20 && len(args) > 0 {
			if text, _ := plainText(args[0]); regexp.MustCompile(`%[^a-zA-Z%]*\*`).MatchString(text) {
				return beyond("a width of seven digits")
			}
		}
	}
	return nil
}

func indentSize(args []cty.Value) error {
	if n, ok := plainNumber(args[0]); ok && n > 1000 {
		return beyond("more than 1000 spaces")
	}
	return nil
}

func joinSize(args []cty.Value) error {
	separator, _ := plainText(args[0])
	count, bytes := 0, 0
	for _, list := range args[1:] {
		if err := weighInto(list, &count, &bytes); err != nil {
			return err
		}
	}
	if bytes+count*len(separator) > maxText {
		return errTextTooLong
	}
	return nil
}

func productSize(args []cty.Value) error {
	n := 1
	for _, a := range args {
		a, _ = a.Unmark()
		if a.IsKnown() && !a.IsNull() && a.CanIterateElements() {
			if n *= a.LengthInt(); n*len(args) > maxValues/10 {
				return beyond(fmt.Sprintf("more than %d values", maxValues/10))
			}
		}
	}
	return nil
}

// jsonSize refuses JSON that nests too deep: its decoder recurses.
func jsonSize(args []cty.Value) error {
	text, ok := plainText(args[0])
	if !ok {
		return nil
	}
	if d := checkJSON([]byte(text), ""); d != nil {
		if _, ours := d.Extra.(boundError); ours {
			return beyond(d.Summary)
		}
		return errors.New(d.Summary)
	}
	return nil
}

// replaceSize tells how long a text gets when parts of it are replaced.
func replaceSize(text string, found int, with string) error {
	if len(text)+found*len(with) > maxText {
		return errTextTooLong
	}
	return nil
}

func plainText(v cty.Value) (string, bool) {
	v, _ = v.Unmark()
	if v == cty.NilVal || !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

func plainNumber(v cty.Value) (float64, bool) {
	v, _ = v.Unmark()
	if v == cty.NilVal || !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return 0, false
	}
	n, _ := v.AsBigFloat().Float64()
	return n, true
}

// maxExponent bounds numbers: as text they have as many digits.
const maxExponent = 1 << 16

func checkNumber(v cty.Value) error {
	if v == cty.NilVal {
		return nil
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return nil
	}
	if e := v.AsBigFloat().MantExp(nil); e > maxExponent || e < -maxExponent {
		return beyond("a number of more than 10,000 digits")
	}
	return nil
}
