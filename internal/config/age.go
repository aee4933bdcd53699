package config

import (
	"fmt"
	"time"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Required are the parts that waiver_requires may ask of every waiver.
var Required = []string{"owner", "ticket"}

// Refuses says why the owner of a configuration does not want a waiver, "" where
// nothing speaks against it: it ends too late or never, or does not name what it
// has to.
func (c Config) Refuses(w verdict.Waiver, now time.Time) string {
	for _, part := range c.WaiverRequires {
		if part == "owner" && w.Owner == "" || part == "ticket" && w.Ticket == "" {
			return part + " is missing, which waiver_requires asks for"
		}
	}
	days := int(c.WaiverMaxAge / day)
	switch {
	case c.WaiverMaxAge == 0:
	case w.Expires.IsZero():
		return fmt.Sprintf("it never ends; waiver_max_age is %d days", days)
	case w.Expires.After(now.Add(c.WaiverMaxAge)):
		return fmt.Sprintf("it ends on %s; waiver_max_age is %d days", w.Expires, days)
	}
	return ""
}
