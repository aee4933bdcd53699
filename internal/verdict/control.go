package verdict

// A Control is one requirement, as the METADATA of its Rego file declares it.
type Control struct {
	ID          string
	Title       string
	Description string
	Severity    string            // low, medium, high, critical
	References  map[string]string // benchmark version -> number: cis-aws-3.0.0 -> 4.1
	Events      string            // "read and write", "write"
	// MustMatch is the filter pattern whose events the alarm is about, Accepted
	// are published variants, Recorded are patterns of single events that AWS is
	// known to write.
	MustMatch   string
	Accepted    []string
	Recorded    []string
	Remediation string
	Errata      []string
	Resources   []string // related pages
}
