package alarm

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A MathPoint is a point of a series, or of what metric math makes of several.
type MathPoint struct {
	Value   float64
	Missing bool
}

// Math is an expression of metric math over other queries, by their ids.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
type Math struct {
	eval func(points map[string]MathPoint) MathPoint
	// IDs are the queries that it asks for, Metrics says that it asks for all metrics.
	IDs     []string
	Metrics bool
}

// At returns the point of the expression where the queries have these.
func (m Math) At(points map[string]MathPoint) MathPoint { return m.eval(points) }

// ParseMath reads an expression whose value in a period depends on the points of
// that period alone. An error says what of it is not understood.
func ParseMath(text string) (m Math, err error) {
	p := mathParser{tokens: mathTokens(text)}
	defer func() {
		if r := recover(); r != nil {
			fault, ok := r.(mathError)
			if !ok {
				panic(r)
			}
			m, err = Math{}, fault
		}
	}()
	value := p.comparison()
	if t := p.next(); t != "" {
		p.fail("%q", t)
	}
	m = Math{IDs: p.ids, Metrics: p.metrics}
	m.eval = func(points map[string]MathPoint) MathPoint { return value(points).one() }
	return m, nil
}

type mathError string

func (e mathError) Error() string { return string(e) }

// A mathValue is one point, or the points of an array of series.
type mathValue []MathPoint

func (v mathValue) one() MathPoint {
	if len(v) != 1 {
		return MathPoint{Missing: true}
	}
	return v[0]
}

type mathNode func(points map[string]MathPoint) mathValue

// A mathParser reads tokens. Errors are panics of mathError, which ParseMath takes.
type mathParser struct {
	tokens  []string
	ids     []string
	metrics bool
	depth   int
}

const maxMathDepth = 64

func (p *mathParser) fail(format string, args ...any) { panic(mathError(fmt.Sprintf(format, args...))) }

func (p *mathParser) peek() string {
	if len(p.tokens) == 0 {
		return ""
	}
	return p.tokens[0]
}

func (p *mathParser) next() string {
	t := p.peek()
	if t != "" {
		p.tokens = p.tokens[1:]
	}
	return t
}

func (p *mathParser) expect(want string) {
	if got := p.next(); got != want {
		p.fail("%q where %q is expected", got, want)
	}
}

// mathTokens splits an expression into names, numbers and signs.
func mathTokens(text string) (tokens []string) {
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.' }
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		length := strings.IndexFunc(text, func(r rune) bool { return !part(r) })
		switch {
		case length < 0:
			length = len(text)
		case length == 0:
			length = 1
			if len(text) > 1 && slices.Contains([]string{"<=", ">=", "==", "!=", "&&", "||"}, text[:2]) {
				length = 2
			}
		}
		tokens = append(tokens, text[:length])
		text = text[length:]
	}
	return tokens
}

// comparison returns the loosest level: comparisons and logic have the value 1 or 0.
func (p *mathParser) comparison() mathNode {
	return p.binary(p.sum, map[string]func(a, b float64) float64{
		"<": truth(func(a, b float64) bool { return a < b }), ">": truth(func(a, b float64) bool { return a > b }),
		"<=": truth(func(a, b float64) bool { return a <= b }), ">=": truth(func(a, b float64) bool { return a >= b }),
		"==": truth(func(a, b float64) bool { return a == b }), "!=": truth(func(a, b float64) bool { return a != b }),
	})
}

func truth(holds func(a, b float64) bool) func(a, b float64) float64 {
	return func(a, b float64) float64 {
		if holds(a, b) {
			return 1
		}
		return 0
	}
}

func (p *mathParser) sum() mathNode {
	return p.binary(p.product, map[string]func(a, b float64) float64{
		"+": func(a, b float64) float64 { return a + b }, "-": func(a, b float64) float64 { return a - b },
	})
}

func (p *mathParser) product() mathNode {
	return p.binary(p.factor, map[string]func(a, b float64) float64{
		"*": func(a, b float64) float64 { return a * b }, "/": func(a, b float64) float64 { return a / b },
	})
}

// binary reads operands and the signs between them, from the left. Where one side
// has no point the whole has none.
func (p *mathParser) binary(operand func() mathNode, signs map[string]func(a, b float64) float64) mathNode {
	left := operand()
	for {
		sign, ok := signs[p.peek()]
		if !ok {
			return left
		}
		p.next()
		a, b := left, operand()
		left = func(points map[string]MathPoint) mathValue {
			x, y := a(points).one(), b(points).one()
			if x.Missing || y.Missing {
				return mathValue{{Missing: true}}
			}
			return mathValue{number64(sign(x.Value, y.Value))}
		}
	}
}

// number64 returns a point where there is a number: 1/0 is none.
func number64(f float64) MathPoint {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return MathPoint{Missing: true}
	}
	return MathPoint{Value: f}
}

func (p *mathParser) factor() mathNode {
	if p.depth++; p.depth > maxMathDepth {
		p.fail("it is nested too deeply")
	}
	defer func() { p.depth-- }()
	switch t := p.next(); {
	case t == "-":
		inner := p.factor()
		return mapped(inner, func(f float64) float64 { return -f })
	case t == "(":
		inner := p.comparison()
		p.expect(")")
		return inner
	case t == "[":
		return array(p.list("]"))
	case t != "" && (unicode.IsDigit(rune(t[0])) || t[0] == '.'):
		return p.constant(t)
	case t != "" && unicode.IsLower(rune(t[0])):
		return p.query(t)
	case t != "" && unicode.IsUpper(rune(t[0])) && p.peek() == "(":
		p.next()
		return p.call(t, p.list(")"))
	default:
		p.fail("%q", t)
		return nil
	}
}

func (p *mathParser) constant(text string) mathNode {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		p.fail("%q is not a number", text)
	}
	return func(map[string]MathPoint) mathValue { return mathValue{{Value: f}} }
}

func (p *mathParser) query(id string) mathNode {
	if !slices.Contains(p.ids, id) {
		p.ids = append(p.ids, id)
	}
	return func(points map[string]MathPoint) mathValue {
		if point, ok := points[id]; ok {
			return mathValue{point}
		}
		return mathValue{{Missing: true}}
	}
}

// list reads arguments up to a closing sign.
func (p *mathParser) list(end string) (list []mathNode) {
	for p.peek() != end {
		list = append(list, p.comparison())
		if p.peek() == "," {
			p.next()
		} else if p.peek() != end {
			p.fail("%q in a list", p.peek())
		}
	}
	p.next()
	return list
}

func array(list []mathNode) mathNode {
	return func(points map[string]MathPoint) (all mathValue) {
		for _, n := range list {
			all = append(all, n(points)...)
		}
		return all
	}
}

func mapped(inner mathNode, f func(float64) float64) mathNode {
	return func(points map[string]MathPoint) mathValue {
		x := inner(points).one()
		if x.Missing {
			return mathValue{x}
		}
		return mathValue{number64(f(x.Value))}
	}
}

// call returns a function. Those that look at other periods are not understood.
func (p *mathParser) call(name string, args []mathNode) mathNode {
	single := map[string]func(float64) float64{"CEIL": math.Ceil, "FLOOR": math.Floor, "ABS": math.Abs}
	over := map[string]func([]float64) float64{"SUM": total, "MAX": slices.Max[[]float64], "MIN": slices.Min[[]float64], "AVG": average}
	switch {
	case name == "METRICS" && len(args) == 0:
		p.metrics = true
		return metrics
	case single[name] != nil && len(args) == 1:
		return mapped(args[0], single[name])
	case over[name] != nil && len(args) > 0:
		return combined(array(args), over[name])
	case name == "FILL" && len(args) == 2:
		return filled(args[0], args[1])
	case name == "IF" && (len(args) == 2 || len(args) == 3):
		return chosen(args)
	}
	p.fail("%s with %d arguments", name, len(args))
	return nil
}

// metrics returns the points of all queries that are metrics, in the order of their
// ids.
func metrics(points map[string]MathPoint) (all mathValue) {
	for _, point := range points {
		all = append(all, point)
	}
	return all
}

func total(values []float64) (sum float64) {
	for _, v := range values {
		sum += v
	}
	return sum
}

func average(values []float64) float64 { return total(values) / float64(len(values)) }

// combined makes one series of several: a missing point counts as nothing, and
// where all are missing so is theirs.
func combined(list mathNode, f func([]float64) float64) mathNode {
	return func(points map[string]MathPoint) mathValue {
		var values []float64
		for _, point := range list(points) {
			if !point.Missing {
				values = append(values, point.Value)
			}
		}
		if len(values) == 0 {
			return mathValue{{Missing: true}}
		}
		return mathValue{number64(f(values))}
	}
}

func filled(series, with mathNode) mathNode {
	return func(points map[string]MathPoint) mathValue {
		if x := series(points).one(); !x.Missing {
			return mathValue{x}
		}
		return mathValue{with(points).one()}
	}
}

func chosen(args []mathNode) mathNode {
	return func(points map[string]MathPoint) mathValue {
		switch condition := args[0](points).one(); {
		case condition.Missing:
			return mathValue{condition}
		case condition.Value != 0:
			return mathValue{args[1](points).one()}
		case len(args) == 3:
			return mathValue{args[2](points).one()}
		}
		return mathValue{{Missing: true}}
	}
}
