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

// A Document is one input as a reader returns it: the resources that it describes.
type Document struct {
	Path   string
	Format Format
	Tool   string // "Terraform 1.11.4", "OpenTofu 1.9.0", "" if the input does not say

	// Resources are those that exist after the input is applied, in address order.
	Resources []*Resource
	// Before are the resources before it, in address order; nil if the input does not
	// tell or nothing differs.
	Before []*Resource

	// Incomplete holds the reasons why the input does not show everything ("planned with
	// -target"). What is absent is then unknown.
	Incomplete []string
	// Gaps holds the parts of the input that were not read ("the module vpc is not
	// installed"). The rest is complete.
	Gaps []Gap
	// Outputs are the outputs that were asked for of templates inside resources, by the
	// attributes that return them: outputs.TopicArn of aws_cloudformation_stack.s.
	Outputs map[Ref]Value
	// Notes holds what was skipped or could not be read.
	Notes []string

	// Cases are the scenarios of the input, if it does not decide between several: a
	// verdict must hold in all of them. nil if there is one scenario; otherwise the first
	// one is in Resources, Incomplete, Gaps and Outputs, too.
	Cases []Case
	// When lists what one of several scenarios assumes, Case which of how many it is, from
	// 1; both are empty if there is one.
	When []string
	Case struct{ Number, Of int }

	// Modules holds the directory of each module that is not installed, or the template of each nested stack, as
	// the user names files, by its address; nil if the input does not show its code.
	Modules map[string]string

	Total   int // managed resources in the input, read or skipped
	Changed int // of these, those that the input changes

	// Tofu is the code that only OpenTofu reads; nil if there is none.
	Tofu *Tofu

	// Locate finds a resource in the code next to the input, with its positions; nil if
	// there is no code. The first call may read files.
	Locate func(address string) *Resource

	// InlineWaivers returns the waivers in the input, or in the part of the code next to
	// it that was read; nil if there are none.
	InlineWaivers func() []*InlineWaiver

	// Configuration returns what the configuration of a plan, or the code, writes;
	// nil if that is not known.
	Configuration func() []Written
	// Variables returns the values of a plan's input variables by name, as JSON has
	// them; nil if there is no plan. Sensitive ones are among them.
	Variables func() map[string]any
	// Raw decodes the unchanged input for policies that ask for it, without what a veil
	// hides and what the input marks as sensitive; nil if no policy asked or the input
	// has no such form.
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

// A Case is one scenario: a possible outcome of an input.
type Case struct {
	When       []string // what is assumed, in words: Email is ""
	Resources  []*Resource
	Incomplete []string
	Gaps       []Gap
	Outputs    map[Ref]Value
}

// A Gap is a part of the input that was not read. For what it may hold, absence proves
// nothing; what was read still counts.
type Gap struct {
	Text string // what was not read, where it is written, and what closes the gap
	// Types are the Terraform types that it may hold; nil if it may hold any.
	Types []string
	// Module and Source are the address and the source if the gap is a module, otherwise
	// "". The configuration may declare that the module holds nothing.
	Module, Source string
}

// MayHold reports whether the gap may hold a resource of a type.
func (g Gap) MayHold(typ string) bool { return g.Types == nil || slices.Contains(g.Types, typ) }

// GapTexts returns the texts of several gaps.
func GapTexts(gaps []Gap) []string {
	var texts []string
	for _, g := range gaps {
		texts = append(texts, g.Text)
	}
	return texts
}
