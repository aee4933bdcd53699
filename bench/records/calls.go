package main

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
)

// A call is what a record tells that filter patterns ask for.
type call struct {
	service, name, code string
	identity            string // its type, "" for none
	read, answered      bool   // answered: responseElements is an object
}

// calls are drawn by their weights.
type calls struct {
	all  []call
	upTo []int // the sum of the weights up to each
}

//go:embed calls.txt
var callsText string

func readCalls() (calls, error) {
	var c calls
	sum := 0
	for line := range strings.Lines(callsText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		var weight int
		var x call
		var access, response string
		if _, err := fmt.Sscan(line, &weight, &x.service, &x.name, &x.code, &x.identity, &access, &response); err != nil {
			return c, fmt.Errorf("calls.txt: %s: %w", line, err)
		}
		x.code, x.identity = strings.TrimPrefix(x.code, "-"), strings.TrimPrefix(x.identity, "-")
		x.read, x.answered = access == "read", response == "object"
		sum += weight
		c.all, c.upTo = append(c.all, x), append(c.upTo, sum)
	}
	return c, nil
}

func (c calls) draw(r *rand.Rand) call {
	n := r.IntN(c.upTo[len(c.upTo)-1])
	return c.all[sort.SearchInts(c.upTo, n+1)]
}
