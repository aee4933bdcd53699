package analysis

import (
	"fmt"
	"strconv"
	"time"
)

// plural writes a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// duration writes a length of time as people do.
func duration(d time.Duration) string {
	switch {
	case d < time.Minute:
		return plural(int(d.Seconds()), "second")
	case d < 2*time.Hour:
		return plural(int(d.Minutes()), "minute")
	}
	return fmt.Sprintf("%.3g hours", d.Hours())
}
