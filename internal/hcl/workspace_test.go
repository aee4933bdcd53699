package hcl_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestWorkspace(t *testing.T) {
	const unknown = "unset(terraform.workspace)"
	const local = `{"version": 3, "backend": {"type": "local"}}`
	for _, tt := range []struct {
		name, files string
		environ     []string
		want        string
	}{
		{"nothing", "", nil, unknown},
		{"the variable", "-- .terraform/environment --\nprod\n", []string{"TF_WORKSPACE=dev"}, `"dev"`},
		{"selected", "-- .terraform/environment --\nprod\n", nil, `"prod"`},
		{"selected elsewhere", "-- data/environment --\nprod\n", []string{"TF_DATA_DIR=data"}, `"prod"`},
		{"initialised", "-- .terraform/providers/x --\n", nil, `"default"`},
		{"with a local backend", "-- .terraform/terraform.tfstate --\n" + local, nil, `"default"`},
		{"that the code names", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  backend \"local\" {}\n}\n", nil, `"default"`},
		{"with a remote one", "-- .terraform/terraform.tfstate --\n{\"backend\": {\"type\": \"s3\"}}", nil, unknown},
		{"that the code names", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  backend \"s3\" {}\n}\n", nil, unknown},
		{"in the cloud", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  cloud {}\n}\n", nil, unknown},
		{"nothing that is a state", "-- .terraform/terraform.tfstate --\n[", nil, unknown},
	} {
		doc := hcltest.ReadOptions(t, "-- main.tf --\nresource \"aws_sns_topic\" \"t\" {\n  name = terraform.workspace\n}\n"+tt.files+"\n", hcl.Options{Environ: tt.environ})
		if got := hcltest.Describe(hcltest.Find(t, doc, "aws_sns_topic.t").Attr("name")); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
