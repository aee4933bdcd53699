package finding

import (
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Code is one kind of finding.
type Code struct {
	ID         string        `json:"code"`
	Link       verdict.Link  `json:"link,omitempty"` // "" matches any link
	Level      verdict.Level `json:"level"`          // unless the configuration or a profile says otherwise
	Title      string        `json:"title"`          // what is the case, in one line
	Why        string        `json:"why"`            // what it does to the alarm
	Fix        string        `json:"fix"`            // what to change
	References []string      `json:"references"`     // URLs
	Facts      []string      `json:"-"`              // rows of the catalogue that the code covers: T01, F03
}
