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
// IACGATE_TOOLS=1 it is OPA's own, else OPA's evaluator on a thirtieth of the inputs.
func TestServerAgrees(t *testing.T) {
	archive := bundled(t, "--control", "all")
	ask, all := evaluator(t, archive), widetest.All()
	if os.Getenv("IACGATE_TOOLS") != "" {
		ask, all = server(t, archive), true
	}
	count := 0
	for i, input := range realInputs(t) {
		if !all && i%30 > 0 {
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
	if floor := 500; all && count < floor || count < floor/30 {
		t.Errorf("only %d inputs", count)
	}
}

// TestServerAgreesOnLevels: what is on no link, and cases that differ, count as the configuration
// says.
func TestServerAgreesOnLevels(t *testing.T) {
	ask := evaluator(t, bundled(t, "--control", "all"))
	exits := map[int]int{}
	for _, level := range []string{"unknown", "error"} {
		file := filepath.Join(t.TempDir(), "levels.yaml")
		text := "external:\n- {log_group: nowhere, reason: r}\n- {module: no/module, reason: r}\nlevels:\n"
		for _, code := range []string{
			"account-unwatched", "alarm-other-kind", "depends-on-parameter", "external-unused", "input-not-read", "plan-incomplete", "trail-data-only",
		} {
			text += "  " + code + ": " + level + "\n"
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for i, input := range realInputs(t) {
			isWhole := strings.Contains(filepath.ToSlash(input), "plans/all-controls/") // one that passes without these levels
			if !isWhole && (widetest.Skips(i+1) || !widetest.All() && i%3 > 0) {        // the default asks a thirtieth
				continue
			}
			want, ok := checked(t, input, "--config", file)
			if !ok {
				continue
			}
			exits[want.Exit]++
			got := answerOf(t, ask(t, documentsOf(t, input, "--config", file)))
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%s: check and the server differ (-check +server)\n%s", input, diff)
			}
		}
	}
	if exits[0] > 0 || exits[1] == 0 || exits[3] == 0 {
		t.Errorf("%v: an unused entry is no pass at these levels", exits)
	}
}

// TestServerAgreesOnOwnPolicies: so do the results of packages of the user's own.
func TestServerAgreesOnOwnPolicies(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"main.rego": "package main\n\ndeny contains data.teams.message if count(input.trails) == 0\n\n" +
			"deny_alarm contains {\"msg\": a.address, \"n\": 1} if some a in input.alarms\n\n" +
			"warn contains \"a topic\" if count(input.topics) > 0\n\nexception contains [\"alarm\"] if count(input.alarms) == 1\n",
		"tags.rego": "package acme.tags\n\nviolation_x contains input.path if input.format == \"plan\"\n",
		"data.json": `{"teams": {"message": "no trail"}}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	own := []string{"--policy", dir, "--data", filepath.Join(dir, "data.json"), "--all-namespaces"}
	ask := evaluator(t, bundled(t, own...))
	verdicts := map[string]int{}
	for _, input := range []string{"plans/complete/plan.json", "plans/all-controls/plan.json", "plans/no-trail-at-all/plan.json", "templates/findinmap-region-differ.yaml"} {
		input = "../../testdata/" + input
		want, _ := checked(t, input, own...)
		for _, r := range want.Results {
			verdicts[r.Verdict]++
		}
		got := answerOf(t, ask(t, documentsOf(t, input)))
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: check and the server differ (-check +server)\n%s", input, diff)
		}
	}
	if verdicts["waived"] == 0 || verdicts["fail"] == 0 || verdicts["pass"] == 0 {
		t.Errorf("%v", verdicts)
	}
}

// TestServerOrdersCases: policies of one's own judge the first case, wherever it is in the list.
func TestServerOrdersCases(t *testing.T) {
	file := filepath.Join(t.TempDir(), "first.rego")
	if err := os.WriteFile(file, []byte("package main\n\ndeny contains sprintf(\"case %d\", [input.case.number])\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ask := evaluator(t, bundled(t, "--policy", file))
	cases := documentsOf(t, "../../testdata/templates/findinmap-region-differ.yaml")
	want := ask(t, cases)
	if !bytes.Contains(want, []byte("case 1")) {
		t.Errorf("%s", want)
	}
	slices.Reverse(cases)
	if got := ask(t, cases); !bytes.Equal(got, want) {
		t.Errorf("in another order: %s, want %s", got, want)
	}
}

// TestServerRefuses: what cannot be judged is an error, and never a pass.
func TestServerRefuses(t *testing.T) {
	ask := evaluator(t, bundled(t, "--control", "all"))
	complete, cases := "../../testdata/plans/complete/plan.json", "../../testdata/templates/findinmap-region-differ.yaml"
	edited := func(edit func(map[string]any)) []json.RawMessage {
		var document map[string]any
		if err := json.Unmarshal(documentsOf(t, complete)[0], &document); err != nil {
			t.Fatal(err)
		}
		edit(document)
		return []json.RawMessage{marshalled(t, document)}
	}
	several := documentsOf(t, cases)
	if len(several) < 2 {
		t.Fatalf("%s has %d documents", cases, len(several))
	}
	for want, documents := range map[string][]json.RawMessage{
		"no document":                         {},
		"version 0":                           edited(func(d map[string]any) { d["version"] = "0" }),
		"taken is required":                   edited(func(d map[string]any) { delete(d, "taken") }),
		"new is not allowed":                  edited(func(d map[string]any) { d["new"] = 1 }),
		"not in the documents: vpc-changes":   edited(func(d map[string]any) { delete(d["controls"].(map[string]any), "vpc-changes") }),
		"all cases of an input":               several[:1],
		"each input has an answer of its own": append(documentsOf(t, complete), several...),
		"document 2: no object":               {several[0], []byte(`"x"`)},
		"levels: input-not-read is null":      edited(func(d map[string]any) { delete(d["levels"].(map[string]any), "input-not-read") }),
		"levels: no-trail is off":             edited(func(d map[string]any) { d["levels"].(map[string]any)["no-trail"] = "off" }),
	} {
		var got struct {
			Verdict string
			Exit    int
			Errors  []string
			Results map[string]any
		}
		if err := json.Unmarshal(ask(t, documents), &got); err != nil {
			t.Fatal(err)
		}
		if got.Verdict != "error" || got.Exit != 2 || len(got.Results) > 0 || !strings.Contains(strings.Join(got.Errors, "\n"), want) {
			t.Errorf("%s: %+v", want, got)
		}
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
func documentsOf(t *testing.T, input string, flags ...string) (documents []json.RawMessage) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if exit := run(context.Background(), append([]string{"graph", "--control", "all", input}, flags...), strings.NewReader(""), &stdout, &stderr); exit != 0 {
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
