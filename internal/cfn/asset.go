package cfn

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// assetAt is the path of the template that CDK put into its bucket under the name
// of its hash, as the assets of this stack or of one around it say it; "" where
// none of them has it. The metadata say it only where CDK was asked for them.
// https://docs.aws.amazon.com/cdk/v2/guide/assets.html
func (s *stack) assetAt(url string) string {
	name := url[strings.LastIndexAny(url, "/")+1:]
	hash, isJSON := strings.CutSuffix(name, ".json")
	if !isJSON || hash == "" || len(resource.Symbols(name)) > 0 {
		return ""
	}
	for at := s; at != nil; at = at.parent {
		if path := at.template.assets()[hash]; path != "" && filepath.IsLocal(path) {
			return path
		}
	}
	return ""
}

// assets are the paths of the files of the stack's assets by their hashes.
func (t *template) assets() map[string]string {
	if t.assetPaths != nil {
		return t.assetPaths
	}
	t.assetPaths = map[string]string{}
	stem, isCDK := strings.CutSuffix(filepath.Base(t.path), ".template.json")
	if !isCDK {
		return t.assetPaths
	}
	_, raw, err := t.readBeside(stem + ".assets.json")
	if err != nil {
		return t.assetPaths
	}
	var list struct {
		Files map[string]struct{ Source struct{ Path string } }
	}
	if json.Unmarshal(raw, &list) == nil {
		for hash, file := range list.Files {
			t.assetPaths[hash] = file.Source.Path
		}
	}
	return t.assetPaths
}
