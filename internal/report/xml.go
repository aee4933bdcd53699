package report

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// XML writes a document as indented XML.
func writeXML(w io.Writer, document any) error {
	raw, err := xml.MarshalIndent(document, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(raw)+"\n")
	return err
}

// xmlText makes a text from the input valid in XML: [terminal.Clean] leaves two
// characters that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets).
func xmlText(s string) string { return xmlRunes(terminal.Clean(s)) }

func xmlRunes(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 0xfffe || r == 0xffff {
			return 0xfffd
		}
		return r
	}, s)
}
