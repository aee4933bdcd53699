package main

import (
	"encoding/json"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// trivy is Aqua Trivy with the checks that are built into it; nothing is fetched:
// https://trivy.dev/docs/latest/references/configuration/cli/trivy_config/.
var trivy = checker{
	name: "Trivy",
	pkg:  "github.com/aquasecurity/trivy/cmd/trivy@v0.74.0",
	env:  []string{"GOEXPERIMENT=jsonv2"}, // it imports encoding/json/v2
	rule: rule{
		module: "github.com/aquasecurity/trivy-checks",
		file:   "checks/cloud/aws/cloudwatch/require_unauthorised_api_call_alarm.rego",
		id:     "AWS-0147",
		title:  "Ensure a log metric filter and alarm exist for unauthorized API calls",
	},
	note: "the rule belongs to the frameworks of two benchmarks, and only rules of the default framework are run\n" +
		"  ([metadata.go](https://github.com/aquasecurity/trivy/blob/v0.74.0/pkg/iac/rego/metadata.go)). What it would judge, filters and alarms, is\n" +
		"  read from neither language ([adapt.go](https://github.com/aquasecurity/trivy/blob/v0.74.0/pkg/iac/adapters/terraform/aws/cloudwatch/adapt.go)).",
	command: func(s shop.Shop, c checker, sys system) ([]string, string) {
		args := []string{c.program(s), "config", "--quiet", "--format", "json", "--include-non-failures",
			"--skip-check-update", "--skip-version-check", "--disable-telemetry", "--cache-dir", s.Path("trivy-cache")}
		if sys.parameters != "" {
			args = append(args, "--cf-params", sys.parameters)
		}
		return append(args, sys.dir), ""
	},
	status: []int{0},
	read:   readTrivy,
}

// readTrivy reads the report of types.Report,
// https://pkg.go.dev/github.com/aquasecurity/trivy/pkg/types. With
// --include-non-failures it has the checks that pass as well.
func readTrivy(report []byte, r rule) (heard, error) {
	var doc struct {
		Results []struct {
			Misconfigurations []struct{ ID, Status string }
		}
	}
	if err := json.Unmarshal(report, &doc); err != nil {
		return heard{}, err
	}
	h := heard{failed: "no check was made"}
	for _, result := range doc.Results {
		for _, m := range result.Misconfigurations {
			h.failed = ""
			if m.ID != r.id {
				continue
			}
			if m.Status == "FAIL" {
				return heard{word: objects}, nil
			}
			h.word = accepts
		}
	}
	return h, nil
}
