package cfn

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
)

// maxCases bounds the cases of a template without all of its parameters.
const maxCases = 64

// A scenario is one possible outcome of a template: the assumptions about parameters
// without a value, and the results of the evaluation.
type scenario struct {
	assumed     map[string]string   // values, by symbol
	excluded    map[string][]string // values that it is not, by symbol
	comparisons map[string]bool     // comparisons that are taken for true or false

	shared    *shared
	roots     []*stack // in the order of the inputs
	resources []*resource.Resource
	total     int                             // resources of any type
	importing []string                        // names of exports that are being looked up
	returned  map[resource.Ref]resource.Value // outputs that were asked for

	irrelevant    bool                       // what is evaluated decides nothing
	hiddenSymbols map[string]bool            // symbols whose values are not to be shown
	texts         int                        // bytes of the texts that functions made
	steps         int                        // values that were evaluated
	undecided     []undecidedCondition       // what decides and is not known, in the order of evaluation
	origins       map[string]resource.Origin // of symbols that may be equal to anything
	secrets       map[string]bool
	failure       *diag.Diagnostic

	incomplete, notes []string
	gaps              []resource.Gap
	notMade           []string // resources whose condition is false
}

// An undecidedCondition is a symbol, or a comparison, that decides which resources
// exist.
type undecidedCondition struct {
	symbol       string
	words        string   // what it is called
	values       []string // those that make a difference
	closed       bool     // it has one of these values
	isComparison bool     // it is a comparison
}

func newScenario() *scenario {
	return &scenario{
		assumed: map[string]string{}, excluded: map[string][]string{}, comparisons: map[string]bool{},
		returned: map[resource.Ref]resource.Value{}, origins: map[string]resource.Origin{}, secrets: map[string]bool{}, hiddenSymbols: map[string]bool{},
	}
}

// fork returns a scenario with the same assumptions and no results.
func (sc *scenario) fork() *scenario {
	b := newScenario()
	b.assumed, b.excluded, b.comparisons, b.hiddenSymbols = maps.Clone(sc.assumed), maps.Clone(sc.excluded), maps.Clone(sc.comparisons), maps.Clone(sc.hiddenSymbols)
	return b
}

// split returns the scenarios that differ in a decider.
func (sc *scenario) split(d undecidedCondition) []*scenario {
	var scenarios []*scenario
	if d.isComparison {
		for _, truth := range []bool{true, false} {
			b := sc.fork()
			b.comparisons[d.symbol] = truth
			scenarios = append(scenarios, b)
		}
		return scenarios
	}
	for _, value := range d.values {
		b := sc.fork()
		b.assumed[d.symbol] = value
		scenarios = append(scenarios, b)
	}
	if !d.closed {
		b := sc.fork()
		b.excluded[d.symbol] = append(slices.Clone(b.excluded[d.symbol]), d.values...)
		scenarios = append(scenarios, b)
	}
	return scenarios
}

// assumptionTexts puts the assumptions into words: Email is "", Stage is none of "a", "b".
func (sc *scenario) assumptionTexts() []string {
	var words []string
	for _, symbol := range slices.Sorted(maps.Keys(sc.assumed)) {
		words = append(words, symbol+" is "+sc.quoted(symbol, []string{sc.assumed[symbol]}))
	}
	for _, symbol := range slices.Sorted(maps.Keys(sc.excluded)) {
		if _, settled := sc.assumed[symbol]; !settled {
			words = append(words, symbol+" is not "+sc.quoted(symbol, sc.excluded[symbol]))
		}
	}
	for _, comparison := range slices.Sorted(maps.Keys(sc.comparisons)) {
		if sc.comparisons[comparison] {
			words = append(words, comparison)
		} else {
			words = append(words, "not "+comparison)
		}
	}
	return words
}

// quoted writes values of a symbol, as far as they may be shown.
func (sc *scenario) quoted(symbol string, values []string) string {
	if sc.hiddenSymbols[symbol] && !slices.Equal(values, []string{""}) {
		return "(sensitive)"
	}
	return quoted(values)
}

// noteUndecided notes what decides, and merges what is compared with one symbol.
func (sc *scenario) noteUndecided(d undecidedCondition) {
	if sc.irrelevant {
		return
	}
	for i := range sc.undecided {
		if sc.undecided[i].symbol == d.symbol {
			for _, v := range d.values {
				if !slices.Contains(sc.undecided[i].values, v) {
					sc.undecided[i].values = append(sc.undecided[i].values, v)
				}
			}
			return
		}
	}
	sc.undecided = append(sc.undecided, d)
}

// unknownText returns a value that may equal anything.
func (sc *scenario) unknownText(symbol string, o resource.Origin) resource.Value {
	symbol = symbolSafe(symbol)
	sc.origins[symbol] = o
	return resource.StringValue(resource.Symbol(symbol))
}

// symbolSafe takes out of a symbol's name what separates the parts of an ARN,
// and the symbols in it. Two names never become one.
func symbolSafe(name string) string { return separators.Replace(name) }

// The replacements stay readable; characters that the text has already are escaped.
var separators = strings.NewReplacer(
	"%", "%25", ":", "∶", "∶", "%2236", "/", "∕", "∕", "%2215", "\uFFF9", "‹", "‹", "%2039", "\uFFFB", "›", "›", "%203A",
)

// maxVia bounds the names in an origin.
const maxVia = 8

// originOf returns the origin of a text in which something may be anything.
func (sc *scenario) originOf(text string) (o resource.Origin, loose bool) {
	for _, symbol := range resource.Symbols(text) {
		one, ok := sc.origins[symbol]
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
func (sc *scenario) finish(v resource.Value) resource.Value {
	if v.IsPlain() {
		return v
	}
	out := v
	switch v.Kind() {
	case resource.String:
		text, _ := v.Text()
		if o, loose := sc.originOf(text); loose {
			out = resource.UnknownValue(o)
		} else if !resource.Text(text).IsLiteral() {
			out = resource.UnknownValue(resource.Origin{Cause: resource.Composed, Certain: true, Symbolic: text})
		} else if v.IsSensitive() && text != "" {
			sc.secrets[text] = true
		}
	case resource.List:
		items := make([]resource.Value, 0, len(v.List()))
		for _, e := range v.List() {
			items = append(items, sc.finish(e))
		}
		out = resource.ListValue(items...)
	case resource.Map:
		fields := make(map[string]resource.Value)
		for _, k := range v.Keys() {
			fields[k] = sc.finish(v.Get(k))
		}
		out = resource.MapValue(fields)
	}
	if v.IsSensitive() {
		return out.AsSensitive()
	}
	return out
}

func (sc *scenario) note(to *[]string, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(*to, text) {
		*to = append(*to, text)
	}
}

// hideSecrets hides NoEcho values in an error.
func (sc *scenario) hideSecrets(e *diag.Diagnostic) *diag.Diagnostic {
	secrets := append(slices.Clone(sc.shared.secrets), slices.Sorted(maps.Keys(sc.secrets))...)
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
func (sc *scenario) fail(e *diag.Diagnostic) {
	if sc.failure == nil {
		sc.failure = e
	}
}

// alternatives returns the scenarios that differ in the first undecided condition. One
// with a single outcome is decided.
func (sc *scenario) alternatives() []*scenario {
	alternatives := []*scenario{sc}
	for i, d := range sc.undecided {
		if i > 0 && (d.isComparison || !d.closed || len(d.values) != 1) {
			continue
		}
		var next []*scenario
		for _, b := range alternatives {
			next = append(next, b.split(d)...)
		}
		alternatives = next
	}
	return alternatives
}

// shared is the state that all scenarios of one call of Read share.
type shared struct {
	ctx        context.Context
	evaluators map[string]evaluator // of intrinsic functions, by name
	spent      int                  // bytes that functions went through
	files      map[string]*template // nested templates by path
	nested     map[string]string    // their paths by the addresses of their stacks
	secrets    []string             // given to parameters that are not to be echoed
}

// An evaluator evaluates an intrinsic function of an argument, at a place.
type evaluator func(s *stack, argument *node, at place) resource.Value

// gap notes what was not read, and may hold anything.
func (sc *scenario) gap(format string, args ...any) {
	sc.addGap(resource.Gap{Text: fmt.Sprintf(format, args...)})
}

func (sc *scenario) addGap(g resource.Gap) {
	if !slices.ContainsFunc(sc.gaps, func(o resource.Gap) bool { return o.Text == g.Text }) {
		sc.gaps = append(sc.gaps, g)
	}
}

// displayQuoted writes a text with symbols for people.
func displayQuoted(text string) string {
	for _, symbol := range resource.Symbols(text) {
		text = strings.ReplaceAll(text, resource.Symbol(symbol), "${"+symbol+"}")
	}
	return `"` + text + `"`
}

// display writes a text with symbols for people.
func display(text string) string { return strings.Trim(displayQuoted(text), `"`) }
