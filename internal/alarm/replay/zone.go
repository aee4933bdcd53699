package replay

import (
	"fmt"
	"regexp"
	"sync"
	"time"
	_ "time/tzdata" // where the system has no time zones
)

// offset is the other spelling of a time zone: hours and minutes from UTC.
var offset = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:UTC)?([+-])(\d{2}):?(\d{2})$`) })

// Zone returns the time zone of a wall clock window: the name of one of IANA's, or an
// offset from UTC; UTC for "".
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_WallClockWindow.html
func Zone(text string) (*time.Location, error) {
	if m := offset().FindStringSubmatch(text); m != nil {
		at, err := time.Parse("-07:00", m[1]+m[2]+":"+m[3])
		if err != nil {
			return nil, replayError(fmt.Sprintf("%q is not a time zone", text))
		}
		_, seconds := at.Zone()
		return time.FixedZone(text, seconds), nil
	}
	zone, err := time.LoadLocation(text)
	if err != nil || text == "Local" {
		return nil, replayError(fmt.Sprintf("%q is not a time zone", text))
	}
	return zone, nil
}
