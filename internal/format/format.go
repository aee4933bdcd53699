// Package format has the interface of an input format. internal/plan, internal/hcl and
// internal/cfn implement it; internal/source has the list of them and asks them in turn.
//
// It reads nothing itself.
package format

import (
	"context"
	"errors"
	"io"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Reader finds and reads the inputs of one format. Its errors are
// [diag.Diagnostic]s, or several joined.
type Reader interface {
	// Name is the format's name in --from.
	Name() string
	// Find returns the inputs that a path holds. A file that is an input by itself is
	// not found but claimed.
	Find(path string, recursive bool) (Found, error)
	// FindChanged returns the inputs below the working directory that changed files are
	// part of.
	FindChanged(c Change) ([]Input, error)
	// Claim reports whether a file that starts with head is worth a Read, if only to say
	// what is wrong with it. A format of files that somebody named claims all.
	Claim(head []byte, named bool) bool
	// Read returns the document of an input, or one for each of the worlds that the
	// input may mean, with what each assumes in When.
	Read(ctx context.Context, in Input, o Options) ([]*resource.Document, error)
	// Undeclared returns an error for each value that a run gives and that none of its
	// inputs declares. Not all of them were read where whole is false.
	Undeclared(o Options, whole bool) error
}

// A JointReader reads several inputs as one, because one may refer to another.
type JointReader interface {
	Reader
	// Load reads the text of an input, so that its file can be closed.
	Load(in Input, o Options) (Input, error)
	// ReadJointly reads loaded inputs as those of one account.
	ReadJointly(ctx context.Context, inputs []Input, o Options) (*resource.Document, error)
}

// A CodeReader reads directories of the code that plans are made from.
type CodeReader interface {
	Reader
	// HasCode reports whether there is code in a directory.
	HasCode(dir string) bool
	// ReadCode reads the code of a plan or a state, with the variables of the plan.
	ReadCode(ctx context.Context, dir string, of *resource.Document, o Options) (*resource.Document, error)
}

// ErrFilesOnly is the error of Find where a format has no directories. Those are
// searched for the other formats then, even if somebody named this one.
var ErrFilesOnly = errors.New("a format of files, not of directories")

// Stdin is the path that represents the standard input.
const Stdin = "-"

// An Input is one thing to read.
type Input struct {
	Path string
	// IsDir says that the input is the directory; else it is a file, and Text what it
	// holds.
	IsDir bool
	Text  io.Reader
	// Parameters are values for this input alone.
	Parameters map[string]string
	// Stack is the name under which the input is deployed, Region and Account are where;
	// "" if whoever found it does not know.
	Stack, Region, Account string
}

// Found lists the inputs of a path.
type Found struct {
	Inputs []Input
	// Whole says that nothing in the path is an input of another format.
	Whole bool
	// Hint says what to judge instead if there are no inputs; "" for nothing.
	Hint string
}

// A Change lists the files that changed below the working directory. All paths are relative to it.
type Change struct {
	Files []string
	// Roots are those for which the configuration names one of the files.
	Roots []string
	// Aliases returns the other names that a path has through symbolic links.
	Aliases func(path string) []string
	// Includes reports whether a path is one of the files, by whatever name.
	Includes func(path string) bool
	Options  Options
}
