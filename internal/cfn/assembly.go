package cfn

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/repository"
)

// Manifest is the name of the file in which CDK lists its output.
const Manifest = "manifest.json"

// A manifest is a cloud assembly's.
// https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
type manifest struct {
	Artifacts map[string]artifact `json:"artifacts"`
}

type artifact struct {
	Type        string `json:"type"`
	Environment string `json:"environment"` // aws://account/region
	Properties  struct {
		TemplateFile  string `json:"templateFile"`
		StackName     string `json:"stackName"`
		DirectoryName string `json:"directoryName"`
	} `json:"properties"`
}

// maxManifest bounds the list in bytes; that of a large app has some MB.
const maxManifest = 64 << 20

const (
	stackArtifact    = "aws:cloudformation:stack"
	assemblyArtifact = "cdk:cloud-assembly"
)

// IsAssembly reports whether a directory is a cloud assembly, which CDK makes of an app:
// cdk.out.
func IsAssembly(dir string) bool {
	m, err := readManifest(dir)
	if err != nil {
		return false
	}
	for _, a := range m.Artifacts {
		if a.Type == stackArtifact || a.Type == assemblyArtifact {
			return true
		}
	}
	return false
}

func readManifest(dir string) (m manifest, err error) {
	raw, err := intake.Regular(filepath.Join(dir, Manifest), maxManifest)
	if err != nil {
		return m, reason(err)
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, errors.New("no JSON: " + err.Error())
	}
	return m, nil
}

// Stacks returns the stacks of a cloud assembly and of those inside it, in the
// order of their names. Their readers are not open yet.
func Stacks(dir string) ([]Input, error) {
	base, err := boundary(filepath.Join(dir, Manifest), "")
	if err != nil {
		return nil, diag.New(dir, "%v", reason(err))
	}
	return stacks(dir, base, 0)
}

// stacks returns those of an assembly and of those inside it, which lie in base.
func stacks(dir, base string, depth int) ([]Input, error) {
	file := filepath.Join(dir, Manifest)
	if err := repository.Admits(base, file); err != nil {
		return nil, diag.New(file, "%v", err)
	}
	m, err := readManifest(dir)
	if err != nil {
		return nil, diag.New(file, "%v", err)
	}
	var all []Input
	for _, id := range slices.Sorted(maps.Keys(m.Artifacts)) {
		a := m.Artifacts[id]
		switch named := cmp.Or(a.Properties.TemplateFile, a.Properties.DirectoryName); {
		case (a.Type == stackArtifact || a.Type == assemblyArtifact) && !filepath.IsLocal(named):
			return nil, diag.New(file, "%s: %q is outside of it", id, named)
		case a.Type == assemblyArtifact && depth >= maxNested:
			return nil, diag.New(file, "%s: assemblies nested more than %d deep", id, maxNested)
		case a.Type == stackArtifact:
			in := Input{Path: filepath.Join(dir, a.Properties.TemplateFile), Name: a.Properties.StackName}
			if in.Name == "" {
				in.Name = id
			}
			if err := repository.Admits(base, in.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, diag.New(in.Path, "%v", err)
			}
			in.Account, in.Region = environment(a.Environment)
			all = append(all, in)
		case a.Type == assemblyArtifact:
			inner, err := stacks(filepath.Join(dir, a.Properties.DirectoryName), base, depth+1)
			if err != nil {
				return nil, err
			}
			all = append(all, inner...)
		}
	}
	return all, nil
}

// environment reads aws://account/region, in which CDK writes unknown-account
// and unknown-region for what it does not know.
func environment(text string) (account, region string) {
	account, region, _ = strings.Cut(strings.TrimPrefix(text, "aws://"), "/")
	if strings.HasPrefix(account, "unknown") {
		account = ""
	}
	if strings.HasPrefix(region, "unknown") {
		region = ""
	}
	return account, region
}
