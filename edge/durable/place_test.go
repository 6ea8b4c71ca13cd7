//go:build unix

package durable

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v, want %q", path, got, err, want)
	}
}

func alone(t *testing.T, dir string, n int) {
	t.Helper()
	if all, _ := os.ReadDir(dir); len(all) != n {
		t.Errorf("%s holds %v, want %d names", dir, all, n)
	}
}

// TestLinksStay writes through a link, through one to a link, and through one whose
// target is not there yet.
func TestLinksStay(t *testing.T) {
	dir, far := t.TempDir(), t.TempDir()
	target := filepath.Join(far, "target")
	if err := os.WriteFile(target, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	links := map[string]string{"direct": target, "again": "direct", "dangling": filepath.Join(far, "new")}
	for name, to := range links {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"direct": target, "again": target, "dangling": filepath.Join(far, "new")} {
		path := filepath.Join(dir, name)
		if err := CheckFile(path); err != nil {
			t.Errorf("CheckFile(%s): %v", name, err)
		}
		if err := WriteFile(t.Context(), path, text(name)); err != nil {
			t.Errorf("WriteFile(%s): %v", name, err)
		}
		if to, err := os.Readlink(path); err != nil || to != links[name] {
			t.Errorf("%s is a link to %q, %v, want %q as before", name, to, err, links[name])
		}
		holds(t, want, name)
	}
	alone(t, dir, 3)
	alone(t, far, 2)
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), loop, text("x")); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("a link to itself: %v", err)
	}
}

// TestModeAndOwnerStay replaces files of several modes, and of another owner where
// the test may make one.
func TestModeAndOwnerStay(t *testing.T) {
	dir := t.TempDir()
	for _, mode := range []os.FileMode{0o600, 0o640, 0o664, 0o755} {
		path := filepath.Join(dir, mode.String())
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		foreign := os.Getuid() == 0
		if foreign {
			if err := os.Chown(path, 12345, 23456); err != nil {
				t.Fatal(err)
			}
		}
		if err := WriteFile(t.Context(), path, text("new")); err != nil {
			t.Fatal(err)
		}
		holds(t, path, "new")
		st, err := os.Stat(path)
		if err != nil || st.Mode().Perm() != mode {
			t.Errorf("the mode is %v, %v, want %v as before", st.Mode(), err, mode)
		}
		if own := st.Sys().(*syscall.Stat_t); foreign && (own.Uid != 12345 || own.Gid != 23456) {
			t.Errorf("the owner is %d:%d, want 12345:23456 as before", own.Uid, own.Gid)
		}
	}
}

// TestUmaskHolds makes a new file under a strict umask.
func TestUmaskHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	before := syscall.Umask(0o027)
	err := WriteFile(t.Context(), path, text("new"))
	syscall.Umask(before)
	if st, _ := os.Stat(path); err != nil || st.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v, %v, want 0640", st.Mode(), err)
	}
}

// TestPipesAreWrittenTo writes into a named pipe that has a reader, and gives up on
// one that has none when the context ends.
func TestPipesAreWrittenTo(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 1)
	go func() {
		all, _ := os.ReadFile(pipe)
		got <- string(all)
	}()
	if err := errors.Join(CheckFile(pipe), WriteFile(t.Context(), pipe, text("through"))); err != nil {
		t.Fatal(err)
	}
	select {
	case all := <-got:
		if all != "through" {
			t.Errorf("the reader got %q", all)
		}
	case <-time.After(20 * time.Second):
		t.Error("the reader still waits")
	}
	if st, err := os.Lstat(pipe); err != nil || st.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe is %v, %v now", st.Mode(), err)
	}
	alone(t, dir, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := WriteFile(ctx, pipe, text("through")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("without a reader: %v, want the end of the context", err)
	}
	if r, err := os.OpenFile(pipe, os.O_RDONLY|syscall.O_NONBLOCK, 0); err == nil { // lets the writer go
		defer r.Close()
	}
}

// TestDevicesAreWrittenTo writes to a device that takes all and to one that is full,
// through a link, since a device that was replaced would be lost to the system.
func TestDevicesAreWrittenTo(t *testing.T) {
	for device, want := range map[string]error{"/dev/null": nil, "/dev/full": syscall.ENOSPC} {
		if _, err := os.Stat(device); err != nil {
			t.Skipf("this system has no %s", device)
		}
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(device, link); err != nil {
			t.Fatal(err)
		}
		if err := CheckFile(link); err != nil {
			t.Errorf("CheckFile of %s: %v", device, err)
		}
		if err := WriteFile(t.Context(), link, text("x")); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", device, err, want)
		}
		if st, err := os.Lstat(link); err != nil || st.Mode()&os.ModeSymlink == 0 {
			t.Errorf("the link to %s is %v, %v now", device, st.Mode(), err)
		}
	}
}

// TestOpenFilesAreWrittenTo writes to a file by the name of its descriptor, as a shell
// does with > file --out /dev/stdout: what others have written there stays.
func TestOpenFilesAreWrittenTo(t *testing.T) {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		t.Skip("this system does not name what is open")
	}
	path := filepath.Join(t.TempDir(), "f")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("before "); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink("/proc/self/fd/"+strconv.Itoa(int(f.Fd())), link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), link, text("after")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "before after")
	if here, err := f.Stat(); err != nil {
		t.Error(err)
	} else if there, err := os.Stat(path); err != nil || !os.SameFile(here, there) {
		t.Errorf("the open file was replaced (%v)", err)
	}
}

// TestLongNames writes a file whose name is as long as a name may be.
func TestLongNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), strings.Repeat("n", 255))
	if err := WriteFile(t.Context(), path, text("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "new")
}

// TestChecks finds places that cannot be written, and leaves nothing behind.
func TestChecks(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(dir, "gone")
	if err := os.Symlink("nowhere", gone); err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(file, "below")
	for _, c := range []struct {
		name  string
		check func(string) error
		path  string
		want  string // "" if it can be written
	}{
		{"a file", CheckFile, file, ""},
		{"a new file", CheckFile, filepath.Join(dir, "new"), ""},
		{"a folder for a file", CheckFile, dir, "is a directory"},
		{"a file in no folder", CheckFile, filepath.Join(dir, "none", "new"), "none: no such file"},
		{"a file below a file", CheckFile, below, "not a directory"},
		{"a folder", CheckFolder, dir, ""},
		{"a new folder below another", CheckFolder, filepath.Join(dir, "a", "b", "c"), ""},
		{"a file for a folder", CheckFolder, file, "not a directory"},
		{"a folder below a file", CheckFolder, filepath.Join(below, "more"), "not a directory"},
		{"a link to no folder", CheckFolder, filepath.Join(gone, "more"), "make that folder first"},
		{"a folder that takes no files", CheckFolder, "/proc", "/proc: "},
		{"a file there", CheckFile, "/proc/new", "/proc: "},
	} {
		if strings.HasPrefix(c.path, "/proc") {
			if _, err := os.Stat("/proc/self"); err != nil {
				continue
			}
		}
		err := c.check(c.path)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), ".part")) {
			t.Errorf("%s: %v, want %q in it", c.name, err, c.want)
		}
	}
	alone(t, dir, 2)
}
