package syntax

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

// checkNesting refuses source that would nest too deep.
func checkNesting(tokens hclsyntax.Tokens) *hcl.Diagnostic {
	if len(tokens) > maxTokens {
		return limitDiagnostic(tokens[maxTokens].Range, fmt.Sprintf("more than %d tokens in a file", maxTokens))
	}
	n := nesting{levels: []level{{open: hclsyntax.TokenOBrace}}}
	for _, t := range tokens {
		n.token(t.Type)
		if len(n.levels) > maxNesting {
			return limitDiagnostic(t.Range, fmt.Sprintf("brackets nested more than %d deep", maxNesting))
		}
		if t.Type == hclsyntax.TokenNumberLit && isHuge(t.Bytes) {
			return limitDiagnostic(t.Range, "a number of more than 10,000 digits")
		}
		if n.total > maxChain {
			return limitDiagnostic(t.Range, fmt.Sprintf("an expression of more than %d parts", maxChain))
		}
	}
	return nil
}

// HCL's parser and evaluator recurse without a limit of their own: 100,000
// nested parentheses end the process with an exhausted stack. The lexer does not
// recurse, so it checks the nesting first.
const (
	maxNesting = 256       // brackets inside brackets, templates and heredocs included
	maxTokens  = 1_000_000 // of one file; an expression has a node for each, and real files have some thousand
	maxChain   = 2048      // tokens that one expression may nest without brackets: a+b+c, !!!a, a?b:c?d:e
)

// nesting follows the brackets of a token stream.
type nesting struct {
	levels []level
	total  int // tokens of all levels since their last separator
}

type level struct {
	open   hclsyntax.TokenType
	tokens int
}

func limitDiagnostic(r hcl.Range, what string) *hcl.Diagnostic {
	return &hcl.Diagnostic{Severity: hcl.DiagError, Summary: what, Detail: "No real configuration needs that many.", Subject: &r, Extra: value.LimitError{}}
}

func (n *nesting) token(t hclsyntax.TokenType) {
	switch t {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote,
		hclsyntax.TokenOHeredoc, hclsyntax.TokenTemplateInterp:
		n.count()
		n.levels = append(n.levels, level{open: t})
	case hclsyntax.TokenTemplateControl:
		// %{ if } and %{ for } close with another %{ }, so the level keeps
		// their number.
		n.count()
		n.count()
		n.levels = append(n.levels, level{open: t})
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote,
		hclsyntax.TokenCHeredoc, hclsyntax.TokenTemplateSeqEnd:
		n.clear()
		if len(n.levels) > 1 {
			n.levels = n.levels[:len(n.levels)-1]
		}
	case hclsyntax.TokenComma:
		n.clear()
	case hclsyntax.TokenNewline:
		if n.top().open == hclsyntax.TokenOBrace {
			n.clear()
		}
	case hclsyntax.TokenQuotedLit, hclsyntax.TokenStringLit, hclsyntax.TokenComment:
	default:
		n.count()
	}
}

// isHuge reports whether a number would have too many digits when written out:
// 1e999999999.
func isHuge(literal []byte) bool {
	_, exponent, found := bytes.Cut(bytes.ToLower(literal), []byte("e"))
	return len(literal) > 10000 || found && len(bytes.TrimLeft(exponent, "+-0")) > 4
}

func (n *nesting) top() *level { return &n.levels[len(n.levels)-1] }

func (n *nesting) count() { n.top().tokens++; n.total++ }

func (n *nesting) clear() { n.total -= n.top().tokens; n.top().tokens = 0 }

// checkText refuses what is not text. HCL reports such bytes, too, but each of them.
func checkText(source []byte, file string) *hcl.Diagnostic {
	if utf8.Valid(source) {
		return nil
	}
	at := 0
	for at < len(source) {
		r, size := utf8.DecodeRune(source[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	before := source[:at]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	r := hcl.Range{Filename: file, Start: hcl.Pos{Line: line, Column: column, Byte: at}}
	return &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "not UTF-8", Detail: "Terraform reads UTF-8 only.", Subject: &r}
}

// CheckJSON refuses what is not JSON or nests too deep: HCL's parser of it
// recurses, too.
func CheckJSON(source []byte, file string) *hcl.Diagnostic {
	if d := checkText(source, file); d != nil {
		return d
	}
	depth, quoted, line := 0, false, 1
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\n':
			line++
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case '0' <= c && c <= '9':
			end := i + numeralPrefix(source[i:])
			if isHuge(source[i:end]) {
				at := hcl.Range{Filename: file, Start: hcl.Pos{Line: line, Column: 1}}
				return limitDiagnostic(at, "a number of more than 10,000 digits")
			}
			i = end - 1
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth > maxNesting {
			at := hcl.Range{Filename: file, Start: hcl.Pos{Line: line, Column: 1}}
			return limitDiagnostic(at, fmt.Sprintf("brackets nested more than %d deep", maxNesting))
		}
	}
	if !json.Valid(source) {
		return jsonError(source, file)
	}
	return nil
}

// numeralPrefix returns how many bytes a number takes at most at the front of a text.
func numeralPrefix(source []byte) int {
	n := 0
	for n < len(source) && bytes.IndexByte([]byte("0123456789.eE+-"), source[n]) >= 0 {
		n++
	}
	return n
}

func jsonError(source []byte, file string) *hcl.Diagnostic {
	var any json.RawMessage
	err := json.Unmarshal(source, &any)
	at := hcl.Range{Filename: file, Start: hcl.Pos{Line: 1, Column: 1}}
	if e, ok := errors.AsType[*json.SyntaxError](err); ok && int(e.Offset) <= len(source) {
		before := source[:max(0, e.Offset-1)]
		at.Start.Line += bytes.Count(before, []byte("\n"))
		at.Start.Column += len(before) - bytes.LastIndexByte(before, '\n') - 1
	}
	return &hcl.Diagnostic{Severity: hcl.DiagError, Summary: fmt.Sprint(err), Subject: &at}
}
