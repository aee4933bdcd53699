// Package filterpattern knows the filter patterns of CloudWatch Logs: it parses,
// prints and explains them, and matches them against log messages as AWS does.
// Whether one pattern covers another is decided by package cover.
//
// The semantics follow the user guide,
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html,
// and, where the guide is silent, what TestMetricFilter answered in September
// 2026, as recorded by https://github.com/vuthehuyht/floci (MIT, commit
// 67ee4ba946af); testdata/aws-answers.json holds those recordings. Comments
// mark facts of the second kind with "recorded".
//
// The heart of the language is that a comparison needs a value: on an event
// without x, neither { $.x = "v" } nor { $.x != "v" } matches. [Pattern.Match]
// is the plain statement of such rules.
//
// The package is not for knowledge about particular events or controls, nor does it
// know metric filters, metric values or dimensions.
package filterpattern

import (
	"sync"
	"unicode/utf8"
)

// MaxLength is the number of characters that AWS admits in a pattern
// (API_PutMetricFilter).
const MaxLength = 1024

// A Pattern is a parsed filter pattern. It is immutable and safe for
// concurrent use.
type Pattern struct {
	body Body
	// Worked out once: patterns are compared by them.
	text     func() string
	required func() map[string][]string
}

func newPattern(b Body) *Pattern {
	return &Pattern{
		body: b, text: sync.OnceValue(func() string { return canonicalText(b) }),
		required: sync.OnceValue(func() map[string][]string {
			d, ok := b.(Document)
			if !ok {
				return nil
			}
			return requiredTexts(d.Expr)
		}),
	}
}

// Body returns the pattern's syntax tree.
func (p *Pattern) Body() Body { return p.body }

// Parse reads a pattern of any kind. Blanks at both ends do not count, as the
// Terraform provider trims them before sending. An error is a *[SyntaxError].
func Parse(src string) (*Pattern, error) {
	s, err := newScanner(src)
	if err != nil {
		return nil, err
	}
	b, err := parseBody(s)
	if err != nil {
		return nil, err
	}
	return newPattern(b), nil
}

func parseBody(s *scanner) (Body, *SyntaxError) {
	if s.atEnd() {
		return Empty{}, nil
	}
	switch start := s.src[s.pos]; start {
	case '{':
		return parseBracketed(s, '{', '}', parseDocument)
	case '[':
		return parseBracketed(s, '[', ']', parseLine)
	case '%':
		return parseBracketed(s, '%', '%', parseSearch)
	}
	return parseTerms(s)
}

// parseBracketed checks the last character before anything else, as AWS does
// (recorded), and hands what lies between the brackets to parse.
func parseBracketed(s *scanner, first, last byte, parse func(*scanner) (Body, *SyntaxError)) (Body, *SyntaxError) {
	if s.end-s.pos < 2 || s.src[s.end-1] != last {
		return nil, &SyntaxError{
			Pos: s.end,
			Msg: sprintf("a pattern that starts with %c must end with %c", first, last),
			AWS: awsUnclosed(first, last),
		}
	}
	return parse(s)
}

// Kind returns the language that the pattern is written in.
func (p *Pattern) Kind() Kind { return p.body.kind() }

// String returns the pattern in canonical form: as few parentheses as
// precedence admits and quoted values. Where that would exceed [MaxLength],
// blanks and quotes are left out. Parsing the result gives an equivalent
// pattern with the same canonical form; only what [Pattern.Without] returns
// may have no spelling in AWS's language.
func (p *Pattern) String() string { return p.text() }

func canonicalText(b Body) string {
	if s := b.print(false); utf8.RuneCountInString(s) <= MaxLength {
		return s
	}
	return b.print(true)
}

// Match reports whether AWS would match a raw log message.
func (p *Pattern) Match(message []byte) bool { return p.body.match(NewMessage(message)) }

// MatchConditions reports whether a JSON pattern matches an event of which somebody else
// answers the conditions. Patterns of other kinds do not.
func (p *Pattern) MatchConditions(answer func(*Condition) bool) bool {
	d, ok := p.body.(Document)
	return ok && holds(d.Expr, answer)
}

// MatchMessage reports the same of a message that is asked about again.
func (p *Pattern) MatchMessage(m *Message) bool { return p.body.match(m) }
