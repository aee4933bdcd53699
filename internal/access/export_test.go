package access

// Weakest is for tests.
var Weakest = weakest
