package present

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// settlingFlags names what settles a finding of something that is not known: the
// flags and variables that the values at its place depend on; "" if there are
// none.
func (r Presenter) settlingFlags(f policy.Finding) string {
	x := r.World.Resource(f.Resource)
	if x == nil || f.Level != verdict.Unclear || f.Attribute == "" {
		return ""
	}
	v := x.Attributes
	for name := range strings.SplitSeq(f.Attribute, ".") {
		v = v.Get(name)
	}
	var all []string
	v.Walk(func(_ []any, inner resource.Value) bool {
		if o, ok := inner.Origin(); ok && inner.IsUnknown() {
			all = append(all, r.flagsOf(o)...)
		}
		return true
	})
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "; ")
}

// flagsOf names what settles a value: what its symbols represent, or what decides
// which value it is.
func (r Presenter) flagsOf(o resource.Origin) (all []string) {
	names := resource.Symbols(o.Symbolic)
	names = append(names, o.Deciders...)
	if o.Cause == resource.Variable {
		names = append(names, o.Via...)
	}
	for _, name := range names {
		_, settle := resource.ExplainMissing(name)
		if r.Input.Format == resource.CloudFormation {
			settle = parameterFlag(name, o.Cause)
		}
		if settle != "" {
			all = append(all, settle)
		}
	}
	return all
}

// parameterFlag names what settles a symbol of a template.
func parameterFlag(name string, cause resource.Cause) string {
	if _, settle := resource.ExplainMissing(name); strings.HasPrefix(settle, "--") && strings.HasSuffix(name, " of stack") {
		flag, _, _ := strings.Cut(settle, ",")
		return flag
	}
	if cause != resource.Variable || strings.Contains(name, " ") || strings.Contains(name, ".") {
		return ""
	}
	return "--parameter " + name + "=VALUE"
}

// needsCode reports whether a plan leaves something open that its code may say, and no code
// was read.
func (r Presenter) needsCode(f policy.Finding) bool {
	x := r.World.Resource(f.Resource)
	if x == nil || f.Level != verdict.Unclear || r.Input.Format != resource.Plan || !strings.HasSuffix(f.Code, "-undecided") {
		return false
	}
	return r.Input.Locate == nil || r.Input.Locate(x.Address) == nil
}

// absent are the codes that say that there is nothing. Where a part was not read, that part
// may have it, and nobody should add a second one.
var absent = []string{"no-metric-filter", "no-alarm", "no-action", "no-subscription"}

// unseen says what to do first about something that is missing where not everything was
// read; "" where it is missing for certain.
func (r Presenter) unseen(f policy.Finding) string {
	if f.Level != verdict.Unclear || !slices.Contains(absent, f.Code) {
		return ""
	}
	reasons := slices.Clone(r.Facts.Incomplete)
	for _, g := range r.Facts.Gaps {
		if len(g.Links) == 0 || slices.Contains(g.Links, string(f.Link)) {
			reasons = append(reasons, g.Text)
		}
	}
	if len(reasons) == 0 {
		return ""
	}
	return r.inInputLanguage(r.Redactor.Message("it may be in what was not read: " + joinReasons(reasons)))
}

// variableAdvice says how to give a variable a value that names something outside the
// input; "" for anything else.
func variableAdvice(name string) string {
	variable, ok := strings.CutPrefix(name, "var.")
	if !ok || strings.ContainsAny(variable, ".[ ") {
		return ""
	}
	return "decide it with --var " + variable + "=ARN, --var-file or a default"
}
