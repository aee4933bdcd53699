package analysis

import (
	"fmt"
	"time"

	"github.com/iacgate/iacgate/internal/verdict"
)

// duration writes a length of time as people do.
func duration(d time.Duration) string {
	switch {
	case d < time.Minute:
		return verdict.Plural(int(d.Seconds()), "second")
	case d < 2*time.Hour:
		return verdict.Plural(int(d.Minutes()), "minute")
	}
	return fmt.Sprintf("%.3g hours", d.Hours())
}
