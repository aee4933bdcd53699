// Package control lists the controls that may be asked for, and reads them: those of
// iacgate, one file each in policies/controls, and those that a configuration declares.
package control

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/glob"
	"github.com/iacgate/iacgate/internal/parallel"
	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/policies"
)

const (
	controlDir    = "controls"
	controlEnding = ".yaml"
)

// IDs lists the controls: the file names in policies/controls.
func IDs() ([]string, error) {
	files, err := fs.Glob(policies.FS, controlDir+"/*"+controlEnding)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range files {
		ids = append(ids, strings.TrimSuffix(path.Base(f), controlEnding))
	}
	slices.Sort(ids)
	return ids, nil
}

// A Catalogue lists the controls that may be asked for: those of the product, and those that
// a configuration declares, which work alike. The zero value has the former
// alone.
type Catalogue struct{ own []verdict.Control }

// With returns a catalogue with controls of somebody's own.
func With(own []verdict.Control) Catalogue { return Catalogue{own} }

// IDs lists the controls in their order.
func (c Catalogue) IDs() ([]string, error) {
	ids, err := IDs()
	ids = append(ids, verdict.IDs(c.own)...)
	slices.Sort(ids)
	return ids, err
}

// All returns all controls in order of their ids.
func (c Catalogue) All() ([]verdict.Control, error) { return c.Select([]string{"all"}) }

// read returns a control of the catalogue.
func (c Catalogue) read(id string) (verdict.Control, error) {
	if i := slices.IndexFunc(c.own, func(own verdict.Control) bool { return own.ID == id }); i >= 0 {
		return c.own[i], nil
	}
	return readControl(id)
}

// All returns the controls of the product.
func All() ([]verdict.Control, error) { return Catalogue{}.All() }

// Select returns controls of the product.
func Select(names []string) ([]verdict.Control, error) { return Catalogue{}.Select(names) }

// Select returns the controls that ids, globs or "all" name, in order of their
// ids and each once. A name that no control has is an error.
func (c Catalogue) Select(names []string) ([]verdict.Control, error) {
	ids, err := c.IDs()
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, name := range names {
		found := matchIDs(ids, name)
		if len(found) == 0 {
			return nil, fmt.Errorf("unknown control %q; the controls are %s", name, strings.Join(ids, ", "))
		}
		for _, id := range found {
			asked[id] = true
		}
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !asked[id] })
	type result struct {
		verdict.Control
		err error
	}
	var controls []verdict.Control
	for _, r := range parallel.Map(ids, strings.Clone, func(id string) (r result) {
		r.Control, r.err = c.read(id)
		return r
	}) {
		if r.err != nil {
			return nil, r.err
		}
		controls = append(controls, r.Control)
	}
	return controls, nil
}

func matchIDs(ids []string, name string) []string {
	if name == "all" {
		return ids
	}
	var found []string
	for _, id := range ids {
		if glob.Match(name, id) {
			found = append(found, id)
		}
	}
	return found
}

// readControl reads the file of a control. A run asks for some controls and for all, so
// that each is read once; callers must not change what it holds.
func readControl(id string) (verdict.Control, error) {
	read, _ := product.LoadOrStore(id, sync.OnceValues(func() (verdict.Control, error) {
		file := path.Join(controlDir, id+controlEnding)
		data, err := fs.ReadFile(policies.FS, file)
		if err != nil {
			return verdict.Control{}, err
		}
		return config.ParseControl(file, id, data)
	}))
	return read.(func() (verdict.Control, error))()
}

// product has the controls of the product by id.
var product sync.Map
