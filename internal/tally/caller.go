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

// tell adds to an entry what is told of its match.
func (r *reader) tell(e *entry, record *scan.Record) {
	typ := record.Text(fieldType)
	r.key = r.key[:0]
	for _, f := range [...]int{fieldType, fieldUser, fieldInvokedBy, fieldRole, fieldRoleARN, fieldSource, fieldName, fieldCode} {
		r.key = append(append(r.key, record.Raw(f)...), 0)
	}
	isUser := typ == "IAMUser"
	if isUser {
		r.key = append(r.key, record.Raw(fieldARN)...)
	}
	known, ok := r.callers[string(r.key)]
	if !ok {
		known = &knownCaller{caller: newCaller(record, typ)}
		if len(r.callers) >= maxCallers {
			clear(r.callers)
		}
		r.callers[string(r.key)] = known
	}
	e.caller = known.caller
	var t told
	if known.told < maxFirst {
		known.told++
		t.eventID = record.Text(fieldID)
	}
	if r.q.Details.Addresses {
		t.address = record.Text(fieldAddress)
	}
	if r.q.Details.Sessions {
		t.session = sessionOf(record.Text(fieldARN))
	}
	if t != (told{}) {
		e.told = &t
	}
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
