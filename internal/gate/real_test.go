package gate_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestRealLocal(t *testing.T) {
	dir := os.Getenv("REAL")
	if dir == "" {
		t.Skip()
	}
	raw, _ := os.ReadFile(dir + "/labels.json")
	var labels []struct {
		ID, File, Reason, First_failing_link string
		Accept                               []string
	}
	json.Unmarshal(raw, &labels)
	g := newGate(t)
	for _, l := range labels {
		if !strings.HasSuffix(l.File, "plan.json") && !strings.HasPrefix(l.File, "plan-") {
			continue
		}
		r := judge(t, g, dir+"/"+l.File)
		ok := "ok "
		if !slices.Contains(l.Accept, string(r.Verdict)) {
			ok = "BAD"
		}
		fmt.Printf("%s %-40s %-8s want %v first %s (label %s) | %s\n", ok, l.ID, r.Verdict, l.Accept, firstFault(r), l.First_failing_link, l.Reason)
		for _, f := range r.Findings {
			if f.Level != "note" {
				fmt.Printf("      %s %s %s: %s %s: %.150s\n", f.Level, f.Link, f.Code, f.Resource, f.Attribute, f.Message)
			}
		}
	}
}
