// Package iampolicy knows enough of IAM's policy language to answer one question: do these policies let this caller do
// this action on this resource? Answers are three-valued: what cannot be decided from the text is Unknown, never a guess.
//
// It is not for the whole of AWS's evaluation (service control policies, permission boundaries, session policies, the
// mix of identity and resource policies), nor for finding the policies that apply.
//
// Sources, read 2026-11:
//
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
//   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package iampolicy
