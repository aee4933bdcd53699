package resource

// What is known of the region, account and partition of a place, as text: where
// nothing states them, symbols that are the same for all that lives there.

// RegionText is the region of the place.
func (s Scope) RegionText() Text { return s.stated(s.Region, "region") }

// AccountText is the account of the place.
func (s Scope) AccountText() Text { return s.stated(s.Account, "account") }

// PartitionText is the partition of the place.
func (s Scope) PartitionText() Text { return s.stated(s.InPartition(), "partition") }

// SuffixText is the domain of the services of the place.
func (s Scope) SuffixText() Text { return s.stated(SuffixOf(s.Region), "suffix") }

func (s Scope) stated(known, what string) Text {
	if known != "" {
		return Literal(known)
	}
	return Text(Symbol(what + " of " + s.Provider))
}
