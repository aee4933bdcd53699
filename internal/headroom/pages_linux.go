package headroom

import (
	"syscall"
	"unsafe"
)

// The heap of a run on a small plan, the step in which the runtime grows it, and
// a large page.
const (
	enough = 16 << 20
	step   = 4 << 20
	large  = 2 << 20
)

// collapse is MADV_COLLAPSE, which package syscall does not know.
const collapse = 25

// largePages makes the first megabytes of the heap large pages, where the system
// gives them to who asks (transparent_hugepage is madvise, as most distributions
// have it): https://docs.kernel.org/admin-guide/mm/transhuge.html. Six of them are
// touched then instead of two thousand small ones. The runtime does not ask, and
// maps as it grows, so it has to have grown first: for the stack of a goroutine,
// which it takes back as soon as that ends, without a collection. The first pages
// are small already; they are made one, where the system can (Linux 6.1).
func largePages() bool {
	advice := make(chan bool)
	go func() {
		tower(nil)
		var top byte
		start := (uintptr(unsafe.Pointer(&top)) - enough) &^ (step - 1)
		_, _, errno := syscall.RawSyscall(syscall.SYS_MADVISE, start, enough+step, syscall.MADV_HUGEPAGE)
		if errno == 0 {
			syscall.RawSyscall(syscall.SYS_MADVISE, start, large, collapse)
		}
		advice <- errno == 0
	}()
	return <-advice
}

// A block fits twice into the frame of a function that passes it on: as an
// argument, and on the way to become one. With what else is there, it takes a
// stack of enough bytes, which are a power of two.
type block [enough / 2 * 3 / 4]byte

// tower has a large frame, which is touched only where there is a block.
//
//go:noinline
func tower(b *block) byte {
	if b != nil {
		return first(*b)
	}
	return 0
}

//go:noinline
func first(b block) byte { return b[0] }
