package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The number of padding resources of the large plans: 117 and 580 MB.
const (
	manyResources = 20_000
	mostResources = 100_000
)

const (
	smallPlan = "testdata/plans/complete/plan.json"
	smallCode = "testdata/plans/complete/main.tf"
	laterPlan = "testdata/plans/existing-unchanged/plan.json" // one with a state before it
)

// tenLines is the policy that the peers run: as small as policies get.
const tenLines = `package main

deny contains msg if {
	some change in input.resource_changes
	change.type == "aws_cloudtrail"
	change.change.after.enable_logging == false
	msg := sprintf("%s does not log", [change.address])
}
`

// inputs writes what is judged: a policy, a large plan, a thousand small ones,
// a repository of three hundred root modules, and whole baselines.
func (w workshop) inputs(large bool) error {
	small, err := os.ReadFile(filepath.Join(w.Root, smallPlan))
	if err != nil {
		return err
	}
	code, err := os.ReadFile(filepath.Join(w.Root, smallCode))
	if err != nil {
		return err
	}
	files := map[string][]byte{"policy/main.rego": []byte(tenLines), "small.json": small}
	for i := range 1000 {
		files[fmt.Sprintf("many/plan%04d.json", i)] = small
	}
	for i := range 300 {
		files[fmt.Sprintf("mono/root%03d/main.tf", i)] = code
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(w.Path(name)), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(w.Path(name), text, 0o644); err != nil {
			return err
		}
	}
	if err := w.writeBaselines(); err != nil {
		return err
	}
	if !large {
		return nil
	}
	later, err := os.ReadFile(filepath.Join(w.Root, laterPlan))
	if err != nil {
		return err
	}
	return errors.Join(pad(w.Path("large.json"), later, manyResources), pad(w.Path("largest.json"), later, mostResources))
}

// pad writes a plan with n more resources of another type, of about 5.8 KB over
// the sections that real plans have them in.
func pad(name string, plan []byte, n int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	rest := plan
	for _, section := range []struct {
		path  []string // to the list, as far as it has to be known
		entry func(i int) string
	}{
		{[]string{`"planned_values"`, `"resources"`, "["}, planned},
		{[]string{`"resource_changes"`, "["}, changed},
		{[]string{`"prior_state"`, `"resources"`, "["}, planned},
	} {
		for _, part := range section.path {
			before, after, ok := bytes.Cut(rest, []byte(part))
			if !ok {
				return fmt.Errorf("%s: no %s", laterPlan, section.path)
			}
			w.Write(before)
			w.WriteString(part)
			rest = after
		}
		for i := range n {
			w.WriteString(section.entry(i) + ",")
		}
	}
	w.Write(rest)
	return errors.Join(w.Flush(), f.Close())
}

func values(i int) string {
	return fmt.Sprintf(`{"ami":"ami-%017x","arn":null,"instance_type":"m7g.large","availability_zone":"us-east-1a","user_data_base64":"%s",`+
		`"tags":{"Name":"node-%d","Team":"payments","CostCenter":"%06d"},"ebs_block_device":[{"device_name":"/dev/sdf","volume_size":%d,`+
		`"encrypted":true,"kms_key_id":null},{"device_name":"/dev/sdg","volume_size":8,"encrypted":true,"kms_key_id":null}],`+
		`"vpc_security_group_ids":["sg-%017x","sg-%017x"],"ebs_optimized":null,"monitoring":true,"metadata_options":[{"http_endpoint":"enabled",`+
		`"http_tokens":"required","http_put_response_hop_limit":1}],"note":"quotes \" and \\ and unicode é { [ ] } inside"}`,
		i, strings.Repeat("5a", 256), i, i, i%500+8, i, i+1)
}

func head(i int) string {
	return fmt.Sprintf(`{"address":"aws_instance.node[%d]","mode":"managed","type":"aws_instance","name":"node","index":%d,`+
		`"provider_name":"registry.terraform.io/hashicorp/aws",`, i, i)
}

func planned(i int) string {
	return head(i) + `"schema_version":2,"values":` + values(i) + `,"sensitive_values":{"tags":{}}}`
}

func changed(i int) string {
	return head(i) + `"change":{"actions":["update"],"before":` + values(i) + `,"after":` + values(i) +
		`,"after_unknown":{"arn":true,"ebs_block_device":[{},{}]},"before_sensitive":{},"after_sensitive":{}}}`
}
