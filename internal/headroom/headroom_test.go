package headroom

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"unsafe"
)

// TestLargePages finds the mapping that is advised to have large pages, hg in
// https://docs.kernel.org/filesystems/proc.html, and that it is as large as was
// asked for.
func TestLargePages(t *testing.T) {
	if !advised {
		t.Skip("this system gives no large pages to who asks")
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	var from, to, large uintptr
	for line := range strings.Lines(string(maps)) {
		fmt.Sscanf(line, "%x-%x ", &from, &to)
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok && strings.Contains(flags, " hg") {
			large += to - from
		}
	}
	if large < 16<<20 {
		t.Errorf("%d bytes are advised to have large pages", large)
	}
}

// TestDeepStack: a frame that needs most of the room does not move the stack.
func TestDeepStack(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection would shrink it
	moved := make(chan bool)
	go func() {
		DeepStack()
		var here byte
		before := uintptr(unsafe.Pointer(&here))
		reach(true)
		moved <- before != uintptr(unsafe.Pointer(&here))
	}()
	if <-moved {
		t.Error("the stack grew again")
	}
}
