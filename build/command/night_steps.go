package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/edge/durable"
	"sparrow/wasm/bundle"
)

// runStep runs a shell command with more in its environment; none does nothing.
// What it prints goes to people. It holds the lock, too: should the night be killed,
// no other begins before its commands have ended.
func runStep(c *console.Console, lock *os.File, name, command string, more ...string) error {
	if command == "" {
		return nil
	}
	c.Stage(name)
	defer c.Stop()
	shell := exec.CommandContext(c.Ctx, "sh", "-c", command)
	shell.Env = append(os.Environ(), more...)
	shell.Stdout, shell.Stderr = c.Err, c.Err
	if runtime.GOOS != "windows" { // where no file can be handed over, and none is locked
		shell.ExtraFiles = []*os.File{lock}
	}
	shell.Cancel = func() error { return shell.Process.Signal(syscall.SIGTERM) }
	shell.WaitDelay = 10 * time.Second
	if err := shell.Run(); err != nil {
		return fmt.Errorf("--%s: %w", name, errors.Join(c.Ctx.Err(), err))
	}
	return nil
}

// dropped returns the further models that the bundle in service has and --models does
// not name. A bundle that cannot be read, or its second file, has none: the night says
// so when it compares.
func (v *nightVerb) dropped() (names []string) {
	data, file, err := bundledir.Read(string(v.Out))
	if err != nil {
		return nil
	}
	last, err := bundle.Decode(data)
	if err != nil {
		return nil
	}
	if _, err := bundledir.Complete(last, file); err != nil {
		return nil
	}
	for _, m := range last.Pointwise {
		if !slices.Contains(v.Models, m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}

// sayDropped names the models that the next bundle will lack, and the flag that keeps
// them.
func (v *nightVerb) sayDropped(c *console.Console, names []string) {
	all := strings.Join(slices.Concat(v.Models, names), ",")
	if strings.Contains(all, " ") {
		all = `"` + all + `"`
	}
	c.Say("the last bundle has %s for the Lab, and the next one will not: --models %s keeps what it has (make night: ARGS='--models %[2]s')", strings.Join(names, ", "), all)
}

// mostNights is how many lines the log of nights has.
const mostNights = 366

// logNight adds a line to the log of nights and takes the oldest ones away. It does
// so, too, when the night was interrupted.
func logNight(c *console.Console, path string, begun time.Time, line string) error {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" })
	lines = append(lines, begun.UTC().Format(time.RFC3339)+" "+strings.Join(strings.Fields(line), " "))
	lines = lines[max(0, len(lines)-mostNights):]
	return durable.WriteFile(context.WithoutCancel(c.Ctx), path, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
		return err
	})
}
