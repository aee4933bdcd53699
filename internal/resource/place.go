package resource

// What is known of the region, account and partition of a place, as text: where
// nothing states them, symbols that are the same for all that lives there.

// RegionText is the region of the place.
func (s Scope) RegionText() Text { return stated(s.Region, s.RegionName()) }

// AccountText is the account of the place.
func (s Scope) AccountText() Text { return stated(s.Account, s.AccountName()) }

// PartitionText is the partition of the place.
func (s Scope) PartitionText() Text { return stated(s.InPartition(), s.PartitionName()) }

// SuffixText is the domain of the services of the place.
func (s Scope) SuffixText() Text { return stated(s.Suffix(), s.SuffixName()) }

func stated(known, name string) Text {
	if known != "" {
		return Literal(known)
	}
	return Text(Symbol(name))
}
