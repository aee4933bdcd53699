package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/resource"
)

// A template is the content of one file, before any parameter has a value.
type template struct {
	path        string // for reading what lies beside it; "" for the standard input
	boundary    string // where what it names may lie; links followed
	overlay     *overlay.Files
	file        string // of places: "" for the input itself
	root        *node
	parameters  []*parameter
	transforms  []transform
	extensions  bool     // AWS::LanguageExtensions
	loops       bool     // there is a Fn::ForEach
	partitions  []string // that its ARNs name
	transformed bool     // a transform adds what cannot be seen
	notes       []string
	waivers     waiverIndex
	assetPaths  map[string]string // once they are read
}

// A transform is an entry of the section Transform.
type transform struct {
	name      string
	arguments *node
	place
}

// section returns a section; nil if there is none or it is empty.
func (t *template) section(name string) *node {
	if n := t.root.get(name); n != nil && n.kind == object {
		return n
	}
	return nil
}

// knownTransforms are the transforms that do not change the judged resources, or that
// this package implements.
var knownTransforms = []string{
	"AWS::LanguageExtensions", "AWS::Serverless-2016-10-31", "AWS::Include", "AWS::SecretsManager-2020-07-23",
	"AWS::SecretsManager-2024-09-16", "AWS::CodeDeployBlueGreen", "AWS::CodeStar", "AWS::ServiceCatalog",
}

// macros returns the transforms that may rewrite anything.
func (t *template) macros() []string {
	var names []string
	for _, tr := range t.transforms {
		if !slices.Contains(knownTransforms, tr.name) {
			names = append(names, tr.name)
		}
	}
	return names
}

func isInclude(m member) bool {
	name := m.value.get("Name")
	return name != nil && name.text == "AWS::Include"
}

// A waiverIndex has the waivers in a template.
type waiverIndex struct {
	all     []*resource.InlineWaiver
	byPlace map[place][]*resource.InlineWaiver // by the places of the keys of resources
}
