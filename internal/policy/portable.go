package policy

import (
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/policies"
)

// Shipped returns the text of the product's Rego, tests aside, with the rule that a server is
// asked for, which no command of this program runs.
func Shipped() (map[string][]byte, error) {
	files := embeddedFiles()
	served, err := fs.Glob(policies.FS, "server/*.rego")
	if err != nil {
		return nil, err
	}
	texts := map[string][]byte{}
	for _, file := range append(files, served...) {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		if texts[file], err = fs.ReadFile(policies.FS, file); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// A Portable is the user's own policies as another program can run them.
type Portable struct {
	Files    map[string][]byte // their text, by names that say nothing of this machine
	Data     map[string]any
	Packages []Rules  // that are asked
	Roots    []string // the first part of the name of each package
}

// Rules are those of one package that are asked for, with exception.
type Rules struct {
	Name  string // acme.tags
	Rules []string
}

// LoadPortable is LoadUser for another program. Policies that read the plan or the template
// are an error: a server has only the document.
func LoadPortable(o UserOptions) (*Portable, error) {
	user, err := LoadUser(o)
	if err != nil {
		return nil, err
	}
	if file := user.readerOfRaw(); file != "" {
		return nil, diag.List{{
			File: file, Message: "reads data.iacgate.document, the plan or template, which a server does not get",
			Hint: "use what input has, the document that iacgate graph prints, or leave the policy to iacgate check",
		}}
	}
	out := &Portable{Data: user.data, Files: map[string][]byte{}}
	if out.Files, err = portableFiles(o.Paths); err != nil {
		return nil, err
	}
	for _, p := range user.packages {
		out.Packages = append(out.Packages, Rules{p.name, append(user.exceptionOf(p.name), p.rules...)})
	}
	for _, m := range user.compiler.Modules {
		first, _, _ := strings.Cut(packageName(m), ".")
		first, _, _ = strings.Cut(first, "[")
		out.Roots = append(out.Roots, first)
	}
	slices.Sort(out.Roots)
	out.Roots = slices.Compact(out.Roots)
	return out, nil
}

// readerOfRaw returns the first file that reads the raw document; "" for none.
func (u *User) readerOfRaw() string {
	for _, file := range slices.Sorted(maps.Keys(u.compiler.Modules)) {
		if refersTo(u.compiler.Modules[file], document()) {
			return file
		}
	}
	return ""
}

// exceptionOf returns the name of the rule that takes others of a package out, if it has one.
func (u *User) exceptionOf(name string) []string {
	for _, m := range u.compiler.Modules {
		if packageName(m) != name {
			continue
		}
		for _, r := range m.Rules {
			if strings.Trim(r.Head.Ref()[0].Value.String(), `"`) == exception {
				return []string{exception}
			}
		}
	}
	return nil
}

// portableFiles reads the policies below some paths, their tests aside: 1/acme/tags.rego is
// acme/tags.rego below the first path.
func portableFiles(paths []string) (map[string][]byte, error) {
	texts, seen := map[string][]byte{}, map[string]bool{}
	for i, named := range paths {
		files, err := filesBelow(named, ".rego")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.rego") || seen[file] {
				continue
			}
			seen[file] = true
			below, err := filepath.Rel(named, file)
			if err != nil {
				return nil, err
			}
			if below == "." {
				below = filepath.Base(file)
			}
			if texts[path.Join(strconv.Itoa(i+1), filepath.ToSlash(below))], err = readBounded(file, maxPolicyText); err != nil {
				return nil, err
			}
		}
	}
	return texts, nil
}
