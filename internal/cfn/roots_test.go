package cfn

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A walk that ends at its bound says so: what lies behind it was not looked for.
func TestSurveyIsBounded(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.yaml", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("Resources:\n  T:\n    Type: AWS::SNS::Topic\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if found, _, err := survey(dir, 3); err != nil || len(found.Templates) != 1 {
		t.Errorf("%v, %v", found, err)
	}
	var refused *Error
	if _, _, err := survey(dir, 2); !errors.As(err, &refused) || refused.File != dir || refused.Msg != "more than 2 files below it" {
		t.Errorf("%v", err)
	}
}
