package ui

import (
	"sync"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/poster"
	"sparrow/wasm/protocol"
)

// face is a poster that was drawn.
type face struct {
	poster *poster.Poster
	uri    string
}

// faces and otherFaces cache the posters drawn so far, and those with the other motif: an update of a page needs
// most of them again.
var faces, otherFaces sync.Map // catalog.ID → *face

func faceOf(m protocol.Card, other bool) *face {
	cache := &faces
	if other {
		cache = &otherFaces
	}
	if kept, ok := cache.Load(m.ID); ok {
		return kept.(*face)
	}
	p := poster.New(string(m.ID), m.Title, m.Year, m.Genres)
	if other {
		p = p.Other()
	}
	drawn := &face{p, attr(p.URI())}
	cache.Store(m.ID, drawn)
	return drawn
}

// apart returns which cards of a list have the other motif on their posters, so that no two posters alike
// stand side by side.
func apart(cards []protocol.Card) []bool {
	row := make([]*poster.Poster, len(cards))
	for i, c := range cards {
		if Picture(c.Image) == "" {
			row[i] = faceOf(c, false).poster
		}
	}
	return poster.Apart(row)
}

// posterOf draws the picture of m: the catalog's own if it has one, else a
// poster. The poster also stands by for a picture that does not load
// (static/js/covers.js).
func posterOf(m protocol.Card, class string) app.UI { return picture(m, class, false) }

// picture is [posterOf] of the poster with the other motif, where other says so.
func picture(m protocol.Card, class string, other bool) app.UI {
	src, img := faceOf(m, other).uri, void("img", "poster "+class)
	if own := Picture(m.Image); own != "" {
		img, src = img.Attr("data-drawn", src), attr(own)
	}
	return img.
		Attr("src", src).
		Attr("width", "200").Attr("height", "300").
		Attr("loading", "lazy").Attr("decoding", "async").
		Attr("aria-hidden", "true")
}
