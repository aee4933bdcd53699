// Package webpage has what all HTML pages of iacgate share: colours for light and dark, the style
// of headings, tables and cards, and a security policy under which a page has no scripts
// and fetches nothing.
package webpage

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
)

//go:embed colors.css
var colors string

//go:embed base.css
var base string

// Style returns the style sheet of a page that has some rules of its own.
func Style(own string) string { return "\n" + colors + base + own }

// Policy returns the Content-Security-Policy that allows a style sheet and nothing else,
// whatever names a page contains (https://www.w3.org/TR/CSP3/).
func Policy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}
