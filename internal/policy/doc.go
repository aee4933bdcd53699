// Package policy loads the controls and runs them: it is the only package that
// knows OPA. It evaluates without network, files, environment or clock, and refuses an answer
// that leaves a control out.
//
// What a control requires is written in the Rego of package policies, not here.
package policy
