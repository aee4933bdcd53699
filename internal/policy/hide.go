package policy

import (
	"errors"
	"slices"
)

// hide takes secrets out of what a policy says, whatever it is made of: the raw
// document holds what nobody marked as sensitive.
func (r *userRun) hide(value any) any {
	switch v := value.(type) {
	case string:
		return r.hidden(v)
	case []any:
		for i := range v {
			v[i] = r.hide(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, member := range v {
			out[r.hidden(key)] = r.hide(member)
		}
		return out
	}
	return value
}

func (r *userRun) hidden(text string) string {
	if r.secrets == nil {
		return text
	}
	return r.secrets(text)
}

// problem is an error of the policy, which may quote what it was given.
func (r *userRun) problem(err error) error {
	err = evalProblem(err)
	var found Problems
	if !errors.As(err, &found) {
		return err
	}
	out := slices.Clone(found)
	for i := range out {
		out[i].What = r.hidden(out[i].What)
	}
	return out
}
