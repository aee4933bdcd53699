package chain

// Bounds, for tests.
const (
	MaxCandidates = maxCandidates
	MaxFilters    = maxFilters
	MaxSets       = maxSets
	EveryLink     = everyLink
)
