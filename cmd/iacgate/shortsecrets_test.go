package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/widetest"
)

// shortSecrets are too short to be hidden inside what somebody wrote. None of them
// may be a part of a hash.
var shortSecrets = []string{"hunter2", "zq1", "79.53"}

// TestShortSecretsInPlans marks one attribute of a chain after the other as
// sensitive: no format tells it, however short it is.
func TestShortSecretsInPlans(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/plans/complete/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range changesOf(t, raw) {
		after := c["change"].(map[string]any)["after"].(map[string]any)
		for _, path := range paths(after, nil) {
			if name := c["type"].(string) + " " + regexp.MustCompile(`\d+`).ReplaceAllString(fmt.Sprint(path), "0"); !seen[name] {
				if seen[name] = true; widetest.Skips(len(seen)) {
					continue
				}
				t.Run(name, func(t *testing.T) {
					for _, secret := range shortSecrets {
						dir := t.TempDir()
						put(t, dir, "plan.json", string(withSecret(t, raw, c["address"].(string), path, secret)))
						tellsNothing(t, secret, filepath.Join(dir, "plan.json"))
					}
				})
			}
		}
	}
}

// TestShortSecretsInCode does the same to code: each argument in turn is a sensitive
// variable.
func TestShortSecretsInCode(t *testing.T) {
	code := readText(t, "../../testdata/plans/complete/main.tf")
	inEach(t, code, regexp.MustCompile(`(?m)^ +(\w+) += ([^\[{(\n]+|\[[^\[\n]+\])$`), "var.secret", func(t *testing.T, changed, secret string) {
		dir := t.TempDir()
		put(t, dir, "main.tf", changed+"\nvariable \"secret\" {\n  type      = string\n  sensitive = true\n}\n")
		tellsNothing(t, secret, "--var", "secret="+secret, dir)
	})
}

// TestShortSecretsInTemplates does it to a template: each property in turn is a
// parameter that is not to be echoed.
func TestShortSecretsInTemplates(t *testing.T) {
	template := readText(t, "../../testdata/agree/complete/template.yaml")
	inEach(t, template, regexp.MustCompile(`(?m)^ {4,}(?:- )?(\w+): ([^{|>\n]+)$`), "!Ref Hushed", func(t *testing.T, changed, secret string) {
		dir := t.TempDir()
		put(t, dir, "template.yaml", "Parameters:\n  Hushed: {Type: String, NoEcho: true}\n"+changed)
		tellsNothing(t, secret, "--parameter", "Hushed="+secret, filepath.Join(dir, "template.yaml"))
	})
}

func readText(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// inEach replaces each value in turn, what the second group of an expression finds.
func inEach(t *testing.T, text string, values *regexp.Regexp, with string, do func(t *testing.T, changed, secret string)) {
	t.Helper()
	found := values.FindAllStringSubmatchIndex(text, -1)
	if len(found) < 20 {
		t.Fatalf("%d values", len(found))
	}
	for i, m := range found {
		if widetest.Skips(i) {
			continue
		}
		t.Run(fmt.Sprintf("%s %d", text[m[2]:m[3]], i), func(t *testing.T) {
			for _, secret := range shortSecrets {
				do(t, text[:m[4]]+with+text[m[5]:], secret)
			}
		})
	}
}

// tellsNothing asks for everything that a format or a picture may say.
func tellsNothing(t *testing.T, secret string, args ...string) {
	t.Helper()
	var outputs []string
	dir := t.TempDir()
	for _, f := range report.Names() {
		outputs = append(outputs, "-o", f+"="+filepath.Join(dir, f))
	}
	isSilent(t, secret, append(append([]string{"check", "--candidates"}, outputs...), args...)...)
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		written, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if i := strings.Index(string(written), secret); i >= 0 {
			t.Errorf("%s says %s: %.300s", f.Name(), secret, written[max(0, i-150):])
			return
		}
	}
	isSilent(t, secret, append([]string{"graph"}, args...)...)
}

func changesOf(t *testing.T, raw []byte) (changes []map[string]any) {
	t.Helper()
	var plan struct {
		Changes []map[string]any `json:"resource_changes"`
	}
	if err := json.Unmarshal(raw, &plan); err != nil {
		t.Fatal(err)
	}
	return plan.Changes
}

// paths returns the places of all scalars in a value.
func paths(v any, at []string) (all [][]string) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			all = append(all, paths(v[k], append(at[:len(at):len(at)], k))...)
		}
		return all
	case []any:
		for i, e := range v {
			all = append(all, paths(e, append(at[:len(at):len(at)], strconv.Itoa(i)))...)
		}
		return all
	}
	return [][]string{at}
}

// withSecret puts a secret at a place of a plan, marked as sensitive.
func withSecret(t *testing.T, raw []byte, address string, path []string, secret string) []byte {
	t.Helper()
	var plan map[string]any
	if err := json.Unmarshal(raw, &plan); err != nil {
		t.Fatal(err)
	}
	for _, c := range plan["resource_changes"].([]any) {
		if c := c.(map[string]any); c["address"] == address {
			change := c["change"].(map[string]any)
			change["after"] = placed(change["after"], path, secret)
			change["after_sensitive"] = placed(nil, path, true)
		}
	}
	delete(plan, "planned_values")
	out, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// placed puts a value at a place, and what it lacks around it.
func placed(v any, path []string, leaf any) any {
	if len(path) == 0 {
		return leaf
	}
	if i, err := strconv.Atoi(path[0]); err == nil {
		list, _ := v.([]any)
		for len(list) <= i {
			list = append(list, map[string]any{})
		}
		list[i] = placed(list[i], path[1:], leaf)
		return list
	}
	object, _ := v.(map[string]any)
	if object == nil {
		object = map[string]any{}
	}
	object[path[0]] = placed(object[path[0]], path[1:], leaf)
	return object
}
