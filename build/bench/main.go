// Bench measures Sparrow against its bars.
package main

import (
	"errors"
	"os"

	"github.com/alecthomas/kong"
)

type commands struct {
	Size     Size     `cmd:"" help:"Bytes of what a visitor downloads."`
	Quality  Quality  `cmd:"" help:"Ranking quality on MovieLens latest-small and 1M."`
	Mixes    Mixes    `cmd:"" help:"What the engine gives for how much the order-free profile counts, by three protocols, and a picture."`
	Shapes   Shapes   `cmd:"" help:"Ranking quality on made-up data of two shapes: a sparse shop, and a log without an order."`
	Catalogs Catalogs `cmd:"" help:"What kinds of events are worth in a made-up bookshop, and similar items of a music magazine."`
	Cold     Cold     `cmd:"" help:"Items held out whole, which what they are alone places: how often their lists have what their readers chose."`
	Scale    Scale    `cmd:"" help:"Memory and time for synthetic interactions, and what their bundle takes of a visitor."`
	Shards   Shards   `cmd:"" help:"Memory and time of synthetic interactions that are trained on shard by shard, and what SIGKILL changes."`
	Import   Import   `cmd:"" help:"Vectors that were trained elsewhere: what a bundle of them loses, weighs and takes to make."`
	Compare  Compare  `cmd:"" help:"The models of the course, side by side."`
	Train    Train    `cmd:"" help:"Speed of training beside PyTorch."`
	Edge     Edge     `cmd:"" help:"The native edge killed, without room, without descriptors and with much feedback."`
	Serve    Serve    `cmd:"" help:"How long clients of build serve wait for an answer."`
	Vectors  Vectors  `cmd:"" help:"The retrieval vectors of a bundle, in a file for app/e2e/peers."`
	Loop     Loop     `cmd:"" help:"The loop of feedback closed in simulated worlds, and experiments in them."`
	Names    Names    `cmd:"" help:"A bundle of 62,000 titles, most of them made up of the words of another one, for app/e2e/peers."`
	Line     Line     `cmd:"" help:"A host that speaks HTTP/2 over a slow line, before a server: for app/e2e/bench."`
}

var errMissed = errors.New("a bar was missed")

// verdict prints the table and returns errMissed when a bar was not kept.
func verdict(figures []Figure) error {
	if !writeTable(os.Stdout, figures) {
		return errMissed
	}
	return nil
}

func main() {
	var c commands
	ctx := kong.Parse(&c, kong.Name("bench"), kong.Description("Measures Sparrow against its bars. Exit code 1: a bar was missed."))
	ctx.FatalIfErrorf(ctx.Run())
}
