package access

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// A World has what checks of access need: the resources of one world of an input, and the
// kind of the input.
type World struct {
	graph    *graph.Graph
	deleted  []*resource.Resource // what the plan deletes
	gap      string               // what was not read, "" if all was
	existing bool                 // the input says which resources exist already
	elements *int                 // of policies, that requests were put to
	regions  []string             // those that nothing states; nil until they are asked for

	sure   *World // of what exists for certain, once it is asked for
	isSure bool
}

// NewWorld returns the world of a graph; doc describes the input.
func NewWorld(doc *resource.Document, g *graph.Graph) *World {
	w := &World{graph: g, elements: new(int), existing: doc.Format != resource.HCL && doc.Format != resource.CloudFormation}
	for _, r := range doc.Before {
		if r.Change.Action == resource.Delete {
			w.deleted = append(w.deleted, r)
		}
	}
	for _, gap := range slices.Concat(doc.Incomplete, resource.GapTexts(doc.Gaps)) {
		w.gap = cmp.Or(w.gap, gap)
	}
	return w
}

// evaluate evaluates policies for a request. The region may come from the environment of
// the plan: a request that is only refused because of it is unknown.
func (w *World) evaluate(docs []iampolicy.Document, request iampolicy.Request) iampolicy.Result {
	if !w.countElements(docs) {
		return iampolicy.Result{Decision: iampolicy.Unknown, Reason: tooMuchPolicy}
	}
	result := iampolicy.Evaluate(docs, request)
	if result.Decision != iampolicy.Denied && result.Decision != iampolicy.NotAllowed {
		return result
	}
	elsewhere, changed := w.inUnknownRegion(request)
	if !changed {
		return result
	}
	if second := iampolicy.Evaluate(docs, elsewhere); second.Decision != result.Decision {
		second.Decision = iampolicy.Unknown
		second.Reason = "the code sets no region, and in the region of the plan's environment " + result.Reason
		return second
	}
	return result
}

// inUnknownRegion returns the request with an unknown region.
func (w *World) inUnknownRegion(request iampolicy.Request) (r iampolicy.Request, changed bool) {
	regions := w.ambientRegions()
	vague := func(texts []iampolicy.Text) []iampolicy.Text {
		out := slices.Clone(texts)
		for i := range out {
			for _, region := range regions {
				text := strings.ReplaceAll(out[i].Text, region, iampolicy.UnknownMark)
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

// ambientRegions returns the regions that nothing in the input states.
func (w *World) ambientRegions() []string {
	if w.regions == nil {
		w.regions = w.findAmbientRegions()
	}
	return w.regions
}

func (w *World) findAmbientRegions() []string {
	out := []string{}
	for _, a := range w.graph.Alarms {
		if s := a.Scope(); s.RegionFromEnv && !slices.Contains(out, s.Region) {
			out = append(out, s.Region)
		}
	}
	for _, l := range w.graph.LogGroups {
		if l.Place.RegionFromEnv && !slices.Contains(out, l.Place.Region) {
			out = append(out, l.Place.Region)
		}
	}
	return out
}

// maxElements bounds the elements of policies, counted for each request.
const maxElements = 250_000

const tooMuchPolicy = "the input has too many policies to evaluate all of them"

// countElements counts the elements of the policies of a request, and reports whether the
// bound allows them.
func (w *World) countElements(docs []iampolicy.Document) bool {
	for _, doc := range docs {
		for _, s := range doc.Statements {
			*w.elements += elements(s)
		}
	}
	return !w.exhausted()
}

// exhausted reports whether the bound is reached.
func (w *World) exhausted() bool { return *w.elements > maxElements }

func elements(s iampolicy.Statement) int {
	n := 1 + len(s.Actions) + len(s.NotActions) + len(s.Resources) + len(s.NotResources)
	for _, p := range s.Principals {
		n += len(p.IDs)
	}
	for _, p := range s.NotPrincipals {
		n += len(p.IDs)
	}
	for _, c := range s.Conditions {
		n += len(c.Values)
	}
	return n
}

// findDeleted returns the resource of a type that this plan deletes and that an
// attribute identifies; nil if there is none.
func (w *World) findDeleted(typ, attribute, text string) *resource.Resource {
	for _, r := range w.deleted {
		if known, ok := r.Attr(attribute).Text(); r.Type == typ && ok && text != "" && known == text {
			return r
		}
	}
	return nil
}
