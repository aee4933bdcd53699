package resource

import "slices"

// Format is an input format.
type Format string

const (
	Plan           Format = "plan"
	State          Format = "state"
	HCL            Format = "hcl"
	CloudFormation Format = "cfn"
	Mixed          Format = "mixed" // several inputs of several formats, as one
)

// A Document is what a reader makes of one input: the world that it describes.
type Document struct {
	Path   string
	Format Format
	Tool   string // "Terraform 1.11.4", "OpenTofu 1.9.0", "" where the input does not say

	// Resources is the world after the input is applied, in address order.
	Resources []*Resource
	// Before is the world before it, in address order; nil where there is none
	// or where it is the same.
	Before []*Resource

	// Incomplete holds why the input does not tell the whole world ("planned
	// with -target"): absence proves nothing then.
	Incomplete []string
	// Gaps holds what of the input was not read although the rest is whole ("the
	// module vpc is not installed").
	Gaps []Gap
	// Notes holds what was skipped or could not be read.
	Notes []string

	// Cases are the worlds of which the input is one, where it leaves open which:
	// what is judged has to hold in all of them. nil where there is one world;
	// else the first is in Resources, Incomplete and Gaps, too.
	Cases []Case
	// When says of one of several cases what is assumed in it.
	When []string

	Total   int // managed resources in the input, read or skipped
	Changed int // of these, those that the input changes

	// Tofu is what of the code OpenTofu alone reads; nil where that is nothing.
	Tofu *Tofu

	// Locate finds a resource in the code that lies beside the input, with its
	// positions; nil where there is none. It may read files when it is called
	// first.
	Locate func(address string) *Resource

	// InlineWaivers returns the waivers that are written in the input, or in the code
	// beside it as far as that was read; nil where there are none.
	InlineWaivers func() []*InlineWaiver

	// Configuration returns what the configuration of a plan, or the code, writes;
	// nil where that is not known.
	Configuration func() []Written
	// Variables returns the values of a plan's input variables by name, as JSON has
	// them; nil where there is no plan. Sensitive ones are among them.
	Variables func() map[string]any
	// Raw decodes the input as it is written, for policies that ask for it, without
	// what a veil hides and what the input marks; nil where nobody asked or there is
	// no such thing.
	Raw func(Veil) (any, error)

	// Secrets holds the texts that the input marks as sensitive. None of them
	// may appear in any output, not even inside another text.
	Secrets []string
}

// Tofu is code that OpenTofu reads and Terraform does not.
type Tofu struct {
	Files    []string
	Evidence string // what says that OpenTofu applies the code, "" for nothing
}

// A Case is one of the worlds that an input may come to.
type Case struct {
	When       []string // what is assumed, in words: Email is ""
	Resources  []*Resource
	Incomplete []string
	Gaps       []Gap
}

// A Gap is a part of the input that was not read: absence proves nothing of what
// it may hold, and what is there counts.
type Gap struct {
	Text string // what was not read, where it is written, and what closes the gap
	// Types are those that it may hold, in Terraform's words; nil where it may hold
	// anything.
	Types []string
	// Module and Source are the address and the source of the module that the gap
	// is, "" for any other: the configuration may say that it holds nothing.
	Module, Source string
}

// MayHold says whether the gap may hold a resource of a type.
func (g Gap) MayHold(typ string) bool { return g.Types == nil || slices.Contains(g.Types, typ) }

// GapTexts are what several gaps say.
func GapTexts(gaps []Gap) []string {
	var texts []string
	for _, g := range gaps {
		texts = append(texts, g.Text)
	}
	return texts
}
