//go:build cluster

package cluster

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// root is the folder of the project, seen from this package.
const root = "../.."

// installed returns the folder of what the tests install, of that name. It stays
// between runs.
func installed(t testing.TB, name string) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join(root, ".build", "cluster", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// program builds a command of the project, "edge" or "build", once for all tests
// and returns its path.
func program(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(installed(t, "bin"), name)
	once, _ := built.LoadOrStore(name, sync.OnceValue(func() error {
		cmd := exec.Command("go", "build", "-o", path, "./"+name)
		cmd.Dir = root
		cmd.Stderr = os.Stderr
		return cmd.Run()
	}))
	if err := once.(func() error)(); err != nil {
		t.Fatalf("go build ./%s: %v", name, err)
	}
	return path
}

var built sync.Map // name of a command → sync.OnceValue that builds it

// run runs a program to its end in a folder and returns what it wrote to both
// outputs. It fails the test where the program fails.
func run(t testing.TB, folder, path string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(path), strings.Join(args, " "), err, out)
	}
	return string(out)
}

// process is a program that runs until the test ends it.
type process struct {
	cmd  *exec.Cmd
	said output
	done chan struct{}
}

// output is what a process wrote so far.
type output struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.lock.Lock()
	defer o.lock.Unlock()
	return o.text.String()
}

// start runs a program until the end of the test, in a group of its own, so that
// nothing that it starts outlives it. env is added to the environment.
func start(t testing.TB, folder string, env []string, path string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(path, args...), done: make(chan struct{})}
	p.cmd.Dir = folder
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(p.kill)
	return p
}

// kill ends the process and all that it started by SIGKILL and waits for it.
func (p *process) kill() {
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.done
}

// stop asks the process to end by SIGTERM and waits for it.
func (p *process) stop() {
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGTERM)
	<-p.done
}

// says waits until the process has written words.
func (p *process) says(t testing.TB, words string, within time.Duration) {
	t.Helper()
	wait(t, within, "the words "+strconv.Quote(words)+" of "+p.cmd.Path, func() bool {
		return strings.Contains(p.said.String(), words)
	}, p)
}

// wait asks again and again until ok; it fails the test after a while, with what
// the processes wrote.
func wait(t testing.TB, within time.Duration, what string, ok func() bool, of ...*process) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	for !ok() {
		select {
		case <-ctx.Done():
			for _, p := range of {
				t.Logf("%s wrote:\n%s", p.cmd.Path, p.said.String())
			}
			t.Fatalf("waited %v in vain for %s", within, what)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// port returns a port of loopback that is free now.
func port(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
