package rewrite

import (
	"cmp"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/edit"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An attempt is one way to make the change of a proposal.
type attempt struct {
	make func(*draft) error
	// strict says that nothing else may fail or be unknown afterwards: it is a guess.
	strict bool
}

// maxAttempts bounds the places that are tried for one change.
const maxAttempts = 40

// attempts are the ways to make a change. Where an argument gets its value from somewhere
// else, a table, a local value or a default, it is changed there: each place that holds
// the old value is tried, the likeliest first, and judging tells whether it was the one.
func (d *draft) attempts(made proposal) (ways []attempt, err error) {
	if w := made.finding.Wanted; w != nil && len(w.Values) > 0 && admits(made, *w) == nil {
		atUse, moved, err := d.split(*w)
		if err != nil {
			return nil, err
		}
		if len(moved) > 0 {
			ways = d.moved(made, atUse, moved)
		}
	}
	if c := made.finding.Change; c != nil {
		ways = append(ways, attempt{make: func(d *draft) error { return d.apply(made, *c) }})
	}
	if made.finding.Instead != nil {
		ways = append(ways, attempt{strict: true, make: func(d *draft) error {
			c := made.finding.Instead()
			if c == nil {
				return errNoCode
			}
			return d.apply(made, *c)
		}})
	}
	return ways, nil
}

// split tells the values that are written in the block of the resource, or not at all,
// from those that come from elsewhere.
func (d *draft) split(w verdict.Change) (atUse, moved []verdict.Value, err error) {
	text, err := d.text(w.File)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range w.Values {
		if edit.Argument(w.File, text, w.Resource, v.Attribute) == edit.Elsewhere {
			moved = append(moved, v)
		} else {
			atUse = append(atUse, v)
		}
	}
	return atUse, moved, nil
}

// A spot is a literal in a file.
type spot struct {
	file    string
	literal edit.Literal
	value   verdict.Value
	rank    int
}

// moved are the ways to change the values that come from elsewhere, together with those
// that are written at the resource.
func (d *draft) moved(made proposal, atUse, moved []verdict.Value) (ways []attempt) {
	w := *made.finding.Wanted
	choices := [][]spot{nil}
	for _, v := range moved {
		var next [][]spot
		for _, s := range d.spots(made, v) {
			for _, chosen := range choices {
				next = append(next, append(slices.Clip(chosen), s))
			}
		}
		choices = next[:min(len(next), maxAttempts)]
	}
	for _, chosen := range choices {
		ways = append(ways, attempt{strict: true, make: func(d *draft) error {
			for _, s := range chosen {
				if err := d.setLiteral(s); err != nil {
					return err
				}
			}
			for _, v := range atUse {
				if err := d.setAtUse(w, v); err != nil {
					return err
				}
			}
			return nil
		}})
	}
	return ways
}

// setLiteral changes a literal; two of one file are found anew after the first.
func (d *draft) setLiteral(s spot) error {
	if !isOurs(s.file) {
		return errInstalled
	}
	text, err := d.text(s.file)
	if err != nil {
		return err
	}
	for _, now := range edit.Literals(s.file, text, s.value.Old) {
		if now.IsKey == s.literal.IsKey && slices.Equal(now.Names, s.literal.Names) {
			edited, err := edit.SetLiteral(s.file, text, now, s.value.New)
			if err != nil {
				return err
			}
			d.set(s.file, edited)
			return nil
		}
	}
	return errors.New("the value is not where it was")
}

// setAtUse changes a literal in the block of the resource.
func (d *draft) setAtUse(w verdict.Change, v verdict.Value) error {
	text, err := d.text(w.File)
	if err != nil {
		return err
	}
	edited, err := edit.SetArgument(w.File, text, w.Resource, v.Attribute, v.New)
	if err != nil {
		return err
	}
	d.set(w.File, edited)
	return nil
}

// spots are the places that hold a value, the likeliest first: those under the name of the
// argument and the key of the instance, then other values, then keys.
func (d *draft) spots(made proposal, v verdict.Value) []spot {
	var out []spot
	argument := v.Attribute[strings.LastIndexByte(v.Attribute, '.')+1:]
	key := instanceKey(made.finding.Resource)
	for _, file := range d.candidates(made) {
		text, err := d.text(file)
		if err != nil {
			continue
		}
		for _, l := range edit.Literals(file, text, v.Old) {
			out = append(out, spot{file: file, literal: l, value: v, rank: likelihood(l, argument, key)})
		}
	}
	slices.SortStableFunc(out, func(a, b spot) int { return cmp.Compare(a.rank, b.rank) })
	return out[:min(len(out), maxAttempts)]
}

// likelihood is smaller for what a value is likelier to come from.
func likelihood(l edit.Literal, argument, key string) int {
	rank := 0
	if !slices.Contains(l.Names, argument) {
		rank += 1
	}
	if key != "" && !slices.Contains(l.Names, key) {
		rank += 2
	}
	if l.IsKey {
		rank += 4
	}
	return rank
}

// instanceKey is the text of the last key in an address.
func instanceKey(address string) string {
	i := strings.LastIndex(address, `["`)
	j := strings.LastIndex(address, `"]`)
	if i < 0 || j < i {
		return ""
	}
	return address[i+2 : j]
}

// candidates are the files that may hold a value of the input: its code, its variable
// files, the data beside it.
func (d *draft) candidates(made proposal) (files []string) {
	if made.finding.Wanted.Language != "hcl" && !edit.IsTerraform(made.finding.Wanted.File) {
		files = []string{made.finding.Wanted.File}
		for _, template := range made.input.Modules {
			files = append(files, template)
		}
		if path := made.input.Path; path != "-" {
			files = append(files, path)
		}
		slices.Sort(files)
		return slices.Compact(files)
	}
	for _, dir := range made.input.Modules {
		files = append(files, dataIn(dir, 2)...)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// dataIn lists the files of code and data in a directory and in those below it.
func dataIn(dir string, depth int) (files []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := filepath.ToSlash(filepath.Join(dir, e.Name()))
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir() && depth > 0:
			files = append(files, dataIn(name, depth-1)...)
		case e.Type().IsRegular() && slices.Contains([]string{".tf", ".tofu", ".tfvars", ".json", ".yaml", ".yml"}, path.Ext(name)):
			files = append(files, name)
		}
	}
	return files
}
