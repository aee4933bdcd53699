package report

import "github.com/iacgate/iacgate/internal/webpage"

// A webFact is one of the short texts below a heading.
type webFact struct {
	Class string
	Text  webpage.Text
}

// newWebFact returns a fact with a label; one without text is not shown.
func newWebFact(class, before, text string) webFact {
	if text == "" {
		return webFact{}
	}
	return webFact{class, webpage.NewText(before + text)}
}
