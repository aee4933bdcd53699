package value

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
)

// A LimitError is about one of our bounds: Terraform may succeed.
type LimitError struct{ Err error }

func NewLimitError(what string) error { return LimitError{errors.New(what)} }

func (e LimitError) Error() string { return e.Err.Error() }

func (e LimitError) Unwrap() error { return e.Err }

// IsLimitError reports whether an error is about one of our bounds, or a file that we
// may not read.
func IsLimitError(err error) bool {
	var ours LimitError
	return errors.As(err, &ours)
}

// maxExponent bounds numbers: as text they have as many digits.
const maxExponent = 1 << 16

func CheckNumber(v cty.Value) error {
	if v == cty.NilVal {
		return nil
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return nil
	}
	_, err := digitsOf(v)
	return err
}

// digitsOf returns how many digits a number has as text, about.
func digitsOf(v cty.Value) (int, error) {
	e := v.AsBigFloat().MantExp(nil)
	if e > maxExponent || e < -maxExponent {
		return 0, NewLimitError("a number of more than 10,000 digits")
	}
	return max(e, -e) / 3, nil
}
