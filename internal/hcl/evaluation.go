package hcl

import (
	"context"
	"fmt"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/resource"
)

// maxInstances bounds the instances of one resource or module call. Real ones stay far
// below.
const maxInstances = 10_000

// An evaluation is one reading of one root module.
type evaluation struct {
	*eval.Evaluator
	*load.Loader
	options   Options
	keep      func(resource.Mode, string) bool
	selected  *Workspace // once it is found
	instances int
	scopes    int

	gaps    []resource.Gap
	secrets map[string]bool
	given   map[string]cty.Value // of the root module's variables
}

func NewEvaluation(ctx context.Context, o Options) (*evaluation, error) {
	ev := &evaluation{options: o, keep: o.Keep, secrets: map[string]bool{}}
	var err error
	ev.Loader, err = load.New(ctx, load.Options{Dir: o.Dir, Boundary: o.Boundary, Named: o.Named, NoTofu: o.NoTofu, Environ: o.Environ})
	if err != nil {
		return nil, err
	}
	ev.Evaluator = eval.New(ctx, ev.Tree.Shown, ev.Tree.ReadNamed)
	for _, p := range ev.Problems {
		ev.Note("%s", p)
	}
	return ev, nil
}

// markGap notes what was not read, once. Beyond the bound one gap stands for all.
func (ev *evaluation) markGap(g resource.Gap) {
	known := slices.ContainsFunc(ev.gaps, func(o resource.Gap) bool { return o.Text == g.Text })
	switch {
	case known || len(ev.gaps) > eval.MaxNotes:
	case len(ev.gaps) == eval.MaxNotes:
		ev.gaps = append(ev.gaps, resource.Gap{Text: fmt.Sprintf("more than %d parts of the code were not read", eval.MaxNotes)})
	default:
		ev.gaps = append(ev.gaps, g)
	}
}
