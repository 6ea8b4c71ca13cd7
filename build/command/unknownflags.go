package command

// unknownFlags are how many rows may have an item that is not in the catalog: items
// are discontinued, and their rows go with them, but a file of another catalog is a
// mistake.
type unknownFlags struct {
	MaxUnknown share `default:"25%" placeholder:"SHARE" help:"Fail when more rows of a file have an item that is not in the catalog; fewer are counted and left out (${default})."`
}
