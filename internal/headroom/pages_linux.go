package headroom

import (
	"runtime"
	"syscall"
	"unsafe"
)

// The heap of a run on a small plan, and the step in which the runtime grows it.
const (
	enough = 16 << 20
	step   = 4 << 20
)

// largePages makes the first megabytes of the heap large pages, where the system
// gives them to who asks (transparent_hugepage is madvise, as most distributions
// have it): https://docs.kernel.org/admin-guide/mm/transhuge.html. Six of them are
// touched then instead of two thousand small ones. The runtime does not ask, and
// maps as it grows, so it has to have grown first: by an object that is never
// touched, and that the collection frees which it sets off.
func largePages() bool {
	grown := make([]byte, enough)
	start := uintptr(unsafe.Pointer(unsafe.SliceData(grown))) &^ (step - 1)
	_, _, errno := syscall.RawSyscall(syscall.SYS_MADVISE, start, enough+step, syscall.MADV_HUGEPAGE)
	runtime.KeepAlive(grown)
	return errno == 0
}
