package analysis

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/iampolicy"
)

// evaluate puts a request to policies. The region of the environment that a plan
// was made in refutes nothing: what is refused only because of it cannot be
// known.
func (b *builder) evaluate(docs []iampolicy.Document, request iampolicy.Request) iampolicy.Result {
	if !b.work.reads(docs) {
		return iampolicy.Result{Decision: iampolicy.Unknown, Reason: tooMuchPolicy}
	}
	result := iampolicy.Evaluate(docs, request)
	if result.Decision != iampolicy.Denied && result.Decision != iampolicy.NotAllowed {
		return result
	}
	elsewhere, changed := b.elsewhere(request)
	if !changed {
		return result
	}
	if second := iampolicy.Evaluate(docs, elsewhere); second.Decision != result.Decision {
		second.Decision = iampolicy.Unknown
		second.Reason = "the code states no region, and in that of the plan's environment " + result.Reason
		return second
	}
	return result
}

// elsewhere is the request as it would be in a region that is not known.
func (b *builder) elsewhere(request iampolicy.Request) (r iampolicy.Request, changed bool) {
	regions := b.ambientRegions()
	vague := func(texts []iampolicy.Text) []iampolicy.Text {
		out := slices.Clone(texts)
		for i := range out {
			for _, region := range regions {
				text := strings.ReplaceAll(out[i].Text, region, iampolicy.Hole)
				changed = changed || text != out[i].Text
				out[i].Text = text
			}
		}
		return out
	}
	r = request
	r.Resources = vague(request.Resources)
	r.Context = map[string][]iampolicy.Text{}
	for key, texts := range request.Context {
		r.Context[key] = vague(texts)
	}
	return r, changed
}

// ambientRegions are the regions that nothing in the input states.
func (b *builder) ambientRegions() []string {
	if b.regions == nil {
		b.regions = b.findAmbientRegions()
	}
	return b.regions
}

func (b *builder) findAmbientRegions() []string {
	out := []string{}
	for _, a := range b.graph.Alarms {
		if s := a.Scope(); s.RegionFromEnv && !slices.Contains(out, s.Region) {
			out = append(out, s.Region)
		}
	}
	for _, l := range b.graph.LogGroups {
		if l.Place.RegionFromEnv && !slices.Contains(out, l.Place.Region) {
			out = append(out, l.Place.Region)
		}
	}
	return out
}
