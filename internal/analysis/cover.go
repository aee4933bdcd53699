package analysis

import (
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Cover says what one filter pattern means for a control, on a log group that
// holds CloudTrail records. An error is a reference or an exclusion that does
// not parse.
func Cover(pattern string, c verdict.Control, exclusions []config.Exclusion) (Coverage, error) {
	texts := make([]string, len(exclusions))
	for i, x := range exclusions {
		texts[i] = x.Pattern
	}
	r, err := newReference(c, texts)
	if err != nil {
		return Coverage{}, err
	}
	return r.cover(pattern, true), nil
}
