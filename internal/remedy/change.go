// Package remedy knows the smallest change that mends a fault, in the language
// of the input and with its names: HCL or JSON for Terraform's code and plans, YAML
// or JSON for CloudFormation's templates.
//
// It finds no faults (package facts and the policies do), writes no files,
// and has no change where none can be said as code, such as an e-mail that
// somebody has to confirm: the advice of package finding stands then.
package remedy

// Languages of changes.
const (
	HCL  = "hcl"
	YAML = "yaml"
	JSON = "json"
)
