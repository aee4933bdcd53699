package config

import (
	"regexp"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/cover"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// IsControlID reports whether a text may be the name of a control: lower-case words and
// digits, joined by hyphens.
func IsControlID(id string) bool { return len(id) <= maxControlID && controlID().MatchString(id) }

// controlID matches the name of a control.
var controlID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`) })

// maxControlID bounds the name of a control.
const maxControlID = 64

// customControls reads the controls of a project's own. The rest of the
// configuration may name them, before and after the list.
func (d *decoder) customControls(n *yaml.Node, c *Config) {
	n = resolve(n)
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "custom_controls" {
			d.list(n.Content[i+1], "custom_controls", func(n *yaml.Node) { d.customControl(n, c) })
			return
		}
	}
}

func (d *decoder) customControl(n *yaml.Node, c *Config) {
	own := verdict.Control{Events: events[0], Remediation: defaultFix}
	known := d.definitions(&own)
	known["id"] = func(n *yaml.Node) { own.ID = d.newID(n) }
	known["exclusions"] = func(n *yaml.Node) {
		d.list(n, "exclusions", func(n *yaml.Node) { d.controlExclusion(n, &own) })
	}
	d.mapping(n, "a control", known)
	d.require(n, "a control", "id", "title", "severity", "must_match")
	d.checkReference(n, own.MustMatch)
	d.checkExclusions(n, own)
	if own.ID == "" {
		return
	}
	c.CustomControls = append(c.CustomControls, own)
	if d.known.Controls != nil {
		d.known.Controls = append(slices.Clone(d.known.Controls), own.ID)
	}
}

// newID reads the name of a control that no other has.
func (d *decoder) newID(n *yaml.Node) string {
	id := d.text(n, "id")
	switch {
	case id == "":
	case !IsControlID(id) || id == "all" || id == "none":
		d.complain(n, "use lower-case words and digits joined by hyphens, such as acme-key-export", "id: %q is not a valid control name", truncate(id))
	case slices.Contains(d.known.Controls, id):
		d.complain(n, "", "id: a control %q already exists", id)
	default:
		return id
	}
	return ""
}

// checkReference refuses a reference that is about nothing, or about everything.
func (d *decoder) checkReference(n *yaml.Node, pattern string) {
	p, err := filterpattern.Parse(pattern)
	if pattern == "" || err != nil || p.Kind() != filterpattern.JSON {
		return // it is complained of
	}
	one, records := []*filterpattern.Pattern{p}, cloudtrail.NewOracle()
	if records.Ask(cloudtrail.Question{Match: one}).Decision == truth.No {
		d.complain(n, "", "must_match matches no CloudTrail event")
	}
	if records.Ask(cloudtrail.Question{Miss: one}).Decision == truth.No {
		d.complain(n, "", "must_match matches every CloudTrail event")
	}
}

// checkExclusions refuses exclusions that leave nothing of a control to watch.
func (d *decoder) checkExclusions(n *yaml.Node, c verdict.Control) {
	want, err := filterpattern.Parse(c.MustMatch)
	if len(c.Exclusions) == 0 || err != nil {
		return
	}
	var all []*filterpattern.Pattern
	for _, text := range c.Exclusions {
		p, err := filterpattern.Parse(text)
		if err != nil {
			return // it is complained of
		}
		all = append(all, p)
	}
	if cover.Separate([]*filterpattern.Pattern{want}, all, cloudtrail.Axioms()).Decision == truth.No {
		d.complain(n, "narrow them to the events that may be left out", "exclusions leave out every event of must_match")
	}
}

func (d *decoder) controlExclusion(n *yaml.Node, c *verdict.Control) {
	var e Exclusion
	d.mapping(n, "an exclusion", fields{
		"pattern": func(n *yaml.Node) { e.Pattern = d.pattern(n) },
		"reason":  func(n *yaml.Node) { e.Reason = d.reason(n) },
	})
	d.require(n, "an exclusion", "pattern", "reason")
	c.Exclusions = append(c.Exclusions, e.Pattern)
}
