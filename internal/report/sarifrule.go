package report

import (
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

// ruleID returns the finding code. A code of a user's policy, such as deny, is not unique,
// so the package comes first.
func ruleID(i issue) string {
	if i.builtin || i.Code == i.result.Control {
		return i.Code
	}
	return i.result.Control + "/" + i.Code
}

// sarifRules returns the rules of some issues, in their order, and the index of each.
func sarifRules(all []issue) ([]sarifRule, map[string]int) {
	rules, index := []sarifRule{}, map[string]int{}
	for _, i := range all {
		id := ruleID(i)
		if _, done := index[id]; !done {
			index[id] = len(rules)
			rules = append(rules, newSarifRule(id, i))
		}
	}
	return rules, index
}

func newSarifRule(id string, i issue) sarifRule {
	code, _ := finding.Lookup(i.Code)
	if !i.builtin {
		code = policyCode(id, i)
	}
	rule := sarifRule{
		ID: id, Name: pascal(code.ID, i.builtin), Short: sarifMessage{clip(code.Title, descriptionLimit)}, Full: sarifMessage{clip(code.Why, descriptionLimit)},
		Help: sarifHelp{helpText(code), helpMarkdown(code)}, Default: sarifConfig{sarifLevel(code.Level)},
		Properties: sarifRuleDetail{Tags: []string{"policy"}, Precision: precision(code.Level)},
	}
	if i.builtin {
		rule.Properties.Tags = []string{"security", "aws", "audit-logging"}
		rule.Properties.Severity = securitySeverity(code.Level)
	}
	if len(code.References) > 0 {
		rule.HelpURI = code.References[0]
	}
	if code.Link != "" {
		rule.Properties.Tags = append(rule.Properties.Tags, string(code.Link))
	}
	return rule
}

// policyCode describes a code that the catalogue of findings does not have: a rule of a
// user's policy, or a placeholder for a control.
func policyCode(id string, i issue) finding.Code {
	title := i.result.Title
	if title == "" {
		title = id
	}
	return finding.Code{
		ID: id, Level: i.Level, Title: title,
		Why: "The policy " + i.result.Control + " reports it.", Fix: "See the messages of the results.",
	}
}

// descriptionLimit is how many characters of a description GitHub takes.
const descriptionLimit = 1024

func clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-3]) + "..."
}

// pascal turns a code into a name as SARIF recommends them (3.49.7).
func pascal(code string, own bool) string {
	if !own {
		return ""
	}
	var b strings.Builder
	for word := range strings.SplitSeq(code, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func helpText(c finding.Code) string {
	text := c.Why + "\n\nFix: " + c.Fix
	if len(c.References) > 0 {
		text += "\n\nSee " + strings.Join(c.References, ", ")
	}
	return text
}

func helpMarkdown(c finding.Code) string {
	text := escapeMarkdown(c.Why) + "\n\n**Fix:** " + escapeMarkdown(c.Fix)
	for i, u := range c.References {
		if i == 0 {
			text += "\n"
		}
		text += "\n* <" + u + ">"
	}
	return text
}

func precision(l verdict.Level) string {
	if l == verdict.Unclear {
		return "medium"
	}
	return "high"
}

// securitySeverity returns a score in GitHub's bands: a fault that silences an alarm is
// high, one that may do so medium, one that weakens it low; a remark has none.
func securitySeverity(l verdict.Level) string {
	switch l {
	case verdict.Error:
		return "8.0"
	case verdict.Unclear:
		return "5.0"
	case verdict.Warning:
		return "3.0"
	}
	return ""
}
