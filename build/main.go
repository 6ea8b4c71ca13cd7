// Build is Sparrow's offline command line: ratings in, bundle out.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"sparrow/build/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	code := command.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
