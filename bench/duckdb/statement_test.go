package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestAWS asks DuckDB for what AWS answered: the conditions are those of filter patterns. Left
// out are the patterns that have none and the messages that are no object, which are no records.
func TestAWS(t *testing.T) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	asked := 0
	for _, c := range recorded(t) {
		if c.Error != "" || !strings.HasPrefix(c.Pattern, "{") {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			var s statement
			condition, err := s.pattern(c.Pattern)
			if err != nil {
				t.Skip(err)
			}
			asked++
			for i, message := range c.Messages {
				var object map[string]any
				if json.Unmarshal([]byte(message), &object) != nil || object == nil {
					continue
				}
				var got bool
				query := "SELECT " + condition + " FROM (" + s.fields("SELECT "+quote(message)+"::JSON AS r") + ")"
				if err := db.QueryRow(query).Scan(&got); err != nil {
					t.Fatalf("%s: %v", query, err)
				}
				if want := slices.Contains(c.Match, i+1); got != want {
					t.Errorf("%s on %s: %t, AWS %t\n%s", c.Pattern, message, got, want, condition)
				}
			}
		})
	}
	if asked < 20 {
		t.Errorf("asked %d patterns", asked)
	}
}

type recording struct {
	ID, Pattern, Error string
	Messages           []string
	Match              []int
}

func recorded(t *testing.T) []recording {
	t.Helper()
	data, err := os.ReadFile("../../internal/filterpattern/testdata/aws-answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Cases []recording }
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all.Cases
}
