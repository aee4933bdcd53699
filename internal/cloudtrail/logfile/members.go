package logfile

import (
	"encoding/json"
	"slices"
	"strings"
)

// members are those of a JSON object, by their names.
type members map[string]json.RawMessage

// has reports whether an object has all of some members.
func (o members) has(names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { _, ok := o[name]; return !ok })
}

// text returns a member that is a text, else "".
func (o members) text(name string) (text string) {
	_ = json.Unmarshal(o[name], &text)
	return text
}

// isRecord reports whether an object is a record, or an example with some fields of one.
// Events that Lambda gets from queues and streams have fields of the same names, and
// a source of their own form.
func (o members) isRecord() bool {
	if strings.HasPrefix(o.text("eventSource"), "aws:") {
		return false
	}
	return slices.ContainsFunc(marks, func(name string) bool { return o.has(name) })
}

// marks are the fields by which a record is known, be it an example of one with no
// more than a pattern asks for. Others are everybody's: awsRegion, resources.
var marks = []string{
	"eventVersion", "eventID", "eventName", "eventSource", "eventTime", "eventType", "eventCategory", "errorCode", "errorMessage",
	"userIdentity", "sourceIPAddress", "requestParameters", "responseElements", "additionalEventData",
}

// maxShown is how much of an input an error quotes.
const maxShown = 40

func shown(text string) string {
	if r := []rune(text); len(r) > 2*maxShown {
		return string(r[:2*maxShown]) + "..."
	}
	return text
}
