package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// compile compiles the program of a package to the file out, for what is
// measured of a process of its own: memory, and a log that survives SIGKILL.
func compile(ctx context.Context, pkg, out string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", out, pkg)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go build %s: %w", pkg, err)
	}
	return nil
}
