package headroom

// DeepStack makes the stack of the calling goroutine large at once. A parser or a
// compiler that recurses would double it five times, and copy it each time. It
// stays so until a collection finds it half empty.
func DeepStack() { reach(false) }

// reach has a frame of the wanted size, which is cleared only where it is used.
//
//go:noinline
func reach(used bool) byte {
	if used {
		var frame [48 << 10]byte
		fill(frame[:])
		return frame[0]
	}
	return 0
}

//go:noinline
func fill(b []byte) {
	for i := range b {
		b[i] = byte(i)
	}
}
