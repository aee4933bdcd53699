package config

import (
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Required are the parts that waiver_requires may ask of every waiver.
var Required = []string{"owner", "ticket"}

// WaiverObjection says why the owner of a configuration does not want a waiver, "" if
// nothing speaks against it: it ends too late or never, or does not name what it
// has to.
func (c Config) WaiverObjection(w verdict.Waiver, now time.Time) string {
	for _, part := range c.WaiverRequires {
		if part == "owner" && w.Owner == "" || part == "ticket" && w.Ticket == "" {
			return part + " is missing, but waiver_requires asks for it"
		}
	}
	days := int(c.WaiverMaxAge / day)
	switch {
	case c.WaiverMaxAge == 0:
	case w.Expires.IsZero():
		return fmt.Sprintf("it does not expire; waiver_max_age is %d days", days)
	case w.Expires.After(now.Add(c.WaiverMaxAge)):
		return fmt.Sprintf("it expires on %s; waiver_max_age is %d days", w.Expires, days)
	}
	return ""
}

func (d *decoder) waiver(n *yaml.Node, c *Config) {
	w := verdict.Waiver{Location: &verdict.Location{File: d.file, Line: resolve(n).Line, Column: resolve(n).Column}}
	d.mapping(n, "a waiver", fields{
		"control":  func(n *yaml.Node) { w.Control = d.waivedControl(n) },
		"path":     func(n *yaml.Node) { w.Path = d.text(n, "path") },
		"resource": func(n *yaml.Node) { w.Resource = d.text(n, "resource") },
		"reason":   func(n *yaml.Node) { w.Reason = d.reason(n) },
		"owner":    func(n *yaml.Node) { w.Owner = d.text(n, "owner") },
		"ticket":   func(n *yaml.Node) { w.Ticket = d.text(n, "ticket") },
		"expires":  func(n *yaml.Node) { w.Expires = d.date(n) },
	})
	d.require(n, "a waiver", "control", "reason")
	if w.Control == "all" {
		w.Control = "*"
	}
	c.Waivers = append(c.Waivers, w)
}

// waivedControl reads which controls a waiver is about: packages of the user's own
// policies may be among them, which are not known here.
func (d *decoder) waivedControl(n *yaml.Node) string {
	id := d.text(n, "a control")
	if id != "" && !isPackage(id) && !d.known.HasControl(id) {
		d.complain(n, d.known.Suggest(id), "no control %q", truncate(id))
	}
	return id
}

func isPackage(id string) bool { return strings.Contains(id, ".") && !strings.Contains(id, "/") }
