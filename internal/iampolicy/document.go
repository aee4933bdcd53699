package iampolicy

// Effects of a statement, as AWS spells them; the case matters.
const (
	Allow = "Allow"
	Deny  = "Deny"
)

// VersionWithVariables is the only version in which ${…} is a variable.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
const VersionWithVariables = "2012-10-17"

// Document is one policy.
type Document struct {
	Version    string // empty counts as 2008-10-17
	Statements []Statement
	Incomplete bool // there may be statements that cannot be seen
}

// Statement is one statement. An element that is absent is nil; Principal "*" is Principal{Type: "*"} without IDs.
type Statement struct {
	Sid           string
	Effect        Text
	Principals    []Principal
	NotPrincipals []Principal
	Actions       []Text
	NotActions    []Text
	Resources     []Text
	NotResources  []Text
	Conditions    []Condition
	Incomplete    bool // a part of it could not be seen: it may match or not
}

// Principal is one kind of principals: AWS, Service, Federated, CanonicalUser, or "*" for everybody.
type Principal struct {
	Type string
	IDs  []Text
}

// Condition is one test: one key of one operator block. All conditions of a statement have to hold, and one value is
// enough for each (none may match, for negated operators).
type Condition struct {
	Operator string
	Key      string
	Values   []Text
}
