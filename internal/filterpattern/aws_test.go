package filterpattern_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// TestAWS holds the package to what AWS answered.
func TestAWS(t *testing.T) {
	data, err := os.ReadFile("testdata/aws-answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded struct {
		Cases []struct {
			ID, Pattern, Error string
			Messages           []string
			Match              []int
		}
	}
	if err := json.Unmarshal(data, &recorded); err != nil {
		t.Fatal(err)
	}
	for _, c := range recorded.Cases {
		t.Run(c.ID, func(t *testing.T) {
			p, err := filterpattern.Parse(c.Pattern)
			if c.Error != "" {
				var syntax *filterpattern.SyntaxError
				if !errors.As(err, &syntax) || syntax.AWS != c.Error {
					t.Fatalf("%s: %#v, AWS says %q", c.Pattern, err, c.Error)
				}
				return
			}
			if err != nil {
				t.Fatalf("%s: %v", c.Pattern, err)
			}
			var got []int
			for i, message := range c.Messages {
				if p.Match([]byte(message)) {
					got = append(got, i+1)
				}
			}
			if !slices.Equal(got, c.Match) {
				t.Errorf("%s matches %v, AWS %v", c.Pattern, got, c.Match)
			}
		})
	}
}
