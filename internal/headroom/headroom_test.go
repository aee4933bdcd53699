package headroom

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"unsafe"
)

// TestLargePages finds an object of the heap in a mapping that is advised to have
// large pages: hg in https://docs.kernel.org/filesystems/proc.html.
func TestLargePages(t *testing.T) {
	if !advised {
		t.Skip("this system gives no large pages to who asks")
	}
	object := new([8 << 10]byte)
	address := uintptr(unsafe.Pointer(object))
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	inside := false
	for line := range strings.Lines(string(maps)) {
		var from, to uintptr
		if n, _ := fmt.Sscanf(line, "%x-%x ", &from, &to); n == 2 {
			inside = from <= address && address < to
		}
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok && inside {
			if !strings.Contains(flags, " hg") {
				t.Errorf("%#x lies in a mapping with the flags%s", address, flags)
			}
			return
		}
	}
	t.Errorf("%#x lies in no mapping", address)
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
