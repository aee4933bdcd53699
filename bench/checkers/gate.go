package main

import (
	"encoding/json"
	"fmt"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// gate is iacgate itself, asked as its peers are.
var gate = checker{
	name: "iacgate",
	rule: rule{id: "unauthorized-api-calls", title: "Unauthorized API calls raise an alarm"},
	note: "the whole chain from trail to subscription, as [the README](../README.md) has it.",
	command: func(s shop.Shop, c checker, sys system) ([]string, string) {
		args := []string{s.Path("iacgate"), "check", "-o", "json"}
		if sys.parameters != "" {
			args = append(args, "--parameters-file", sys.parameters)
		}
		return append(args, sys.path), ""
	},
	status: []int{0, 1, 3},
	read:   readGate,
}

// readGate reads the json form, https://github.com/iacgate/iacgate/blob/main/docs/outputs.md.
func readGate(report []byte, r rule) (heard, error) {
	var doc struct {
		Results []struct{ Control, Verdict string }
	}
	if err := json.Unmarshal(report, &doc); err != nil {
		return heard{}, err
	}
	words := map[string]answer{"pass": accepts, "fail": objects, "unknown": unknown, "skip": skips}
	for _, result := range doc.Results {
		if word, ok := words[result.Verdict]; ok && result.Control == r.id {
			return heard{word: word}, nil
		}
	}
	return heard{}, fmt.Errorf("no verdict of %s", r.id)
}
