package policy

import "github.com/open-policy-agent/opa/v1/ast"

// The kinds of values in a snapshot.
const (
	noTerm = iota
	nullTerm
	falseTerm
	trueTerm
	numberTerm
	stringTerm
	varTerm
	refTerm
	arrayTerm
	objectTerm
	setTerm
	arrayComprehension
	setComprehension
	objectComprehension
	callTerm
)

// What an expression is, and what else there is to say of it.
const (
	termExpr = iota
	callExpr
	everyExpr
	exprKind  = 3
	negated   = 4
	generated = 8
)

// What there is to say of a rule.
const (
	defaultRule = 1
	elseRule    = 2
	assigned    = 4
)

// A reader reads a snapshot, which the program brings along: it is as it was
// written.
type reader struct {
	from  string
	at    int
	texts []string

	file  string
	terms []ast.Term    // room for the terms to come
	near  *ast.Location // of the rule or expression that is read; its terms have no other
}

// number reads an unsigned varint.
func (r *reader) number() int {
	n, shift := 0, 0
	for {
		b := r.from[r.at]
		r.at++
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
		shift += 7
	}
}

func (r *reader) bytes(n int) string {
	r.at += n
	return r.from[r.at-n : r.at]
}

func (r *reader) text() string { return r.texts[r.number()] }

func (r *reader) module() *ast.Module {
	m := &ast.Module{Package: &ast.Package{Path: r.ref()}}
	m.Package.Location = r.location()
	m.SetRegoVersionSpan(ast.RegoVersionSpanOf(ast.RegoV1))
	m.Rules = make([]*ast.Rule, r.number())
	for i := range m.Rules {
		m.Rules[i] = r.rule(m)
	}
	return m
}

func (r *reader) location() *ast.Location {
	r.near = &ast.Location{File: r.file, Row: r.number(), Col: r.number()}
	return r.near
}

func (r *reader) rule(m *ast.Module) *ast.Rule {
	flags := r.number()
	at := r.location()
	rule := &ast.Rule{Module: m, Location: at, Default: flags&defaultRule != 0}
	rule.Head = &ast.Head{
		Name: ast.Var(r.text()), Reference: r.ref(), Args: ast.Args(r.list()), Key: r.term(), Value: r.term(),
		Assign: flags&assigned != 0, Location: at,
	}
	rule.Body = r.body()
	if flags&elseRule != 0 {
		rule.Else = r.rule(m)
	}
	return rule
}

func (r *reader) body() ast.Body {
	body := make(ast.Body, r.number())
	for i := range body {
		body[i] = r.expr(i)
	}
	return body
}

func (r *reader) expr(index int) *ast.Expr {
	flags := r.number()
	at := r.location()
	e := &ast.Expr{Index: index, Location: at, Negated: flags&negated != 0, Generated: flags&generated != 0}
	switch flags & exprKind {
	case termExpr:
		e.Terms = r.term()
	case callExpr:
		e.Terms = r.list()
	case everyExpr:
		e.Terms = &ast.Every{Key: r.term(), Value: r.term(), Domain: r.term(), Body: r.body(), Location: at}
	}
	return e
}

// list reads terms; nil for none.
func (r *reader) list() []*ast.Term {
	n := r.number()
	if n == 0 {
		return nil
	}
	terms := make([]*ast.Term, n)
	for i := range terms {
		terms[i] = r.term()
	}
	return terms
}

func (r *reader) ref() ast.Ref { return ast.Ref(r.list()) }

func (r *reader) term() *ast.Term {
	kind := r.number()
	if kind == noTerm {
		return nil
	}
	t := &r.terms[0]
	r.terms = r.terms[1:]
	t.Location = r.near
	t.Value = r.value(kind)
	return t
}

func (r *reader) value(kind int) ast.Value {
	switch kind {
	case nullTerm:
		return ast.Null{}
	case falseTerm, trueTerm:
		return ast.Boolean(kind == trueTerm)
	case numberTerm:
		return ast.Number(r.text())
	case stringTerm:
		return ast.String(r.text())
	case varTerm:
		return ast.Var(r.text())
	case refTerm:
		return r.ref()
	case arrayTerm:
		return ast.NewArray(r.list()...)
	case setTerm:
		return ast.NewSet(r.list()...)
	case objectTerm:
		pairs := make([][2]*ast.Term, r.number())
		for i := range pairs {
			pairs[i] = [2]*ast.Term{r.term(), r.term()}
		}
		return ast.NewObject(pairs...)
	case arrayComprehension:
		return &ast.ArrayComprehension{Term: r.term(), Body: r.body()}
	case setComprehension:
		return &ast.SetComprehension{Term: r.term(), Body: r.body()}
	case objectComprehension:
		return &ast.ObjectComprehension{Key: r.term(), Value: r.term(), Body: r.body()}
	default: // callTerm
		return ast.Call(r.list())
	}
}
