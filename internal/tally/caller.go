package tally

import (
	"strings"

	"github.com/iacgate/iacgate/internal/cloudtrail/scan"
)

// A Caller is who called what, without what is personal beyond the name of the user or the
// role: no session, no key, no address.
type Caller struct {
	Type      string `json:"type"`      // of userIdentity
	Principal string `json:"principal"` // the role's or the user's name, or the service; else the type
	ARN       string `json:"-"`         // of the role or the user, "" if the record does not say
	Source    string `json:"event_source"`
	Name      string `json:"event_name"`
	Code      string `json:"error_code,omitempty"`
}

// A knownCaller is one that a reader has met before in the same file.
type knownCaller struct {
	caller *Caller
	told   int // how many ids of its events were handed over
}

// maxCallers bounds those that a reader remembers.
const maxCallers = 1 << 11

func newCaller(record *scan.Record, typ string) *Caller {
	c := &Caller{Type: typ, Source: record.Text(fieldSource), Name: record.Text(fieldName), Code: record.Text(fieldCode)}
	role, user, service := record.Text(fieldRole), record.Text(fieldUser), record.Text(fieldInvokedBy)
	switch {
	case typ == "Root":
		c.Principal = "root"
	case role != "":
		c.Principal, c.ARN = role, record.Text(fieldRoleARN)
	case typ == "IAMUser" && user != "":
		c.Principal, c.ARN = user, record.Text(fieldARN)
	case service != "":
		c.Principal = service
	case typ != "":
		c.Principal = typ
	default:
		c.Principal = "unknown"
	}
	return c
}

// sessionOf returns the name of the session in the ARN of an assumed role.
func sessionOf(arn string) string {
	parts := strings.Split(arn, "/")
	if len(parts) < 3 || !strings.Contains(arn, ":assumed-role/") {
		return ""
	}
	return parts[len(parts)-1]
}

// told is what is told of a match beside its caller.
type told struct{ eventID, address, session string }
