package cover

import (
	"fmt"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

// fill repeats parts joined by glue inside braces, as often as AWS's limit on
// a pattern's length admits. A %d in part becomes the number of the part, a %c
// a letter.
func fill(part, glue string) string {
	src := "{"
	for i := 0; ; i++ {
		next := strings.ReplaceAll(part, "%d", fmt.Sprint(i))
		next = strings.ReplaceAll(next, "%c", string(rune('a'+i%26)))
		if i > 0 {
			next = glue + next
		}
		if len(src)+len(next)+1 > filterpattern.MaxLength {
			return src + "}"
		}
		src += next
	}
}

// adversaries are questions that are as hard as patterns of a legal length can
// make them.
func adversaries(t testing.TB) map[string][2]*filterpattern.Pattern {
	stars := `"*` + strings.Repeat("a*b*", 120) + `"`
	questions := map[string][2]string{
		"many stars":           {`{$.a=` + stars + `}`, `{$.a=` + strings.ReplaceAll(stars, "b", "a") + `}`},
		"many starred texts":   {fill(`$.a="*%c%d*"`, "&&"), fill(`$.a="*%d%c*"`, "||")},
		"refused starred":      {fill(`$.a!="*%c%d*"`, "&&"), fill(`$.a!="*%d%c*"`, "&&")},
		"interleaved stars":    {fill(`$.a="*a*%c*b*"`, "&&"), fill(`$.a="*b*%c*a*"`, "&&")},
		"all letters":          {fill(`$.a=*%c*`, "&&"), fill(`$.a="%c"`, "||")},
		"exponential regexes":  {`{$.a!=%[ab]*a[ab]{30}x% && $.a=%a[ab]{30}y%}`, `{$.a=%b[ab]{40}%||$.a=%[ab]{29}a%}`},
		"long regexes":         {`{$.a=%` + strings.Repeat("[ab]{999}", 110) + `%}`, `{$.a=%` + strings.Repeat("a{999}", 165) + `%}`},
		"sliding window":       {`{$.a=%a.{999}b%}`, `{$.a=%b.{999}a%}`},
		"alternatives of all":  {fill(`($.a%d=x||$.b%d=y)`, "&&"), fill(`($.a%d=x&&$.b%d=y)`, "||")},
		"crossed alternatives": {fill(`($.a=%d||$.b=%d)`, "&&"), fill(`($.a=%d&&$.b=%d)`, "||")},
		"pigeonholes":          {pigeonholes(5, 4), `{ $.z = 1 }`},
		"absent or different":  {fill(`($.a!=%d||$.b!=%d)`, "&&"), fill(`($.a!=%d&&$.b!=x%d)`, "||")},
		"many numbers":         {fill(`$.a>%d`, "&&"), fill(`$.a!=%d.5`, "&&")},
		"numbers and texts":    {fill(`$.a!="%d*"`, "&&"), `{ $.a < 5 || $.a > 7 || $.a != "1*1" }`},
		"extreme numbers":      {fill(`$.a>-1e%d`, "&&"), fill(`$.a<1e-%d`, "||")},
		"deep path":            {"{$" + strings.Repeat(".a", 500) + "=1}", "{$" + strings.Repeat(".a", 501) + " NOT EXISTS}"},
		"deep array":           {"{$.a" + strings.Repeat("[9]", 330) + "=1}", "{$.a" + strings.Repeat("[9]", 331) + " IS NULL}"},
		"large indices":        {fill(`$.a[%d00]=x`, "&&"), "{$.a[2147483647]=1}"},
		"deep parentheses":     {"{" + strings.Repeat("(", 508) + "$.a=1" + strings.Repeat(")", 508) + "}", `{$.a=2}`},
		"terms and places":     {fill(`$.a%d=x%d`, "||"), strings.TrimSpace(strings.Repeat("?x ", 341))},
		"many terms":           {fill(`$.a%d=x`, "||"), manyTerms("?")},
		"many excluded terms":  {fill(`$.a%d=x`, "&&"), manyTerms("-")},
		"regex and places":     {fill(`$.a%d!=x`, "&&"), `%` + strings.Repeat("[^a]{999}", 110) + `%`},
		"whole message":        {fill(`$.a%d="*x*y"`, "||"), `[w="*x*" ` + strings.Repeat(`&&w="*y*z*"`, 80) + `]`},
		"wildcards":            {`{$.a[*]=1&&$.a[*]=2&&$.a[*]!=3}`, `{$.a[*]=3||$.a[*]=4||$.a[0]=1}`},
	}
	parsed := map[string][2]*filterpattern.Pattern{}
	for name, q := range questions {
		parsed[name] = [2]*filterpattern.Pattern{mustParse(t, q[0]), mustParse(t, q[1])}
	}
	return parsed
}

// pigeonholes says that each of so many pigeons sits in one of the holes, and
// no two share one.
func pigeonholes(pigeons, holes int) string {
	var clauses []string
	for p := range pigeons {
		var somewhere []string
		for h := range holes {
			somewhere = append(somewhere, fmt.Sprintf("$.%c=%d", 'a'+p, h))
		}
		clauses = append(clauses, "("+strings.Join(somewhere, "||")+")")
		for q := range p {
			for h := range holes {
				clauses = append(clauses, fmt.Sprintf("($.%c!=%d||$.%c!=%d)", 'a'+p, h, 'a'+q, h))
			}
		}
	}
	return "{" + strings.Join(clauses, "&&") + "}"
}

// manyTerms has as many different terms as fit.
func manyTerms(sign string) string {
	var b strings.Builder
	for i := 0; b.Len() < filterpattern.MaxLength-6; i++ {
		fmt.Fprintf(&b, "%s%03d ", sign, i)
	}
	return b.String()
}

// TestBudget holds that every question ends near the budget.
func TestBudget(t *testing.T) {
	const slack = maxSteps / 2
	for name, q := range adversaries(t) {
		for i, order := range [][2]*filterpattern.Pattern{{q[0], q[1]}, {q[1], q[0]}} {
			s := Separate([]*filterpattern.Pattern{order[0]}, []*filterpattern.Pattern{order[1]}, Axioms{})
			if s.Steps > maxSteps+slack {
				t.Errorf("%s: %d steps", name, s.Steps)
			}
			if s.Decision == truth.Unknown && s.Reason == "" {
				t.Errorf("%s: unknown without a reason", name)
			}
			t.Logf("%-22s %d %-8s %7d steps  %s", name, i, s.Decision, s.Steps, s.Reason)
		}
	}
}

func BenchmarkSeparate(b *testing.B) {
	for name, q := range adversaries(b) {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Separate([]*filterpattern.Pattern{q[0]}, []*filterpattern.Pattern{q[1]}, Axioms{})
				Separate([]*filterpattern.Pattern{q[1]}, []*filterpattern.Pattern{q[0]}, Axioms{})
			}
		})
	}
}
