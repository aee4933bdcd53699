package chaintest

import (
	"github.com/iacgate/iacgate/internal/resource"
)

func List(texts ...string) resource.Value {
	var vs []resource.Value
	for _, t := range texts {
		vs = append(vs, resource.StringValue(t))
	}
	return resource.ListValue(vs...)
}
