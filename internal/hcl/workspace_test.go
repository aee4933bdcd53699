package hcl_test

import (
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestWorkspace(t *testing.T) {
	const local = `{"version": 3, "backend": {"type": "local"}}`
	for _, tt := range []struct {
		name, files string
		environ     []string
		want        hcl.Workspace
	}{
		{"nothing", "", nil, hcl.Workspace{}},
		{"the variable", "-- .terraform/environment --\nprod\n", []string{"TF_WORKSPACE=dev"}, hcl.Workspace{"dev", true}},
		{"selected", "-- .terraform/environment --\nprod\n", nil, hcl.Workspace{"prod", true}},
		{"selected elsewhere", "-- data/environment --\nprod\n", []string{"TF_DATA_DIR=data"}, hcl.Workspace{"prod", true}},
		{"initialised", "-- .terraform/providers/x --\n", nil, hcl.Workspace{"default", true}},
		{"with a local backend", "-- .terraform/terraform.tfstate --\n" + local, nil, hcl.Workspace{"default", true}},
		{"that the code names", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  backend \"local\" {}\n}\n", nil, hcl.Workspace{"default", true}},
		{"with a remote one", "-- .terraform/terraform.tfstate --\n{\"backend\": {\"type\": \"s3\"}}", nil, hcl.Workspace{}},
		{"that the code names", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  backend \"s3\" {}\n}\n", nil, hcl.Workspace{}},
		{"in the cloud", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  cloud {}\n}\n", nil, hcl.Workspace{}},
		{"nothing that is a state", "-- .terraform/terraform.tfstate --\n[", nil, hcl.Workspace{}},
	} {
		dir := hcltest.Unpack(t, "-- main.tf --\n"+tt.files+"\n")
		ev, err := hcl.NewEvaluation(t.Context(), hcl.Options{Dir: dir, Environ: tt.environ})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ev.Module(ev.Tree.Dir); err != nil {
			t.Fatal(err)
		}
		if name, known := ev.Workspace(); known != tt.want.Known || name != tt.want.Name {
			t.Errorf("%s (%s): %q, %t", tt.name, filepath.Base(dir), name, known)
		}
		ev.Close()
	}
}
