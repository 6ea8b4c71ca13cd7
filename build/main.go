// Build is Sparrow's offline command line: ratings in, bundle out.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"sparrow/build/fetch"
)

type commands struct {
	Fetch      fetchVerb      `cmd:"" help:"Download a MovieLens archive."`
	Bundle     bundleVerb     `cmd:"" help:"Make a bundle from a data set: the whole way."`
	Prepare    prepareVerb    `cmd:"" help:"First step of the way: read and check a data set."`
	Train      trainVerb      `cmd:"" help:"Second step: train retrieval and ranking."`
	Pack       packVerb       `cmd:"" help:"Third step: measure and write the bundle."`
	Evaluate   evaluateVerb   `cmd:"" help:"Measure a bundle beside the baselines."`
	Compare    compareVerb    `cmd:"" help:"Train the models of the course and judge them side by side."`
	Recommend  recommendVerb  `cmd:"" help:"Recommend movies for histories in a file."`
	Similar    similarVerb    `cmd:"" help:"List the movies most like one."`
	Lists      listsVerb      `cmd:"" help:"Write the lists that are answered without the engine, beside the bundle."`
	Inspect    inspectVerb    `cmd:"" help:"Show what a bundle holds."`
	Experiment experimentVerb `cmd:"" help:"Check experiments, and judge them by the feedback."`
	Replay     replayVerb     `cmd:"" help:"Tell from explored lists what another bundle would have earned."`
	Simulate   simulateVerb   `cmd:"" help:"Let made-up people use a bundle and fill an edge with their feedback."`
	Bandits    banditsVerb    `cmd:"" help:"Judge exploration and reinforcement on made-up people, and by replay."`
	Feedback   feedbackVerb   `cmd:"" help:"Tell what the edge has stored of visitors' feedback."`
	Trending   trendingVerb   `cmd:"" help:"Publish what visitors turn to now, beside the bundle."`
}

// Exit codes.
const (
	exitFailure = 1
	exitMisuse  = 2
	exitRefused = 3 // the figures cannot be trusted
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs the command line args and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	type exit int
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(exit)
			if !ok {
				panic(r)
			}
			code = int(e)
		}
	}()
	parser, err := kong.New(new(commands),
		kong.Name("build"),
		kong.Description("Sparrow's offline side: ratings in, bundle out. Every verb has its own --help with examples."),
		kong.Vars{"archives": strings.Join(fetch.Names, ","), "grouplens": fetch.GroupLens},
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		panic(err) // the structs above are wrong
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "build: %v\nbuild: --help tells how it is used\n", err)
		return exitMisuse
	}
	c := newConsole(ctx, stdout, stderr)
	err = command.Run(c)
	c.stop()
	var m misuse
	var r refused
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "build: interrupted; nothing half-written was left")
		return exitFailure
	case errors.As(err, &m):
		fmt.Fprintf(stderr, "build: %v\n", err)
		return exitMisuse
	case errors.As(err, &r):
		fmt.Fprintf(stderr, "build: %v\n", err)
		return exitRefused
	}
	fmt.Fprintf(stderr, "build: %v\n", err)
	return exitFailure
}

// misuse is an error of whoever typed the command.
type misuse struct{ error }

func misusef(format string, args ...any) error { return misuse{fmt.Errorf(format, args...)} }
