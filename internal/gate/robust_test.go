package gate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/widetest"
)

// TestSpoiltPlans: whatever the values of a readable plan are, there is an
// answer to every control. An error would mean that a fact or a row is missing.
func TestSpoiltPlans(t *testing.T) {
	files, err := filepath.Glob("../../testdata/plans/*/plan.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	g := newGate(t)
	for n, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(uint64(n), 7))
		for i := range 40 {
			if widetest.Skips(i) {
				continue
			}
			spoilt, what := spoil(t, raw, r)
			answers(t, g, spoilt, filepath.Dir(file)+": "+what)
		}
	}
}

// answers judges a plan. A plan that the reader refuses is not the gate's.
func answers(t *testing.T, g *gate.Gate, raw []byte, what string) {
	t.Helper()
	doc, err := plan.Read(bytes.NewReader(raw), plan.Options{})
	if err != nil {
		return
	}
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if len(j.Results) != 1 || j.Results[0].Verdict == "" {
		t.Fatalf("%s: results %v", what, j.Results)
	}
}

// spoil changes a few values of the changes in a plan.
func spoil(t *testing.T, raw []byte, r *rand.Rand) (spoilt []byte, what string) {
	t.Helper()
	var p map[string]any
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	changes, _ := p["resource_changes"].([]any)
	for range 1 + r.IntN(4) {
		if len(changes) == 0 {
			break
		}
		c := changes[r.IntN(len(changes))].(map[string]any)
		what += fmt.Sprint(c["address"], " ", spoilChange(c["change"].(map[string]any), r), "; ")
	}
	spoilt, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return spoilt, what
}

func spoilChange(c map[string]any, r *rand.Rand) string {
	if r.IntN(8) == 0 {
		actions := [][]any{{"delete"}, {"forget"}, {"no-op"}, {"update"}, {"delete", "create"}, {"read"}}
		c["actions"] = actions[r.IntN(len(actions))]
		return fmt.Sprint("actions ", c["actions"])
	}
	after, ok := c["after"].(map[string]any)
	if !ok || len(after) == 0 {
		return "nothing"
	}
	key := pick(after, r)
	switch r.IntN(3) {
	case 0:
		delete(after, key)
		unknown, _ := c["after_unknown"].(map[string]any)
		unknown[key] = true
		return key + " unknown"
	case 1:
		sensitive, ok := c["after_sensitive"].(map[string]any)
		if ok {
			sensitive[key] = true
		}
		return key + " sensitive"
	}
	after[key] = odd[r.IntN(len(odd))]
	return fmt.Sprint(key, " = ", after[key])
}

// odd are values that no plan has in most places.
var odd = []any{
	nil, true, false, "", "x", "-1", 0, -1, 1e308, 1.5, []any{}, []any{nil}, []any{"x", 3}, map[string]any{},
	map[string]any{"x": []any{nil}}, []any{map[string]any{"name": nil}}, "arn:aws:sns:::", "arn:aws:logs:us-east-1:1:log-group:x:*:*",
	"{ $.errorCode = ", "%x%", "{\"Statement\": [{}]}", "\x00\u202e", "alias/aws/sns",
}

func pick(m map[string]any, r *rand.Rand) string {
	keys := slices.Sorted(maps.Keys(m))
	return keys[r.IntN(len(keys))]
}
