package page

import (
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/tally"
	"github.com/iacgate/iacgate/internal/webpage"
)

// groups are the callers of an alarm or of missed events.
type groups struct {
	Rows                []group
	Others              string
	Addresses, Sessions bool // somebody asked for them
}

type group struct {
	Principal, Source, Name, Code webpage.Text
	AtLeast                       bool
	Events, Burst, Days           string
	First                         webpage.Text
	IDs, Addresses, Sessions      []webpage.Text
}

func newGroups(all []backtest.Group, others int64) (out groups) {
	for _, g := range all {
		out.Rows = append(out.Rows, group{
			webpage.NewText(g.Caller.Principal), webpage.NewText(service(g.Caller)), webpage.NewText(g.Caller.Name), webpage.NewText(g.Caller.Code), g.AtLeast,
			words.Number(g.Matches), words.Number(g.Burst), words.Number(int64(g.Days)), webpage.NewText(words.Time(g.First)),
			texts(g.Events), texts(g.Addresses), texts(g.Sessions),
		})
		out.Addresses, out.Sessions = out.Addresses || len(g.Addresses) > 0, out.Sessions || len(g.Sessions) > 0
	}
	if others > 0 {
		out.Others = words.Number(others)
	}
	return out
}

func service(c tally.Caller) string { return strings.TrimSuffix(c.Source, ".amazonaws.com") }

func callerName(c tally.Caller) string { return strings.TrimSpace(c.Principal + " " + c.Name) }

func texts(all []string) (out []webpage.Text) {
	for _, text := range all {
		out = append(out, webpage.NewText(text))
	}
	return out
}

// A part is a caller's part of a notification.
type part struct {
	Caller webpage.Text
	Events string
	IDs    []webpage.Text
}

func parts(all []backtest.Part) (out []part) {
	for _, p := range all {
		out = append(out, part{webpage.NewText(callerName(p.Caller)), words.Number(p.Matches), texts(p.Events)})
	}
	return out
}
