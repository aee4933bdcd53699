package cfn

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
)

// maxCases bounds the cases that a template without all of its parameters is
// taken apart into.
const maxCases = 64

// A world is one way in which a template may come out: what is assumed of
// parameters without a value, and what evaluation found.
type world struct {
	assumed  map[string]string   // values, by symbol
	excluded map[string][]string // values that it is not, by symbol
	truths   map[string]bool     // comparisons that are taken for true or false

	run       *run
	roots     []*stack // in the order of the inputs
	resources []*resource.Resource
	total     int      // resources of any type
	importing []string // names of exports that are being looked up

	idle    bool                       // what is evaluated decides nothing
	veiled  map[string]bool            // symbols whose values are not to be told
	texts   int                        // bytes of the texts that functions made
	steps   int                        // values that were evaluated
	open    []decider                  // what decides and is not known, in the order of evaluation
	origins map[string]resource.Origin // of symbols that may be equal to anything
	secrets map[string]bool
	failure *diag.Diagnostic

	incomplete, notes []string
	gaps              []resource.Gap
	unmade            []string // resources whose condition is false
}

// A decider is a symbol whose value decides what there is, or a comparison
// whose outcome does.
type decider struct {
	symbol string
	words  string   // what it is called
	values []string // those that make a difference
	closed bool     // it has one of these values
	truth  bool     // it is a comparison
}

func newWorld() *world {
	return &world{
		assumed: map[string]string{}, excluded: map[string][]string{}, truths: map[string]bool{},
		origins: map[string]resource.Origin{}, secrets: map[string]bool{}, veiled: map[string]bool{},
	}
}

// branch is a world with the same assumptions and nothing found yet.
func (w *world) branch() *world {
	b := newWorld()
	b.assumed, b.excluded, b.truths, b.veiled = maps.Clone(w.assumed), maps.Clone(w.excluded), maps.Clone(w.truths), maps.Clone(w.veiled)
	return b
}

// split returns the worlds that differ in a decider.
func (w *world) split(d decider) []*world {
	var worlds []*world
	if d.truth {
		for _, truth := range []bool{true, false} {
			b := w.branch()
			b.truths[d.symbol] = truth
			worlds = append(worlds, b)
		}
		return worlds
	}
	for _, value := range d.values {
		b := w.branch()
		b.assumed[d.symbol] = value
		worlds = append(worlds, b)
	}
	if !d.closed {
		b := w.branch()
		b.excluded[d.symbol] = append(slices.Clone(b.excluded[d.symbol]), d.values...)
		worlds = append(worlds, b)
	}
	return worlds
}

// when puts the assumptions into words: Email is "", Stage is none of "a", "b".
func (w *world) when() []string {
	var words []string
	for _, symbol := range sortedKeys(w.assumed) {
		words = append(words, symbol+" is "+w.quoted(symbol, []string{w.assumed[symbol]}))
	}
	for _, symbol := range sortedKeys(w.excluded) {
		if _, settled := w.assumed[symbol]; !settled {
			words = append(words, symbol+" is not "+w.quoted(symbol, w.excluded[symbol]))
		}
	}
	for _, comparison := range sortedKeys(w.truths) {
		if w.truths[comparison] {
			words = append(words, comparison)
		} else {
			words = append(words, "not "+comparison)
		}
	}
	return words
}

// quoted writes values of a symbol, as far as they may be told.
func (w *world) quoted(symbol string, values []string) string {
	if w.veiled[symbol] && !slices.Equal(values, []string{""}) {
		return "(sensitive)"
	}
	return quoted(values)
}

func quoted(values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprintf("%q", v)
	}
	return strings.Join(words, " or ")
}

// undecided notes what decides, and merges what is compared with one symbol.
func (w *world) undecided(d decider) {
	if w.idle {
		return
	}
	for i := range w.open {
		if w.open[i].symbol == d.symbol {
			for _, v := range d.values {
				if !slices.Contains(w.open[i].values, v) {
					w.open[i].values = append(w.open[i].values, v)
				}
			}
			return
		}
	}
	w.open = append(w.open, d)
}

// loose makes a value that may be equal to anything.
func (w *world) loose(symbol string, o resource.Origin) resource.Value {
	symbol = symbolSafe(symbol)
	w.origins[symbol] = o
	return resource.StringValue(resource.Symbol(symbol))
}

// symbolSafe takes out of a symbol's name what separates the parts of an ARN,
// and the symbols in it. Two names never become one.
func symbolSafe(name string) string { return separators.Replace(name) }

// What is put in stays readable; where it stands already it is written in
// another way.
var separators = strings.NewReplacer(
	"%", "%25", ":", "∶", "∶", "%2236", "/", "∕", "∕", "%2215", "\uFFF9", "‹", "‹", "%2039", "\uFFFB", "›", "›", "%203A",
)

// maxVia bounds how many names an origin tells.
const maxVia = 8

// originOf returns the origin of a text in which something may be anything.
func (w *world) originOf(text string) (o resource.Origin, loose bool) {
	for _, symbol := range resource.Symbols(text) {
		one, ok := w.origins[symbol]
		if !ok {
			continue
		}
		if !loose || one.Cause == resource.Variable {
			o.Cause = one.Cause
		}
		loose = true
		o.Deciders = append(o.Deciders, one.Deciders...)
		for _, via := range one.Via {
			if len(o.Via) < maxVia && !slices.Contains(o.Via, via) {
				o.Via = append(o.Via, via)
			}
		}
	}
	o.Symbolic = text
	return o, loose
}

// finish turns texts that may be equal to anything into unknown values, inside
// a value, too.
func (w *world) finish(v resource.Value) resource.Value {
	out := v
	switch v.Kind() {
	case resource.String:
		text, _ := v.Text()
		if o, loose := w.originOf(text); loose {
			out = resource.UnknownValue(o)
		} else if !resource.Text(text).IsLiteral() {
			out = resource.UnknownValue(resource.Origin{Cause: resource.Composed, Certain: true, Symbolic: text})
		} else if v.IsSensitive() && text != "" {
			w.secrets[text] = true
		}
	case resource.List:
		items := make([]resource.Value, 0, len(v.List()))
		for _, e := range v.List() {
			items = append(items, w.finish(e))
		}
		out = resource.ListValue(items...)
	case resource.Map:
		fields := make(map[string]resource.Value)
		for _, k := range v.Keys() {
			fields[k] = w.finish(v.Get(k))
		}
		out = resource.MapValue(fields)
	}
	if v.IsSensitive() {
		return out.AsSensitive()
	}
	return out
}

func (w *world) note(to *[]string, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(*to, text) {
		*to = append(*to, text)
	}
}

// veil takes what is not to be echoed out of an error.
func (w *world) veil(e *diag.Diagnostic) *diag.Diagnostic {
	secrets := append(slices.Clone(w.run.secrets), sortedKeys(w.secrets)...)
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) })
	veiled := *e
	for _, secret := range secrets {
		quoted := strings.Trim(strconv.Quote(secret), `"`) // as errors quote a value
		hide := strings.NewReplacer(secret, "(sensitive)", quoted, "(sensitive)").Replace
		veiled.Message, veiled.Hint, veiled.File = hide(veiled.Message), hide(veiled.Hint), hide(veiled.File)
	}
	return &veiled
}

// fail keeps the first error.
func (w *world) fail(e *diag.Diagnostic) {
	if w.failure == nil {
		w.failure = e
	}
}

// branches are the worlds that differ in the first thing that is open. Things
// with one outcome are settled with it.
func (w *world) branches() []*world {
	branches := []*world{w}
	for i, d := range w.open {
		if i > 0 && (d.truth || !d.closed || len(d.values) != 1) {
			continue
		}
		var next []*world
		for _, b := range branches {
			next = append(next, b.split(d)...)
		}
		branches = next
	}
	return branches
}
