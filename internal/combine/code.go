package combine

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/iacgate/iacgate/internal/resource"
)

// WithCode completes a plan with the code that it was made from: places, waivers, and
// where plan and code have the same configuration, the values that the plan leaves
// open. Of a state it takes places and waivers.
func WithCode(doc, code *resource.Document) {
	doc.Locate = func(address string) *resource.Resource { return counterpart(code, address) }
	doc.InlineWaivers = code.InlineWaivers
	doc.Secrets = append(doc.Secrets, code.Secrets...)
	if doc.Format != resource.Plan || !IsOpen(doc) {
		return
	}
	if why := difference(doc, code); why != "" {
		doc.Notes = append(doc.Notes, why+": what the plan leaves open stays so")
		return
	}
	fillUnknownsFromCode(doc, code)
}

// WithCodeOnDemand takes places and waivers of a document from code that is read once
// somebody asks for a place. Code that cannot be read has none.
func WithCodeOnDemand(doc *resource.Document, read func() (*resource.Document, error)) {
	var code atomic.Pointer[resource.Document] // once it is read
	once := sync.OnceFunc(func() {
		if found, err := read(); err == nil {
			code.Store(found)
		}
	})
	doc.Locate = func(address string) *resource.Resource {
		if once(); code.Load() != nil {
			return counterpart(code.Load(), address)
		}
		return nil
	}
	doc.InlineWaivers = func() []*resource.InlineWaiver {
		if found := code.Load(); found != nil && found.InlineWaivers != nil {
			return found.InlineWaivers()
		}
		return nil
	}
}

// counterpart finds an instance in the code, or another one of the same block: the
// code may leave open which instances there are.
func counterpart(code *resource.Document, address string) *resource.Resource {
	block := resource.Block(address)
	var same *resource.Resource
	for _, r := range code.Resources {
		if r.Address == address {
			return r
		}
		if same == nil && resource.Block(r.Address) == block {
			same = r
		}
	}
	return same
}

// difference says in what the configurations of plan and code differ; "" if they are
// the same.
func difference(doc, code *resource.Document) string {
	if doc.Configuration == nil || code.Configuration == nil {
		return "the plan says nothing of its configuration"
	}
	written := code.Configuration()
	if written == nil {
		return "code in JSON cannot be compared with the plan"
	}
	switch address, argument := resource.Difference(doc.Configuration(), written); {
	case address == "":
		return ""
	case argument == "":
		return fmt.Sprintf("the code is not the plan's: only one of the two has %s", address)
	default:
		return fmt.Sprintf("the code is not the plan's: %s.%s differs", address, argument)
	}
}
