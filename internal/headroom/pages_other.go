//go:build !linux

package headroom

// largePages are the system's own affair.
func largePages() bool { return false }
