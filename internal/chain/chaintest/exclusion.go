package chaintest

import (
	"github.com/iacgate/iacgate/internal/config"
)

func WithProfile(profile string) Option {
	return Configured(func(c *config.Config) { c.Profile = profile })
}
