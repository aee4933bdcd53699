package hcl

import (
	"path/filepath"
	"testing"
)

func TestWorkspace(t *testing.T) {
	const local = `{"version": 3, "backend": {"type": "local"}}`
	for _, tt := range []struct {
		name, files string
		environ     []string
		want        workspace
	}{
		{"nothing", "", nil, workspace{}},
		{"the variable", "-- .terraform/environment --\nprod\n", []string{"TF_WORKSPACE=dev"}, workspace{"dev", true}},
		{"selected", "-- .terraform/environment --\nprod\n", nil, workspace{"prod", true}},
		{"selected elsewhere", "-- data/environment --\nprod\n", []string{"TF_DATA_DIR=data"}, workspace{"prod", true}},
		{"initialised", "-- .terraform/providers/x --\n", nil, workspace{"default", true}},
		{"with a local backend", "-- .terraform/terraform.tfstate --\n" + local, nil, workspace{"default", true}},
		{"that the code names", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  backend \"local\" {}\n}\n", nil, workspace{"default", true}},
		{"with a remote one", "-- .terraform/terraform.tfstate --\n{\"backend\": {\"type\": \"s3\"}}", nil, workspace{}},
		{"that the code names", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  backend \"s3\" {}\n}\n", nil, workspace{}},
		{"in the cloud", "-- .terraform/x --\n-- backend.tf --\nterraform {\n  cloud {}\n}\n", nil, workspace{}},
		{"nothing that is a state", "-- .terraform/terraform.tfstate --\n[", nil, workspace{}},
	} {
		dir := unpack(t, "-- main.tf --\n"+tt.files+"\n")
		ev, err := newEvaluation(t.Context(), Options{Dir: dir, Environ: tt.environ})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ev.module(ev.tree.dir); err != nil {
			t.Fatal(err)
		}
		if name, known := ev.workspace(); known != tt.want.known || name != tt.want.name {
			t.Errorf("%s (%s): %q, %t", tt.name, filepath.Base(dir), name, known)
		}
		ev.close()
	}
}
