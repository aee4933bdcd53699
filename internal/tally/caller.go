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

// callers are those that a reader has met. What it tells of them begins anew with each file.
type callers struct {
	known map[string]*knownCaller
	round int // a file, or the part of it after too many callers
	met   int // in the round
}

type knownCaller struct {
	caller *Caller
	round  int // in which it was met last
	told   int // how many ids of its events were handed over in it
}

// maxCallers bounds those of a round.
const maxCallers = 1 << 11

// begin begins a file.
func (c *callers) begin() {
	if len(c.known) > maxCallers {
		clear(c.known)
	}
	c.round, c.met = c.round+1, 0
}

// of returns the caller of a key, and makes it if it is not known.
func (c *callers) of(key []byte, make func() *Caller) *knownCaller {
	found, ok := c.known[string(key)]
	if ok && found.round == c.round {
		return found
	}
	if c.met == maxCallers {
		clear(c.known)
		c.round, c.met, ok = c.round+1, 0, false
	}
	c.met++
	if !ok {
		found = &knownCaller{caller: make()}
		c.known[string(key)] = found
	}
	found.round, found.told = c.round, 0
	return found
}

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
