// Package command is the command line, a file for each verb. What several verbs
// need is in files that are not verbs, and what other programs need is in packages
// below: a verb reads its flags, calls them and prints.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"sparrow/build/console"
	"sparrow/build/fetch"
	"sparrow/build/pipeline"
	"sparrow/build/sample"
)

type commands struct {
	Fetch        fetchVerb        `cmd:"" help:"Download a MovieLens archive."`
	Sample       sampleVerb       `cmd:"" help:"Make up a catalog of books or of music, with what people did."`
	Bundle       bundleVerb       `cmd:"" help:"Make a bundle from a data set: the whole way."`
	Import       importVerb       `cmd:"" help:"Make a bundle of vectors that were trained elsewhere."`
	ImportEvents importEventsVerb `cmd:"" help:"Make interactions.csv of events that another program exported."`
	Export       exportVerb       `cmd:"" help:"Write the vectors of a bundle for other programs."`
	Ranker       rankerVerb       `cmd:"" help:"Add a ranking model that was trained elsewhere to a bundle."`
	Titles       titlesVerb       `cmd:"" help:"Add names of items in other languages to a bundle, without training."`
	Night        nightVerb        `cmd:"" help:"Make the next bundle, judge it beside the last one, and take it into service."`
	Prepare      prepareVerb      `cmd:"" help:"First step of the way: read and check a data set."`
	Train        trainVerb        `cmd:"" help:"Second step: train retrieval and ranking."`
	Pack         packVerb         `cmd:"" help:"Third step: measure and write the bundle."`
	Evaluate     evaluateVerb     `cmd:"" help:"Measure a bundle beside the baselines."`
	Compare      compareVerb      `cmd:"" help:"Train the models of the course and judge them side by side."`
	Recommend    recommendVerb    `cmd:"" help:"Recommend items for histories in a file."`
	Similar      similarVerb      `cmd:"" help:"List the items most like one."`
	Together     togetherVerb     `cmd:"" help:"List the items that go with a basket."`
	Neighbors    neighborsVerb    `cmd:"" help:"Search for nearest neighbours exactly and approximately, and show what is found at what price."`
	Lists        listsVerb        `cmd:"" help:"Write the lists that are answered without the engine, beside the bundle."`
	Links        linksVerb        `cmd:"" help:"Write the numbers that IMDb and TMDB have for the items, beside the bundle."`
	Overlay      overlayVerb      `cmd:"" help:"Make a live overlay of a catalog: stock, prices, new items, without training."`
	Serve        serveVerb        `cmd:"" help:"Answer programs of yours over HTTP and JSON."`
	Inspect      inspectVerb      `cmd:"" help:"Show what a bundle holds."`
	Experiment   experimentVerb   `cmd:"" help:"Check experiments, and judge them by the feedback."`
	Replay       replayVerb       `cmd:"" help:"Estimate from explored lists what another bundle would have earned."`
	Simulate     simulateVerb     `cmd:"" help:"Simulate visitors of a bundle and send their events to an edge."`
	Bandits      banditsVerb      `cmd:"" help:"Judge exploration and reinforcement on simulated people, and by replay."`
	Report       reportVerb       `cmd:"" help:"Tell what became of the lists: seen, clicked, bought, how fresh, what was lost."`
	Feedback     feedbackVerb     `cmd:"" help:"Summarize stored feedback."`
	Trending     trendingVerb     `cmd:"" help:"Publish what visitors turn to now, beside the bundle."`
	Users        usersVerb        `cmd:"" help:"Write people of a data set, whom the app shows with their lists, beside the bundle."`
	Lesson       lessonVerb       `cmd:"" help:"Walk through a lesson of the course on a small data set."`

	Version kong.VersionFlag `help:"Print the version of this program."`
}

// Exit codes.
const (
	exitFailure = 1 // the run failed
	exitUsage   = 2 // the command line is wrong, or names what is not there or cannot be written
	exitRefused = 3 // the figures cannot be trusted
)

// Run runs the command line args and returns its exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	c := console.New(ctx, stdout, stderr)
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
		kong.Vars{"archives": strings.Join(fetch.Names, ","), "grouplens": fetch.GroupLens, "samples": strings.Join(sample.Names, ","), "version": version(debug.ReadBuildInfo())},
		kong.Writers(c.Out, c.Err),
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
		fmt.Fprintf(c.Err, "build: %v\nbuild: see --help for usage\n", err)
		return exitUsage
	}
	err = command.Run(c)
	c.Stop()
	if lost := c.Lost(); err == nil && lost != nil {
		err = fmt.Errorf("the standard output: %w", lost)
	}
	var usage console.UsageError
	var missing pipeline.MissingStep
	var refused console.Refused
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(c.Err, "build: interrupted; nothing half-written was left")
		return exitFailure
	case errors.As(err, &usage), errors.As(err, &missing):
		fmt.Fprintf(c.Err, "build: %v\n", err)
		return exitUsage
	case errors.As(err, &refused):
		fmt.Fprintf(c.Err, "build: %v\n", err)
		return exitRefused
	}
	fmt.Fprintf(c.Err, "build: %v\n", err)
	return exitFailure
}
