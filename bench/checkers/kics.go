package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

const kicsQuery = "assets/queries/terraform/aws/cloudwatch_unauthorized_access_defined_alarm_missing"

// kics is Checkmarx KICS. Its queries are files of the module, which the program
// is told of: https://docs.kics.io/latest/commands/.
var kics = checker{
	name: "KICS",
	pkg:  "github.com/Checkmarx/kics/v2/cmd/console@v2.2.0",
	rule: rule{
		module:  "github.com/Checkmarx/kics/v2",
		file:    kicsQuery + "/metadata.json",
		id:      "4c18a45b-4ab1-4790-9f83-399ac695f1e5",
		title:   "Ensure a log metric filter and alarm exist for unauthorized API calls",
		samples: kicsQuery + "/test/*tive*.tf",
	},
	note: "in one file at a time, an alarm whose `metric_name` has the name of the filter's resource in it (in a plan, the filter's address)\n" +
		"  and a pattern that compares `$.errorCode` with both texts under one `||` " +
		"([query.rego](https://github.com/Checkmarx/kics/blob/v2.2.0/" + kicsQuery + "/query.rego)).\n" +
		"  Trail, log group, the alarm's actions, topic and subscription are not asked for. It is a query for Terraform.",
	command: func(s shop.Shop, c checker, sys system) ([]string, string) {
		return []string{c.program(s), "scan", "--ci", "--disable-secrets", "--type", "Terraform,CloudFormation",
			"--queries-path", filepath.Join(c.source, "assets/queries"), "--include-queries", c.rule.id,
			"--report-formats", "json", "--output-path", s.Path("kics"), "--ignore-on-exit", "results",
			"--path", sys.dir}, s.Path("kics/results.json")
	},
	status: []int{0},
	read:   readKICS,
}

// readKICS reads https://docs.kics.io/latest/results/#json. A query that finds
// nothing is not in it.
func readKICS(report []byte, r rule) (heard, error) {
	var doc struct {
		Parsed  int `json:"files_parsed"`
		Failed  int `json:"files_failed_to_scan"`
		Queries []struct {
			ID string `json:"query_id"`
		}
	}
	if err := json.Unmarshal(report, &doc); err != nil {
		return heard{}, err
	}
	for _, q := range doc.Queries {
		if q.ID == r.id {
			return heard{word: objects}, nil
		}
	}
	if doc.Parsed == 0 || doc.Failed > 0 {
		return heard{failed: fmt.Sprintf("%d files read, %d not", doc.Parsed, doc.Failed)}, nil
	}
	return heard{}, nil
}
