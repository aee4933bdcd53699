package gate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNamesInReasons: the name of a log group is somebody's own and stays as it
// is, where the words around it are put into those of templates.
func TestNamesInReasons(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/agree/complete/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(raw), "LogGroupName: !Ref AuditLogGroup", "LogGroupName: log_group_name", 1)
	text = strings.Replace(text, "LogGroupName: /aws/cloudtrail/organization", "LogGroupName: alarm_actions", 1)
	path := filepath.Join(t.TempDir(), "t.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	r := judgeTemplate(t, newGate(t), path, nil)
	const want = `the trail writes to "alarm_actions", the filter reads "log_group_name"`
	if f := r.Findings[0]; f.Code != "log-group-mismatch" || !strings.HasSuffix(f.Message, want) {
		t.Errorf("want %s\n%s", want, pretty(r))
	}
}
