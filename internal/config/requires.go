package config

import (
	"cmp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// requires reads which versions of iacgate the configuration is written for.
func (d *decoder) requires(n *yaml.Node) string {
	text := d.text(n, "requires")
	if text == "" {
		return ""
	}
	if _, ok := parseRequirement(text); !ok {
		d.complain(n, `write comparisons joined by commas: ">=0.3, <2"`, "requires: %q is not a version requirement", text)
	}
	return text
}

// AllowsVersion reports whether a version of iacgate meets Requires. A build between
// releases, (devel) or 0.0.0-..., meets everything.
func (c Config) AllowsVersion(version string) bool {
	have, ok := parseVersion(strings.TrimPrefix(version, "v"))
	bounds, valid := parseRequirement(c.Requires)
	if !ok || !valid || have == [3]int{} {
		return true
	}
	for _, b := range bounds {
		if !b.allows(have) {
			return false
		}
	}
	return true
}

type bound struct {
	operator string
	version  [3]int
}

func (b bound) allows(have [3]int) bool {
	order := cmp.Or(cmp.Compare(have[0], b.version[0]), cmp.Compare(have[1], b.version[1]), cmp.Compare(have[2], b.version[2]))
	switch b.operator {
	case ">=":
		return order >= 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	case "<":
		return order < 0
	}
	return order == 0
}

func parseRequirement(text string) (bounds []bound, ok bool) {
	if text == "" {
		return nil, true
	}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		number := strings.TrimLeft(part, "<>=")
		b := bound{operator: part[:len(part)-len(number)]}
		if b.version, ok = parseVersion(strings.TrimSpace(number)); !ok {
			return nil, false
		}
		switch b.operator {
		case ">=", ">", "<=", "<", "=", "":
		default:
			return nil, false
		}
		bounds = append(bounds, b)
	}
	return bounds, true
}

// parseVersion reads 1, 1.2 or 1.2.3; what follows a hyphen or plus does not
// count.
func parseVersion(text string) (v [3]int, ok bool) {
	if i := strings.IndexAny(text, "-+"); i >= 0 {
		text = text[:i]
	}
	parts := strings.Split(text, ".")
	if len(parts) > 3 {
		return v, false
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 {
			return v, false
		}
		v[i] = n
	}
	return v, true
}
