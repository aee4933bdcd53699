package report

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
)

// A point is a test point of TAP as a harness reads it.
type point struct {
	ok                             bool
	number                         int
	description, directive, reason string
	diagnostics                    map[string]any
}

// readTAP reads TAP version 14 as its specification says.
func readTAP(text string) (points []point, err error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 2 || lines[0] != "TAP version 14" {
		return nil, errors.New("no version")
	}
	var plan int
	if _, err := fmt.Sscanf(lines[1], "1..%d", &plan); err != nil {
		return nil, err
	}
	line := regexp.MustCompile(`^(not )?ok (\d+) -(?: (.*?))?(?: # (SKIP|TODO) (.*))?$`)
	for i := 2; i < len(lines); i++ {
		m := line.FindStringSubmatch(lines[i])
		if m == nil {
			return nil, fmt.Errorf("line %d: %.200q", i+1, lines[i])
		}
		p := point{ok: m[1] == "", description: m[3], directive: m[4], reason: m[5]}
		p.number, _ = strconv.Atoi(m[2])
		if strings.Contains(strings.NewReplacer(`\\`, "", `\#`, "").Replace(m[3]+m[5]), "#") {
			return nil, fmt.Errorf("line %d: an unescaped #", i+1)
		}
		if i+1 < len(lines) && lines[i+1] == "  ---" {
			end := slices.Index(lines[i+1:], "  ...")
			if end < 0 {
				return nil, errors.New("diagnostics without an end")
			}
			if err := yaml.Unmarshal([]byte(strings.Join(lines[i+2:i+1+end], "\n")), &p.diagnostics); err != nil {
				return nil, err
			}
			i += end + 1
		}
		points = append(points, p)
	}
	if len(points) != plan {
		return nil, fmt.Errorf("%d points of %d", len(points), plan)
	}
	return points, nil
}

func TestTAPIsReadAsWritten(t *testing.T) {
	for name, r := range reports {
		points, err := readTAP(string(write(t, "tap", r, Options{})))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for i, p := range points {
			if p.number != i+1 || p.ok == (p.directive != "SKIP" && r.Results[i].Verdict != verdict.Pass) {
				t.Errorf("%s: %s is %+v", name, r.Results[i].Verdict, p)
			}
			if found, _ := p.diagnostics["findings"].([]any); len(found) != len(findingsOrPlaceholder(r.Results[i])) {
				t.Errorf("%s: %d findings in %v", name, len(found), p.diagnostics)
			}
		}
	}
}
