package config

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/verdict"
)

// What a control's events are, and how grave it is that nobody hears of them.
var (
	events     = []string{"read and write", "write"}
	severities = []string{"low", "medium", "high", "critical"}
)

// Severities returns those that a control may have.
func Severities() []string { return severities }

// defaultFix sets up any control from nothing.
const defaultFix = "Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at least 1 " +
	"within 5 minutes) and an SNS topic with a confirmed subscription as the alarm's action."

// ParseControl reads a control that the product brings: the file policies/controls/ID.yaml,
// whose one key is its id, so that stock OPA loads the files side by side. Everything
// that is wrong with it is reported, as [diag.List].
func ParseControl(file, id string, data []byte) (verdict.Control, error) {
	d := &decoder{file: file}
	c := verdict.Control{ID: id, Remediation: defaultFix}
	var doc yaml.Node
	switch err := yaml.Unmarshal(data, &doc); {
	case err != nil:
		return c, diag.List{syntaxError(file, err)}
	case len(doc.Content) == 0:
		return c, diag.List{{File: file, Message: "it is empty"}}
	}
	found := false
	d.mapping(doc.Content[0], "a control file", fields{id: func(n *yaml.Node) {
		found = true
		d.definition(n, &c)
		d.require(n, "a control", "title", "description", "severity", "references", "events", "must_match")
	}})
	if !found {
		d.complain(doc.Content[0], "its only key must be the name of the file", "a control file: %s is missing", id)
	}
	return c, d.found.Err()
}

// definition reads what a control says of itself.
func (d *decoder) definition(n *yaml.Node, c *verdict.Control) {
	d.mapping(n, "a control", d.definitions(c))
}

func (d *decoder) definitions(c *verdict.Control) fields {
	return fields{
		"title":       func(n *yaml.Node) { c.Title = d.text(n, "title") },
		"description": func(n *yaml.Node) { c.Description = d.text(n, "description") },
		"severity":    func(n *yaml.Node) { c.Severity = d.oneOf(n, "severity", severities) },
		"references":  func(n *yaml.Node) { c.References = d.benchmarkNumbers(n) },
		"events":      func(n *yaml.Node) { c.Events = d.oneOf(n, "kind of events", events) },
		"must_match":  func(n *yaml.Node) { c.MustMatch = d.reference(n, "must_match") },
		"accepted":    func(n *yaml.Node) { c.Accepted = d.references(n, "accepted") },
		"recorded":    func(n *yaml.Node) { c.Recorded = d.references(n, "recorded") },
		"from":        func(n *yaml.Node) { c.From = d.patternsSince(n) },
		"strict":      func(n *yaml.Node) { c.Strict = d.reference(n, "strict") },
		"sources":     func(n *yaml.Node) { c.Sources = d.textList(n, "sources") },
		"misprints":   func(n *yaml.Node) { d.list(n, "misprints", func(n *yaml.Node) { d.misprint(n, c) }) },
		"variants":    func(n *yaml.Node) { d.list(n, "variants", func(n *yaml.Node) { d.variant(n, c) }) },
		"errata":      func(n *yaml.Node) { c.Errata = d.textList(n, "errata") },
		"fix":         func(n *yaml.Node) { c.Remediation = d.text(n, "fix") },
		"resources":   func(n *yaml.Node) { c.Resources = d.textList(n, "resources") },
	}
}

func (d *decoder) textList(n *yaml.Node, what string) (all []string) {
	d.list(n, what, func(n *yaml.Node) { all = append(all, d.text(n, what)) })
	return all
}

// reference reads the pattern of events of CloudTrail, which are JSON.
func (d *decoder) reference(n *yaml.Node, what string) string {
	text := d.text(n, what)
	if text == "" {
		return text
	}
	switch p, err := filterpattern.Parse(text); {
	case err != nil:
		d.complain(n, "", "%s: %v", what, err)
	case p.Kind() != filterpattern.JSON:
		d.complain(n, "write it as { $.eventName = \"...\" }", "%s must be a JSON filter pattern", what)
	}
	return text
}

func (d *decoder) references(n *yaml.Node, what string) (all []string) {
	d.list(n, what, func(n *yaml.Node) { all = append(all, d.reference(n, what)) })
	return all
}

// benchmarkNumbers reads the number that a control has in each benchmark.
func (d *decoder) benchmarkNumbers(n *yaml.Node) map[string]string {
	numbers := map[string]string{}
	d.perBenchmark(n, "references", func(benchmark string, n *yaml.Node) {
		number := d.text(n, "the number in "+benchmark)
		if number != "" && d.known.Numbers != nil && !slices.Contains(d.known.Numbers(), benchmark+"/"+number) {
			d.complain(n, "", "references: %s has no control %q of this kind", benchmark, truncate(number))
		}
		numbers[benchmark] = number
	})
	return numbers
}

// patternsSince reads what has to be matched from a version of a benchmark on.
func (d *decoder) patternsSince(n *yaml.Node) map[string]string {
	patterns := map[string]string{}
	d.perBenchmark(n, "from", func(benchmark string, n *yaml.Node) { patterns[benchmark] = d.reference(n, "from "+benchmark) })
	return patterns
}

func (d *decoder) perBenchmark(n *yaml.Node, what string, visit func(benchmark string, n *yaml.Node)) {
	known := fields{}
	for _, b := range Benchmarks {
		known[b] = func(n *yaml.Node) { visit(b, n) }
	}
	d.mapping(n, what, known)
}

func (d *decoder) misprint(n *yaml.Node, c *verdict.Control) {
	var m verdict.Misprint
	d.mapping(n, "a misprint", fields{
		"pattern": func(n *yaml.Node) { m.Pattern = d.text(n, "pattern") },
		"says":    func(n *yaml.Node) { m.Says = d.text(n, "says") },
	})
	d.require(n, "a misprint", "pattern", "says")
	if !slices.Contains(c.Misprints, m) {
		c.Misprints = append(c.Misprints, m)
	}
}

// variant reads a pattern that a text prints beside the reference, and which does
// what the text wants.
func (d *decoder) variant(n *yaml.Node, c *verdict.Control) {
	var v verdict.Misprint
	d.mapping(n, "a variant", fields{
		"pattern": func(n *yaml.Node) { v.Pattern = d.reference(n, "pattern") },
		"says":    func(n *yaml.Node) { v.Says = d.text(n, "says") },
	})
	d.require(n, "a variant", "pattern", "says")
	c.Variants = append(c.Variants, v)
}
