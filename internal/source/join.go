package source

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/resource"
)

// beside joins a plan that lies in a root module with the code there. Where the
// plan leaves nothing open the code is read only for places and waivers, when
// somebody asks.
func (d Directory) beside(ctx context.Context, doc *resource.Document, planPath string, at Place) {
	dir := filepath.Dir(planPath)
	if doc.Format == resource.Plan && isOpen(doc) && hcl.Claims(dir) {
		if err := d.join(ctx, doc, dir, at); err != nil {
			doc.Notes = append(doc.Notes, "the code beside the plan cannot be read, and the plan stands: "+err.Error())
		}
		return
	}
	var found atomic.Pointer[resource.Document] // the code, once it is read
	read := sync.OnceFunc(func() {
		if !hcl.Claims(dir) {
			return
		}
		if code, err := d.ofPlan(ctx, doc, dir, at); err == nil { // else the plan is what is judged
			found.Store(code)
		}
	})
	doc.Locate = func(address string) *resource.Resource {
		if read(); found.Load() != nil {
			return counterpart(found.Load(), address)
		}
		return nil
	}
	doc.InlineWaivers = func() []*resource.InlineWaiver {
		if code := found.Load(); code != nil && code.InlineWaivers != nil {
			return code.InlineWaivers()
		}
		return nil
	}
}

// isOpen says whether a plan leaves values open that code may settle.
func isOpen(doc *resource.Document) bool {
	for _, r := range doc.Resources {
		open := false
		r.Attributes.Walk(func(_ []any, v resource.Value) bool {
			o, ok := v.Origin()
			open = open || v.IsUnknown() && ok && o.Cause != resource.Computed
			return !open
		})
		if open {
			return true
		}
	}
	return false
}

// counterpart finds an instance in the code, or another one of the same block:
// the code may leave open which instances there are.
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

// ofPlan reads the code of a plan, with the variables of the plan.
func (d Directory) ofPlan(ctx context.Context, doc *resource.Document, dir string, at Place) (*resource.Document, error) {
	if doc.Variables != nil {
		d = Directory{Values: doc.Variables(), Tofu: d.Tofu, named: d.named}
	}
	return d.read(ctx, dir, at)
}

// join completes a plan with the code that it was made from: places, waivers, and
// where plan and code say the same of all that both tell, what the plan leaves
// open.
func (d Directory) join(ctx context.Context, doc *resource.Document, dir string, at Place) error {
	code, err := d.ofPlan(ctx, doc, dir, at)
	if err != nil {
		return err
	}
	doc.Locate = func(address string) *resource.Resource { return counterpart(code, address) }
	doc.InlineWaivers = code.InlineWaivers
	doc.Secrets = append(doc.Secrets, code.Secrets...)
	if doc.Format != resource.Plan || !isOpen(doc) {
		return nil
	}
	if why := differ(doc, code); why != "" {
		doc.Notes = append(doc.Notes, why+": what the plan leaves open stays so")
		return nil
	}
	s := newSettler(doc, code)
	for _, r := range doc.Resources {
		if w := s.written[r.Address]; w != nil {
			s.resource(r, w)
		}
	}
	doc.Notes = append(doc.Notes, s.notes...)
	return nil
}

// differ says in what plan and code do not agree; "" where they do.
func differ(doc, code *resource.Document) string {
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
