package analysis

import (
	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Cover says what one filter pattern means for a control, on a log group that
// holds CloudTrail records. An error is a reference or an exclusion that does
// not parse. Unlike the facts of a plan it answers for a pattern that is aimed
// elsewhere, too.
func Cover(pattern *filterpattern.Pattern, c verdict.Control, cfg config.Config) (Coverage, error) {
	r, err := newReference(c, exclusions(cfg), cloudtrail.NewOracle())
	if err != nil {
		return Coverage{}, err
	}
	out := notAimed(r.names(pattern.String()))
	out.Aimed = r.aimed(pattern, true)
	r.extent(pattern.Without(strange(pattern)), &out)
	out.Near = out.Aimed == No && out.Names && out.Matches == MatchesNever
	return out, nil
}
