// Package fix computes the smallest change that fixes a fault, in the language and with
// the names of the input: HCL or JSON for Terraform code and plans, YAML or JSON for
// CloudFormation templates.
//
// It finds no faults (the policies do) and writes no files (package edit does). If code
// cannot fix a fault, such as an e-mail subscription that a person must confirm, there is
// no change, only the advice of package finding.
package fix

import (
	"maps"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// For returns the change that fixes a fault; ok is false where code cannot, or not without
// changing resources that share the block: then the change has values alone. The
// resources are those of the input. file returns the file in which one of them is
// written, "" where that is not known; its name tells the language.
func For(f Fault, resources []*resource.Resource, file func(*resource.Resource) string) (c verdict.Change, ok bool) {
	apply, known := fixes[f.Code]
	if !known || f.Denied {
		return verdict.Change{}, false
	}
	return with(apply, f, resources, file)
}

// with is the change that one fix makes.
func with(apply func(*draft), f Fault, resources []*resource.Resource, file func(*resource.Resource) string) (c verdict.Change, ok bool) {
	s := scope{resources: resources, added: map[string]string{}, fileOf: file}
	r := s.find(f.address())
	if r == nil || r.Mode != resource.Managed {
		return verdict.Change{}, false
	}
	s.terraform = isTerraform(r)
	if !s.terraform && !strings.HasSuffix("."+r.Address, "."+r.Name) {
		return verdict.Change{}, false // a part of another resource
	}
	s.module = s.moduleOf(r)
	d := &draft{scope: s, Fault: f}
	d.setTarget(r)
	apply(d)
	if d.impossible {
		return verdict.Change{}, false
	}
	c = d.change()
	if d.shared || s.terraform && hasInstances(s.module) {
		return verdict.Change{Language: c.Language, File: c.File, Resource: c.Resource, Values: c.Values}, false
	}
	return c, !c.Empty() && !strings.Contains(c.Text(""), resource.Symbol("")[:1])
}

// hasInstances says whether a module is made several times, from one code.
func hasInstances(module string) bool { return strings.Contains(module, "[") }

// isTerraform tells by the address: those of templates have no types.
func isTerraform(r *resource.Resource) bool {
	return strings.HasPrefix(r.Address, r.Type+".") || strings.Contains(r.Address, "."+r.Type+".")
}

// fixes are the finding codes that code can fix, and how.
var fixes = func() map[string]func(*draft) {
	all := map[string]func(*draft){}
	for _, some := range []map[string]func(*draft){trailFixes, filterFixes, alarmFixes, topicFixes, receiverFixes} {
		maps.Copy(all, some)
	}
	return all
}()
