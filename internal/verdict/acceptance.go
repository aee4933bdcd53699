package verdict

import (
	"fmt"
	"slices"
	"time"
)

// An Acceptance is what a project accepts on one day.
type Acceptance struct {
	Waivers []*Waiver
	Levels  map[string]Level // of what there is to say of waivers, by finding code
	Now     time.Time
}

// Apply returns the results with what the waivers leave of them. A waiver
// accepts findings; where it takes several to accept every fault of a result,
// they do it together, and fail and unknown turn into waived. A warning that is
// accepted does not count. Notes say which waivers have expired, and which are
// about these results and accept nothing.
func (a Acceptance) Apply(results []Result) []Result {
	book, used := newBook(a.Waivers), map[*Waiver]bool{}
	out := make([]Result, len(results))
	for i, r := range results {
		out[i] = a.accept(r, book, used)
	}
	concerned := newConcerned(book, out)
	for _, w := range a.Waivers {
		if used[w] {
			continue
		}
		if i := concerned.first(w); i >= 0 {
			a.addNote(&out[i], "waiver-unused", unused(w, w.Expired(a.Now)))
		}
	}
	return out
}

// accept applies the waivers to one result, whose findings are its own then.
func (a Acceptance) accept(r Result, book *book, used map[*Waiver]bool) Result {
	r.Findings = slices.Clone(r.Findings)
	var late once
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Level == Note {
			continue
		}
		by, expired := a.by(book.accepting(r, *f), used)
		if f.Waiver = by; by == nil {
			late.add(expired...)
		}
	}
	if r.Verdict == Fail || r.Verdict == Unknown {
		all, complete := acceptedBy(r)
		if len(all) == 0 && !slices.ContainsFunc(r.Findings, isFault) {
			// Nothing is known to be wrong, the input does not tell enough.
			by, expired := a.by(book.whole(r), used)
			if late.add(expired...); by != nil {
				all, complete = []*Waiver{by}, true
			}
		}
		if complete {
			r.Verdict, r.Waiver = Waived, together(all)
		}
	}
	for _, w := range late.all {
		a.addNote(&r, "waiver-expired", fmt.Sprintf("the waiver %s expired on %s", waiverName(w), w.Expires))
	}
	return r
}

// by returns the first of the waivers about something that has not expired, and
// the ones that have.
func (a Acceptance) by(about []*Waiver, used map[*Waiver]bool) (first *Waiver, expired []*Waiver) {
	for _, w := range about {
		switch {
		case w.Expired(a.Now):
			expired = append(expired, w)
		case first == nil:
			first = w
		}
		used[w] = true
	}
	return first, expired
}

// isFault reports whether a finding keeps its result from passing.
func isFault(f Finding) bool { return f.Level == Error || f.Level == Unclear }

// acceptedBy returns the waivers that accept faults of a result, and whether
// they accept all of them.
func acceptedBy(r Result) (all []*Waiver, complete bool) {
	complete = true
	var accepting once
	for _, f := range r.Findings {
		switch {
		case !isFault(f):
		case f.Waiver == nil:
			complete = false
		default:
			accepting.add(f.Waiver)
		}
	}
	return accepting.all, complete && len(accepting.all) > 0
}

// together makes one waiver of several: the first with the others.
func together(all []*Waiver) *Waiver {
	first := *all[0]
	for _, w := range all[1:] {
		first.With = append(first.With, *w)
	}
	return &first
}

// once are waivers without those that come again.
type once struct {
	all  []*Waiver
	seen map[*Waiver]bool
}

func (o *once) add(more ...*Waiver) {
	if o.seen == nil {
		o.seen = map[*Waiver]bool{}
	}
	for _, w := range more {
		if !o.seen[w] {
			o.seen[w] = true
			o.all = append(o.all, w)
		}
	}
}

// addNote adds a note to a result whose findings are its own. The configuration may
// give it the level of a fault.
func (a Acceptance) addNote(r *Result, code, message string) {
	level := levelOf(a.Levels, code, Note)
	r.Findings = append(r.Findings, Finding{Code: code, Level: level, Message: message})
	r.Verdict = lowered(r.Verdict, level)
}

// levelOf returns the level that a configuration gives a code.
func levelOf(levels map[string]Level, code string, otherwise Level) Level {
	if level, ok := levels[code]; ok {
		return level
	}
	return otherwise
}

// lowered returns a verdict after a finding of some level was added.
func lowered(v Verdict, level Level) Verdict {
	switch {
	case level == Error:
		return Fail
	case level == Unclear && v != Fail:
		return Unknown
	}
	return v
}

func unused(w *Waiver, expired bool) string {
	text := "the waiver " + waiverName(w) + " matches no finding"
	if expired {
		text += ", and expired on " + w.Expires.String()
	}
	return text
}

// waiverName identifies a waiver in a message.
func waiverName(w *Waiver) string {
	text := fmt.Sprintf("%q", w.Reason)
	if w.Location != nil {
		text += fmt.Sprintf(" (%s:%d)", w.Location.File, w.Location.Line)
	}
	return text
}
