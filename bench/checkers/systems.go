package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/bench/internal/shop"
)

// A form is the format of a system.
type form string

const (
	code     form = "Terraform code"
	plan     form = "plan JSON"
	template form = "CloudFormation"
)

var forms = []form{code, plan, template}

// A set is where systems are from.
type set string

const (
	cases   set = "cases"   // of the project's testdata
	probe   set = "probe"   // one to which every rule has to object
	samples set = "samples" // of a checker's own rule
)

// A system is one infrastructure in one form.
type system struct {
	set        set
	form       form
	name       string
	want       string // pass or fail, or else what its form cannot show
	dir        string // a directory with nothing else in it
	path       string // the directory, the plan, or the template, with others beside it
	parameters string // a file with those of the template, if it is given any
}

// A story is case.json: the verdict that a system deserves, and what it is given.
type story struct {
	Verdict    string
	Arguments  string `json:"plan_arguments"`
	Parameters map[string]string
	Code       struct{ Verdict string } // where the code knows more or less than the plan
}

// collect lays every system into a directory of its own, so that whoever is
// given it sees that form alone.
func collect(s shop.Shop, asked []checker) ([]system, error) {
	var out []system
	for _, from := range []struct {
		set   set
		glob  string
		forms []form
	}{
		{cases, "testdata/plans/*/case.json", []form{code, plan}},
		{cases, "testdata/agree/*/case.json", []form{template}},
		{probe, "bench/checkers/testdata/probe/case.json", forms},
	} {
		files, err := filepath.Glob(filepath.Join(s.Root, from.glob))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("%s: no systems: %v", from.glob, err)
		}
		for _, file := range files {
			for _, f := range from.forms {
				sys, err := lay(s, from.set, f, file)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", file, err)
				}
				out = append(out, sys)
			}
		}
	}
	theirs, err := sampled(s, asked)
	return append(out, theirs...), err
}

// lay copies one form of the system beside a case.json.
func lay(s shop.Shop, from set, f form, file string) (system, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return system{}, err
	}
	var st story
	if err := json.Unmarshal(raw, &st); err != nil {
		return system{}, err
	}
	name := filepath.Base(filepath.Dir(file))
	sys := system{set: from, form: f, name: name, want: st.Verdict, dir: s.Path(filepath.Join(string(from), string(f), name))}
	source := os.DirFS(filepath.Dir(file))
	switch f {
	case code:
		if st.Code.Verdict != "" {
			sys.want = st.Code.Verdict
		}
		sys.path = sys.dir
		if err := copyTree(sys.dir, source, ".tf"); err != nil {
			return system{}, err
		}
		return sys, writeVars(filepath.Join(sys.dir, "terraform.tfvars"), st.Arguments)
	case plan:
		sys.path = filepath.Join(sys.dir, "plan.json")
		return sys, copyTree(sys.dir, source, "plan.json")
	default:
		sys.path = filepath.Join(sys.dir, "template.yaml")
		if len(st.Parameters) > 0 {
			sys.parameters = sys.dir + ".parameters.json"
			if err := writeParameters(sys.parameters, st.Parameters); err != nil {
				return system{}, err
			}
		}
		return sys, copyTree(sys.dir, source, ".yaml")
	}
}

// sampled returns the systems that the authors of a rule test it with.
func sampled(s shop.Shop, asked []checker) ([]system, error) {
	var out []system
	for _, c := range asked {
		if c.rule.samples == "" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(c.source, c.rule.samples))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("%s: no samples: %v", c.rule.samples, err)
		}
		for _, file := range files {
			name, _, _ := strings.Cut(filepath.Base(file), ".")
			sys := system{set: samples, form: code, name: c.name + " " + name, want: "pass", dir: s.Path(filepath.Join(string(samples), c.name, name))}
			if strings.HasPrefix(name, "positive") {
				sys.want = "fail"
			}
			sys.path = sys.dir
			if err := copyTree(sys.dir, os.DirFS(filepath.Dir(file)), name+".tf"); err != nil {
				return nil, err
			}
			out = append(out, sys)
		}
	}
	return out, nil
}
