package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A userRun is the evaluation of one input.
type userRun struct {
	*User
	input  ast.Value
	store  store
	errors []topdown.Error // of functions, in the package that is judged

	secrets func(string) string // takes them out; nil if there are none
}

func (u *User) run(d Documents) (*userRun, error) {
	data := maps.Clone(u.data)
	input, err := terms{}.of(d.Judged)
	if err != nil {
		return nil, err
	}
	if d.Raw != nil {
		raw, err := d.Raw()
		if err != nil {
			return nil, err
		}
		data["iacgate"] = map[string]any{"document": raw}
		if u.raw {
			if input, err = (terms{}).of(raw); err != nil {
				return nil, err
			}
		}
	} else if u.raw {
		return nil, diag.List{{Message: "--input raw: this input has no raw document", Hint: "raw applies to plans, states and templates"}}
	}
	return &userRun{User: u, input: input.Value, store: store{data: data}, secrets: d.Hide}, nil
}

func (r *userRun) judge(ctx context.Context, p userPackage) (verdict.Result, error) {
	out := verdict.Result{Control: p.name, Title: p.title, Verdict: verdict.Pass, Findings: []verdict.Finding{}}
	r.errors = nil
	excepted, err := r.exceptions(ctx, p)
	if err != nil {
		return out, err
	}
	waived := false
	for _, rule := range p.rules {
		found, err := r.findings(ctx, p, rule)
		if err != nil {
			return out, err
		}
		kind := kindOf(rule)
		name := strings.TrimPrefix(strings.TrimPrefix(rule, kind), "_")
		for _, f := range found {
			switch {
			case slices.Contains(excepted, name):
				f.Level, waived = verdict.Note, true
			case kind == warn:
				f.Level = verdict.Warning
			default:
				f.Level, out.Verdict = verdict.Error, verdict.Fail
			}
			out.Findings = append(out.Findings, f)
		}
	}
	if waived && out.Verdict == verdict.Pass {
		out.Verdict = verdict.Waived
	}
	out.Findings = append(out.Findings, r.warnings()...)
	verdict.Sort(out.Findings)
	return out, nil
}

// builtinError is the code of a function's error where it ends no run.
const builtinError = "builtin-error"

// warnings returns the errors of functions. On the judged document they end the run;
// on a raw one they leave a rule undefined, as they do in conftest, which must
// not pass in silence.
func (r *userRun) warnings() []verdict.Finding {
	var out []verdict.Finding
	seen := map[string]bool{}
	for _, e := range r.errors {
		f := verdict.Finding{Code: builtinError, Level: verdict.Warning, Message: r.hidden(e.Message)}
		if e.Location != nil {
			f.Location = &verdict.Location{File: e.Location.File, Line: e.Location.Row, Column: e.Location.Col}
		}
		if text := e.Error(); !seen[text] {
			seen[text] = true
			out = append(out, f)
		}
	}
	return out
}

// exceptions returns the names after deny_ and violation_ that exception rules
// take out; "" is the rule without a name.
func (r *userRun) exceptions(ctx context.Context, p userPackage) ([]string, error) {
	value, err := r.eval(ctx, p, exception)
	if err != nil {
		return nil, err
	}
	var names []string
	lists, _ := value.([]any)
	for _, l := range lists {
		list, isList := l.([]any)
		if !isList {
			return nil, diag.List{{Message: fmt.Sprintf("%s.exception must contain lists of rule names", p.name)}}
		}
		for _, n := range list {
			if name, ok := n.(string); ok {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// findings evaluates one rule.
func (r *userRun) findings(ctx context.Context, p userPackage, rule string) ([]verdict.Finding, error) {
	value, err := r.eval(ctx, p, rule)
	if err != nil || value == nil {
		return nil, err
	}
	messages, isList := value.([]any)
	if !isList {
		return nil, diag.List{{Message: fmt.Sprintf("%s.%s must be a set of messages, not %s", p.name, rule, typeName(value)), Hint: "write: " + rule + " contains msg if { ... }"}}
	}
	var out []verdict.Finding
	for _, m := range messages {
		f, err := message(p.name+"."+rule, m)
		if err != nil {
			return nil, err
		}
		f.Code = rule
		out = append(out, f)
	}
	return out, nil
}

// message reads a text, or an object with a msg, of which _loc is a place and
// the rest is metadata.
func message(rule string, value any) (verdict.Finding, error) {
	switch v := value.(type) {
	case string:
		return verdict.Finding{Message: v}, nil
	case map[string]any:
		msg, ok := v["msg"].(string)
		if !ok {
			return verdict.Finding{}, diag.List{{Message: rule + ": an object without the string msg"}}
		}
		f := verdict.Finding{Message: msg, Location: location(v["_loc"])}
		f.Metadata = maps.Clone(v)
		delete(f.Metadata, "msg")
		delete(f.Metadata, "_loc")
		if len(f.Metadata) == 0 {
			f.Metadata = nil
		}
		return f, nil
	}
	return verdict.Finding{}, diag.List{{Message: fmt.Sprintf("%s contains %s; a message must be a string, or an object with the string msg", rule, typeName(value))}}
}

// location reads a place; a line that no file has is none, which is 0.
func location(value any) *verdict.Location {
	loc, _ := value.(map[string]any)
	file, _ := loc["file"].(string)
	if file == "" {
		return nil
	}
	number, _ := loc["line"].(json.Number)
	line, err := strconv.Atoi(number.String())
	if err != nil || line < 0 {
		line = 0
	}
	return &verdict.Location{File: file, Line: line}
}

func typeName(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case string:
		return "a text"
	case []any:
		return "a list"
	}
	return "an object"
}

// eval returns the value of a rule; nil if it is undefined.
func (r *userRun) eval(ctx context.Context, p userPackage, rule string) (any, error) {
	ref := ast.MustParseRef("data." + p.name).Append(ast.StringTerm(rule))
	if len(r.compiler.GetRulesExact(ref)) == 0 && len(r.compiler.GetRulesWithPrefix(ref)) == 0 {
		return nil, nil
	}
	query, err := newQuery(r.compiler, ref)
	if err != nil {
		return nil, err
	}
	result, err := query.answer(ctx, question{input: r.input, store: r.store, strict: !r.raw, errors: &r.errors})
	switch {
	case ctx.Err() != nil:
		return nil, diag.List{{Message: fmt.Sprintf("%s.%s: %v", p.name, rule, context.Cause(ctx))}}
	case err != nil:
		return nil, r.hiddenError(err)
	case result == nil:
		return nil, nil
	}
	raw, err := json.Marshal(result)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return r.hide(value), nil
}

// hide takes secrets out of what a policy says, whatever it is made of: the raw
// document holds what nobody marked as sensitive.
func (r *userRun) hide(value any) any {
	switch v := value.(type) {
	case string:
		return r.hidden(v)
	case []any:
		for i := range v {
			v[i] = r.hide(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, member := range v {
			out[r.hidden(key)] = r.hide(member)
		}
		return out
	}
	return value
}

func (r *userRun) hidden(text string) string {
	if r.secrets == nil {
		return text
	}
	return r.secrets(text)
}

// hiddenError returns an error of the policy, which may quote what it was given.
func (r *userRun) hiddenError(err error) error {
	var found diag.List
	if err = evalError(err); !errors.As(err, &found) {
		return err
	}
	out := make(diag.List, len(found))
	for i, d := range found {
		hidden := *d
		hidden.Message = r.hidden(d.Message)
		out[i] = &hidden
	}
	return out
}

// Judge asks the packages about one input: a result for each.
func (u *User) Judge(ctx context.Context, input string, d Documents) ([]verdict.Result, error) {
	return within(ctx, "the policies", func(ctx context.Context) ([]verdict.Result, error) { return u.judge(ctx, input, d) })
}

func (u *User) judge(ctx context.Context, input string, d Documents) ([]verdict.Result, error) {
	run, err := u.run(d)
	if err != nil {
		return nil, err
	}
	var out []verdict.Result
	for _, p := range u.packages {
		r, err := run.judge(ctx, p)
		if err != nil {
			return nil, err
		}
		r.Input = input
		out = append(out, r)
	}
	return out, nil
}
