package verdict

import (
	"slices"
	"strconv"
	"strings"
)

// A Control is one requirement, as its file in policies/controls declares it.
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
	MustMatch string
	Accepted  []string
	Recorded  []string
	// From holds what has to be matched from a version of the benchmark on, by
	// its name; Strict is what the profile strict asks for.
	From   map[string]string
	Strict string
	// Sources are the services that write the control's events; none if any service may,
	// or if the names of the calls imply it.
	Sources []string
	// Misprints are published patterns that do not do what they should.
	Misprints []Misprint
	// Variants are patterns that Security Hub's own texts print in addition to MustMatch.
	// AWS does not document which of them it compares with.
	Variants    []Misprint
	Remediation string
	// Exclusions are patterns of events that the control's pattern may leave out,
	// besides those of the configuration.
	Exclusions []string
	Errata     []string
	Resources  []string // related pages
}

// IDs returns the names of some controls, in their order.
func IDs(controls []Control) []string {
	ids := make([]string, len(controls))
	for i, c := range controls {
		ids[i] = c.ID
	}
	return ids
}

// A Misprint is a pattern as some text prints it, and what is wrong with it.
type Misprint struct {
	Pattern string `json:"pattern"`
	Says    string `json:"says"`
}

// For returns the control as a profile reads it: what a version of the
// benchmark asks for, what the strict profile adds, or the exact pattern alone,
// which is what Security Hub compares with. The audit of a benchmark, and that of
// Security Hub, wants a trail of reads and writes for every control.
func (c Control) For(profile string) Control {
	switch {
	case profile == "strict" && c.Strict != "":
		c.MustMatch, c.Accepted = c.Strict, nil
	case profile == "security-hub":
		c.Accepted = c.variants()
	}
	if profile == "security-hub" || strings.HasPrefix(profile, "cis-aws-") {
		c.Events = "read and write"
	}
	since := ""
	for version := range c.From {
		if until(version, profile) && until(since, version) {
			since = version
		}
	}
	if since != "" {
		c.MustMatch, c.Accepted = c.From[since], nil
	}
	return c
}

func (c Control) variants() (patterns []string) {
	for _, v := range c.Variants {
		patterns = append(patterns, v.Pattern)
	}
	return patterns
}

// until reports whether one version of a benchmark, cis-aws-5.0.0, is not after
// another of the same.
func until(a, b string) bool {
	nameA, versionA := cutVersion(a)
	nameB, versionB := cutVersion(b)
	return a == "" || nameA == nameB && slices.Compare(versionA, versionB) <= 0
}

func cutVersion(benchmark string) (name string, version []int) {
	at := strings.LastIndexByte(benchmark, '-') + 1
	for part := range strings.SplitSeq(benchmark[at:], ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return benchmark, nil
		}
		version = append(version, n)
	}
	return benchmark[:at], version
}

// IsNamed reports whether a text names the control: its id, a glob, or its number in a
// benchmark.
func (c Control) IsNamed(text string) bool { return names(text, c.ID, c.References) }

func names(text, id string, references map[string]string) bool {
	if matches(text, id) {
		return true
	}
	for benchmark, number := range references {
		if glob(text, benchmark+"/"+number, 0) {
			return true
		}
	}
	return false
}
