//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
)

// TestPopularItemsAreNotCalledAlike shows the page of an item that no one knows and
// that has nothing in common with others: the row of popular items is called so.
func TestPopularItemsAreNotCalledAlike(t *testing.T) {
	for address, w := range map[string]*words{"/item/2": &english, "/zh/item/2": &chinese} {
		s := openAt(t, uitest.Planted(4), address)
		p := s.page.(*itemPage)
		for known, want := range map[bool]string{true: w.Similar, false: w.RowPopular} {
			not := w.RowPopular
			if !known {
				not = w.Similar
			}
			for i := range p.similar {
				if p.similar[i].Score = 0; known {
					p.similar[i].Score = 0.5
				}
			}
			if html := app.HTMLString((&root{s: s}).Render()); !strings.Contains(html, want) || strings.Contains(html, not) {
				t.Errorf("%s, likeness known %v: the page does not say %q, or says %q", address, known, want, not)
			}
			if about := p.about(w); !strings.Contains(about, want) || strings.Contains(about, not) {
				t.Errorf("%s, likeness known %v: the description is %q", address, known, about)
			}
		}
	}
}

// TestTheHeadingSaysWhereFewHaveRated shows an item that almost no one has rated: the row
// of what is like it says so and by which content, where genres and year are known.
func TestTheHeadingSaysWhereFewHaveRated(t *testing.T) {
	for address, w := range map[string]*words{"/item/2": &english, "/zh/item/2": &chinese} {
		s := openAt(t, uitest.Planted(4), address)
		p := s.page.(*itemPage)
		for _, test := range []struct {
			count, year int
			genres      []string
			want        string
		}{
			{0, 1951, []string{"Western"}, w.SimilarFew},
			{4, 1951, []string{"Western"}, w.SimilarFew},
			{5, 1951, []string{"Western"}, w.Similar},
			{4, 0, []string{"Western"}, w.Similar},
			{4, 1951, nil, w.Similar},
		} {
			p.item.Count, p.item.Year, p.item.Genres = test.count, test.year, test.genres
			if html := app.HTMLString((&root{s: s}).Render()); !strings.Contains(html, ">"+test.want+"<") {
				t.Errorf("%s: the page of %+v does not say so", address, test)
			}
			if about := p.about(w); !strings.Contains(about, test.want) {
				t.Errorf("%s: %+v is described as %q", address, test, about)
			}
		}
	}
}
