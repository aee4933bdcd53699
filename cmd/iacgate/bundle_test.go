package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/iacgate/iacgate/internal/widetest"
)

// answered is what check and a server both say of an input.
type answered struct {
	Exit    int
	Results map[string]result
}

type result struct {
	Verdict  string
	Findings []said
}

type said struct{ Code, Level, Resource string }

// sorted makes two answers comparable.
func (a answered) sorted() answered {
	for id, r := range a.Results {
		r.Findings = slices.Clone(r.Findings)
		slices.SortFunc(r.Findings, func(a, b said) int {
			return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Resource, b.Resource), strings.Compare(a.Level, b.Level))
		})
		a.Results[id] = r
	}
	return a
}

// A served answers a request for data.iacgate.report.
type served func(t *testing.T, documents []json.RawMessage) []byte

// TestServerAgrees: a server with the bundle answers what check says of every real input. With
// IACGATE_TOOLS=1 it is OPA's own, else OPA's evaluator on a tenth of the inputs.
func TestServerAgrees(t *testing.T) {
	archive := bundled(t, "--control", "all")
	ask, all := evaluator(t, archive), widetest.All()
	if os.Getenv("IACGATE_TOOLS") != "" {
		ask, all = server(t, archive), true
	}
	count := 0
	for i, input := range realInputs(t) {
		if !all && widetest.Skips(i) {
			continue
		}
		want, ok := checked(t, input)
		if !ok {
			continue
		}
		count++
		got := answerOf(t, ask(t, documentsOf(t, input)))
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: check and the server differ (-check +server)\n%s", input, diff)
		}
	}
	t.Logf("%d inputs", count)
	if floor := 500; all && count < floor || count < floor/10 {
		t.Errorf("only %d inputs", count)
	}
}

// realInputs are the plans, directories and templates of the test data.
func realInputs(t *testing.T) (inputs []string) {
	t.Helper()
	for _, glob := range []string{"plans/*/plan.json", "plans/*", "templates/*.json", "templates/*.yaml", "agree/*/template.*", "agree/*", "monorepo/*", "newcomer/*"} {
		found, err := filepath.Glob("../../testdata/" + glob)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v, %v", glob, found, err)
		}
		inputs = append(inputs, found...)
	}
	return inputs
}

// checked returns what check says of an input, false if it cannot be read.
func checked(t *testing.T, input string, flags ...string) (answered, bool) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args := append([]string{"check", "--control", "all", "--no-inline-waivers", "-o", "json", input}, flags...)
	exit := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
	if exit == 2 {
		return answered{}, false
	}
	var report struct {
		Inputs  []struct{}
		Results []struct {
			Control string
			result
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
		t.Fatalf("%s: %v", input, err)
	}
	a := answered{exit, map[string]result{}}
	for _, r := range report.Results {
		a.Results[r.Control] = r.result
	}
	return a.sorted(), len(report.Inputs) == 1
}

func answerOf(t *testing.T, raw []byte) answered {
	t.Helper()
	var a answered
	if err := json.Unmarshal(raw, &a); err != nil {
		t.Fatalf("%v\n%.300s", err, raw)
	}
	return a.sorted()
}

// bundled returns what bundle writes.
func bundled(t *testing.T, flags ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if exit := run(context.Background(), append([]string{"bundle"}, flags...), strings.NewReader(""), &stdout, &stderr); exit != 0 {
		t.Fatalf("exit status %d\n%s", exit, stderr.String())
	}
	return stdout.Bytes()
}

// documentsOf returns what graph prints of an input.
func documentsOf(t *testing.T, input string) (documents []json.RawMessage) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if exit := run(context.Background(), []string{"graph", "--control", "all", input}, strings.NewReader(""), &stdout, &stderr); exit != 0 {
		t.Fatalf("%s: exit status %d\n%s", input, exit, stderr.String())
	}
	for decoder := json.NewDecoder(&stdout); decoder.More(); {
		var one json.RawMessage
		if err := decoder.Decode(&one); err != nil {
			t.Fatalf("%s: %v", input, err)
		}
		documents = append(documents, one)
	}
	return documents
}

// evaluator asks OPA's evaluator, in this process.
func evaluator(t *testing.T, archive []byte) served {
	t.Helper()
	b, err := bundle.NewReader(bytes.NewReader(archive)).Read()
	if err != nil {
		t.Fatal(err)
	}
	query, err := rego.New(rego.ParsedBundle("iacgate", &b), rego.Query("data.iacgate.report"), rego.StrictBuiltinErrors(true)).PrepareForEval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, documents []json.RawMessage) []byte {
		t.Helper()
		var input any
		decoder := json.NewDecoder(bytes.NewReader(marshalled(t, documents)))
		decoder.UseNumber()
		if err := decoder.Decode(&input); err != nil {
			t.Fatal(err)
		}
		results, err := query.Eval(t.Context(), rego.EvalInput(input))
		if err != nil || len(results) != 1 {
			t.Fatalf("%d results, %v", len(results), err)
		}
		return marshalled(t, results[0].Expressions[0].Value)
	}
}

func marshalled(t *testing.T, value any) []byte {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// server starts the OPA that tools/go.mod pins, on loopback.
func server(t *testing.T, archive []byte) served {
	t.Helper()
	dir := t.TempDir()
	file, opa := filepath.Join(dir, "bundle.tar.gz"), filepath.Join(dir, "opa")
	if err := os.WriteFile(file, archive, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-modfile=../../tools/go.mod", "-o", opa, "github.com/open-policy-agent/opa").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	address := freeAddress(t)
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, opa, "run", "--server", "--skip-version-check", "--log-level", "error", "--addr", address, "--bundle", file)
	cmd.Stdout, cmd.Stderr = t.Output(), t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	awaitHealth(t, "http://"+address+"/health?bundles")
	return func(t *testing.T, documents []json.RawMessage) []byte {
		t.Helper()
		body := bytes.NewReader(marshalled(t, map[string]any{"input": documents}))
		response, err := http.Post("http://"+address+"/v1/data/iacgate/report?strict-builtin-errors=true", "application/json", body)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var answer struct{ Result json.RawMessage }
		if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Result == nil {
			t.Fatalf("%s, %v", response.Status, err)
		}
		return answer.Result
	}
}

// freeAddress returns one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func awaitHealth(t *testing.T, url string) {
	t.Helper()
	var last error
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		response, err := http.Get(url)
		if last = err; err != nil {
			continue
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if last = fmt.Errorf("%s", response.Status); response.StatusCode == http.StatusOK {
			return
		}
	}
	t.Fatalf("the server does not start: %v", last)
}
