//go:build unix

package durable

import (
	"os"
	"syscall"
)

// keepOwner gives f owner and group of old, or one of them, where the program may.
func keepOwner(f *os.File, old os.FileInfo) {
	st, ok := old.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	if f.Chown(int(st.Uid), int(st.Gid)) != nil {
		_ = f.Chown(-1, int(st.Gid)) // a member of the group may
	}
}
