package page

import (
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// data describes the records that were read.
type data struct {
	Lines, Remarks []webpage.Text
	Regions        []region
	Gaps           []gap
	More           string
}

type region struct {
	Account, Region webpage.Text
	Hours           string
}

// maxGaps is how many gaps are listed.
const maxGaps = 20

type gap struct{ From, To, Hours, What string }

func newData(d backtest.Data) data {
	out := data{Lines: texts(words.Data(d)), Remarks: texts(words.Remarks(d))}
	for _, r := range d.Regions {
		out.Regions = append(out.Regions, region{webpage.NewText(r.Account), webpage.NewText(r.Region), words.Number(int64(r.Hours))})
	}
	for i, g := range d.Gaps {
		if i == maxGaps {
			out.More = words.Number(int64(len(d.Gaps) - i))
			break
		}
		what := "silent or missing"
		if g.Proven {
			what = "silent, as digests prove"
		}
		out.Gaps = append(out.Gaps, gap{words.Time(g.From), words.Time(g.To), words.Number(int64(g.Hours)), what})
	}
	return out
}
