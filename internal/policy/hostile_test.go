package policy

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
)

// user loads one policy that somebody wrote.
func user(t *testing.T, text string) (*User, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "policy.rego")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return LoadUser(UserOptions{Paths: []string{file}})
}

var empty = Documents{Judged: map[string]any{}}

// TestOutwardFunctions holds that no function which OPA itself marks as
// nondeterministic, or which reaches network, files, environment or clock, can
// be called.
func TestOutwardFunctions(t *testing.T) {
	outward := []string{"opa.runtime", "http.send", "net.lookup_ip_addr", "json.match_schema", "json.verify_schema", "time.now_ns", "rand.intn", "uuid.rfc4122"}
	for _, b := range ast.CapabilitiesForThisVersion().Builtins {
		if b.Nondeterministic {
			outward = append(outward, b.Name)
		}
	}
	slices.Sort(outward)
	for _, name := range slices.Compact(outward) {
		t.Run(name, func(t *testing.T) {
			arguments := make([]string, len(ast.BuiltinMap[name].Decl.FuncArgs().Args))
			for i := range arguments {
				arguments[i] = `"x"`
			}
			_, err := user(t, "package main\n\ndeny contains \"x\" if "+name+"("+strings.Join(arguments, ", ")+")\n")
			if err == nil || !strings.Contains(err.Error(), "the function "+name+" is not available") {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestSchemasOfAnnotations holds that an annotation opens no file.
func TestSchemasOfAnnotations(t *testing.T) {
	u, err := user(t, "# METADATA\n# scope: package\n# schemas:\n#   - input: {\"$ref\": \"file:///etc/passwd\"}\npackage main\n\ndeny contains \"x\" if input.x\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.Judge(context.Background(), "plan.json", empty); err != nil {
		t.Error(err)
	}
}

// TestOurPackages holds that nobody adds to what iacgate asks for.
func TestOurPackages(t *testing.T) {
	for _, name := range []string{"iacgate", "iacgate.lib.chain", "iacgate.main", `iacgate["main"]`} {
		if _, err := user(t, "package "+name+"\n\ndeny contains \"x\" if true\n"); err == nil || !strings.Contains(err.Error(), "is reserved") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBounds holds that an evaluation ends, in our words.
func TestBounds(t *testing.T) {
	const endless = `some i in numbers.range(1, 1000000)
	some j in numbers.range(1, 1000000)
	i + j == -1`
	const large = `count([x | some i in numbers.range(1, 1000000); some j in numbers.range(1, 1000000); x := sprintf("%d %d", [i, j])]) == 0`
	tests := []struct {
		name, body, want string
		deadline         time.Duration
		memory           uint64
	}{
		{"time", endless, "main.deny: it takes longer than a minute", time.Millisecond, memory},
		{"memory", large, "main.deny: it takes more than 1 GiB of memory", deadline, 1 << 20},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, err := user(t, "package main\n\ndeny contains \"x\" if {\n\t"+tt.body+"\n}\n")
			if err != nil {
				t.Fatal(err)
			}
			run, err := u.run(empty)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := withBounds(context.Background(), tt.deadline, tt.memory)
			defer cancel()
			if _, err := run.judge(ctx, u.packages[0]); err == nil || err.Error() != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// TestDeepPolicies holds that what is nested deeply is an error with its place.
func TestDeepPolicies(t *testing.T) {
	for _, brackets := range []string{"()", "[]"} {
		open, shut := strings.Repeat(brackets[:1], 100_000), strings.Repeat(brackets[1:], 100_000)
		if _, err := user(t, "package main\n\ndeny contains \"x\" if x := "+open+"1"+shut+"\n"); err == nil || !strings.Contains(err.Error(), "policy.rego:3:") {
			t.Errorf("%s: %v", brackets, err)
		}
	}
}

// TestMeasure holds that policies whose compilation would not end are refused
// before it.
func TestMeasure(t *testing.T) {
	repeat := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i))
		}
		return b.String()
	}
	rule := func(i int) string { return fmt.Sprintf("r%d := r%d + 1\n", i+1, i) }
	expression := func(i int) string { return fmt.Sprintf("\tcount([y | y := input.a%d]) == 0\n", i) }
	tests := []struct{ name, text, want string }{
		{"a chain of rules", "r0 := 1\n" + repeat(20_000, rule), "more than 5000 rules"},
		{"a sum", "r := 1" + strings.Repeat(" + 1", 50_000) + "\n", ":3:1: more than 2000 expressions and calls in one rule"},
		{"a body", "r if {\n" + repeat(2_000, expression) + "}\n", ":3:1: more than 2000 expressions and calls in one rule"},
		{"else after else", "r := 0 if input.x\n" + strings.Repeat("else := 1 if input.y\n", 2_000), ":3:1: more than 2000 expressions and calls in one rule"},
		{"a large file", "# " + strings.Repeat("x", maxPolicyText), "larger than 1 MiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := "package main\n\n" + tt.text + "\ndeny contains \"x\" if input.z\n"
			if _, err := user(t, text); err == nil || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// TestShift holds that no number is made that takes all memory at once.
func TestShift(t *testing.T) {
	for by, want := range map[string]string{"65536": "", "65537": "bits.lsh: operand 2 must be at most 65536", "100000000000000000000": "bits.lsh: operand 2 must be at most 65536"} {
		u, err := user(t, "package main\n\ndeny contains \"x\" if bits.lsh(1, "+by+") == 0\n")
		if err != nil {
			t.Fatal(err)
		}
		_, err = u.Judge(context.Background(), "plan.json", empty)
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasSuffix(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", by, err, want)
		}
	}
}

// TestJoin holds the same of a text.
func TestJoin(t *testing.T) {
	for text, refused := range map[string]bool{
		`concat("", [sprintf("%99999d", [1]), "x"])`:                                                false,
		`concat(",", [sprintf("%99999d", [i]) | some i in numbers.range(1, 20)])`:                   false,
		`concat(sprintf("%99999d", [1]), split(sprintf("%9999d", [1]), ""))`:                        true,
		`concat(sprintf("%99999d", [1]), {sprintf("%d", [i]) | some i in numbers.range(1, 10000)})`: true,
	} {
		u, err := user(t, "package main\n\ndeny contains \"x\" if "+text+" == \"\"\n")
		if err != nil {
			t.Fatal(err)
		}
		_, err = u.Judge(context.Background(), "plan.json", empty)
		if said := err != nil && strings.HasSuffix(err.Error(), "concat: operand 2 must make at most 64 MiB"); said != refused || err != nil && !refused {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestWaitFor holds that a function that ignores its context is abandoned, and that a panic
// reaches whoever waits.
func TestWaitFor(t *testing.T) {
	forever := make(chan struct{})
	defer close(forever)
	ctx, cancel := withBounds(context.Background(), time.Millisecond, memory)
	defer cancel()
	_, err := waitFor(ctx, "the policies", func(context.Context) (int, error) {
		<-forever
		return 0, nil
	})
	if err == nil || err.Error() != "the policies: it takes longer than a minute" {
		t.Error(err)
	}
	defer func() {
		if v := recover(); v != "broken" {
			t.Errorf("panic %v", v)
		}
	}()
	_, _ = waitFor(context.Background(), "the policies", func(context.Context) (int, error) { panic("broken") })
}
