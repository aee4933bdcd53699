package facts

// MaxNesting is for tests.
const MaxNesting = maxNesting
