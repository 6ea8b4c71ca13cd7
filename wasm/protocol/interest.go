package protocol

import "sparrow/wasm/wire"

// Interest is one kind of what a visitor likes. At least three quarters of its likes have
// each of its names, which few other items have.
type Interest struct {
	Genres []string // those that tell most first, as in Tags
	Tags   []string
	Decade int    // 1940; 0 for none
	Like   string // title of the most typical like, where no name tells this interest from the catalog or from another
	Likes  []Card // ID and Title alone, the most typical first
}

func (i *Interest) append(w *wire.Writer) {
	f := w.Fields()
	list(&f, "c", i.Likes, (*Card).append)
	texts(&f, "g", i.Genres)
	texts(&f, "t", i.Tags)
	f.Int("d", int64(i.Decade))
	f.Str("l", i.Like)
	f.Close()
}

func (i *Interest) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "c":
			i.Likes = elements(r, (*Card).decode)
		case "g":
			i.Genres = strings[string](r)
		case "t":
			i.Tags = strings[string](r)
		case "d":
			i.Decade = whole(r)
		case "l":
			i.Like = r.Str()
		default:
			r.Skip()
		}
	}
}
