package resource

// Scope says where a resource lives. An empty Region or Account is unknown.
type Scope struct {
	Provider string // key of the provider configuration: aws, aws.use1, module.m:aws
	Region   string
	Account  string
}

// Tri is a three-valued truth.
type Tri uint8

const (
	No Tri = iota
	Maybe
	Yes
)

// SameRegion compares two regions: unknown ones are equal within one provider
// configuration and undecided between two.
func (s Scope) SameRegion(o Scope) Tri { return s.same(o, s.Region, o.Region) }

// SameAccount compares two accounts by the same rule.
func (s Scope) SameAccount(o Scope) Tri { return s.same(o, s.Account, o.Account) }

// Same is both: metrics, alarms and filters join only within one region and
// account.
func (s Scope) Same(o Scope) Tri { return min(s.SameRegion(o), s.SameAccount(o)) }

func (s Scope) same(o Scope, a, b string) Tri {
	switch {
	case a != "" && b != "":
		if a == b {
			return Yes
		}
		return No
	case s.Provider == o.Provider && a == b:
		return Yes
	case s.Provider == o.Provider && s.Provider != "":
		return Yes
	}
	return Maybe
}
