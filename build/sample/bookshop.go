package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// bookshop returns a shop of 20,000 titles in German, English and Chinese, and what
// 9,000 readers did there in a year and a half: views, clicks on lists, wishes, carts,
// purchases with their money, and returns. No one gives stars. How it comes about:
//
//   - A title has one to three categories, mostly of one shelf. Authors write in one
//     language and mostly in one category, some of them series. Some titles are on the
//     front page and much looked at; that they are says nothing of how well they sell.
//   - A reader reads one language, some two, has two to four categories, up to three
//     authors whom they follow, and a price that they do not like to exceed.
//   - A visit looks at titles from the front page, from the reader's categories, by their
//     authors, and at the next volume of what they bought. What suits them goes to the
//     cart, and of that most is bought when they leave; now and then a gift that does
//     not suit them. Some of it they send back.
//   - A guide has a companion (companions.go), which goes to the cart with it now and then,
//     of whatever taste the reader is.
//
// So what is bought follows taste, and what is looked at follows the front page as well.
func (o Options) bookshop() (items, interactions table) {
	s := newShop(rand.New(rand.NewPCG(o.Seed, 0x626f6f6b73)), orElse(o.Items, 20_000))
	var acts []act
	for user := range orElse(o.People, 9_000) {
		acts = append(acts, s.reader(user)...)
	}
	return s.items(), sorted(acts, func(m int) string { return s.books[m].isbn })
}

// orElse returns n, or def where it is 0.
func orElse(n, def int) int {
	if n == 0 {
		return def
	}
	return n
}

// book is one title.
type book struct {
	isbn, title string
	language    int
	authors     []int
	categories  []int
	series      string
	volume      int // 1, 2, … of a series; 0 for none
	next        int // the book of the next volume, -1 for none
	publisher   string
	form        int
	year, pages int
	cents       int
	stock       int
}

// forms are how books are made, with what one costs in cents from and to.
var forms = []struct {
	name       string
	least, top int
}{{"paperback", 999, 1699}, {"hardcover", 1999, 3299}, {"e-book", 499, 1299}, {"audio CD", 1499, 2499}}

// author writes in one language.
type author struct {
	name     string
	language int
	category int
	books    []int
}

// shop is the catalog, and what draws from it.
type shop struct {
	r          *rand.Rand
	categories []category
	authors    []author
	books      []book
	lure       []float64 // how much a title is looked at on the front page
	sells      []float64 // how well it sells to those whom it suits
	companion  []int     // the book that a book is bought with, -1 for none

	front    []*drawn   // by language
	shelf    [][]*drawn // by category and language; nil where there is no book
	popular  *drawn     // categories
	byAuthor []*drawn   // authors by language
}

// share of the titles in each language, and of the readers.
var shares = []float64{.5, .3, .2}

func newShop(r *rand.Rand, n int) *shop {
	s := &shop{r: r, categories: categoriesOf()}
	s.popular = drawnOf(upTo(len(s.categories)), powerLaw(r, len(s.categories), .6, 4))
	byLanguage := drawnOf(upTo(len(languages)), shares)
	used := map[string]bool{}
	for range n/6 + 1 {
		l := byLanguage.next(r)
		words := &languages[l]
		name := strings.NewReplacer("%F", of(r, words.first), "%L", of(r, words.last)).Replace(words.name)
		if used[name] {
			continue
		}
		used[name] = true
		s.authors = append(s.authors, author{name: name, language: l, category: s.popular.next(r)})
	}
	writes := drawnOf(upTo(len(s.authors)), powerLaw(r, len(s.authors), .7, 8))
	titles := map[string]bool{}
	for len(s.books) < n {
		a := writes.next(r)
		if c := s.categories[s.authors[a].category]; c.story && r.IntN(6) == 0 {
			name := s.noun(s.authors[a].language, c, true)
			for v := range min(3+r.IntN(5), n-len(s.books)) {
				s.write(a, name, v+1, titles)
			}
			continue
		}
		s.write(a, "", 0, titles)
	}
	s.lure, s.sells = powerLaw(r, n, 1, 10), powerLaw(r, n, .6, 20)
	var inLanguage [3][]int
	s.shelf = make([][]*drawn, len(s.categories))
	in := make([][3][]int, len(s.categories))
	for m := range s.books {
		b := &s.books[m]
		inLanguage[b.language] = append(inLanguage[b.language], m)
		for _, c := range b.categories {
			in[c][b.language] = append(in[c][b.language], m)
		}
	}
	for l := range languages {
		s.front = append(s.front, drawnOf(inLanguage[l], s.lure))
		var own []int
		for a := range s.authors {
			if s.authors[a].language == l && len(s.authors[a].books) > 0 {
				own = append(own, a)
			}
		}
		s.byAuthor = append(s.byAuthor, drawnOf(own, powerLaw(r, len(s.authors), .5, 10)))
	}
	for c := range s.categories {
		for l := range languages {
			s.shelf[c] = append(s.shelf[c], drawnOf(in[c][l], s.sells))
		}
	}
	s.accompany()
	return s
}

// noun returns a noun of the category, or a place where it names a series.
func (s *shop) noun(l int, c category, series bool) string {
	words := &languages[l]
	if series && c.strange {
		return of(s.r, words.invented)
	} else if series {
		return of(s.r, words.places)
	}
	return of(s.r, c.nouns[l])
}

// write adds a book by author a; series is "" for none.
func (s *shop) write(a int, series string, volume int, titles map[string]bool) {
	r, l := s.r, s.authors[a].language
	words := &languages[l]
	b := book{language: l, authors: []int{a}, series: series, volume: volume, next: -1, publisher: of(r, words.publishers), form: []int{0, 0, 0, 0, 1, 1, 1, 2, 2, 3}[r.IntN(10)]}
	first := s.authors[a].category
	if r.IntN(7) == 0 && series == "" {
		first = s.near(first)
	}
	b.categories = []int{first}
	for range times(r, 0, .35) {
		if c := s.near(first); !slices.Contains(b.categories, c) && len(b.categories) < 3 {
			b.categories = append(b.categories, c)
		}
	}
	c := s.categories[first]
	for tries := 0; b.title == "" || titles[b.title] && tries < 50; tries++ {
		b.title = s.titled(l, c)
	}
	titles[b.title] = true
	if series != "" {
		b.title = strings.NewReplacer("%T", b.title, "%N", series, "%V", strconv.Itoa(volume)).Replace(words.series)
		if m := len(s.books) - 1; volume > 1 {
			s.books[m].next = len(s.books)
		}
	}
	if r.IntN(12) == 0 && series == "" {
		if other := r.IntN(len(s.authors)); s.authors[other].language == l && other != a {
			b.authors = append(b.authors, other)
		}
	}
	form := forms[b.form]
	b.year = 2026 - min(45, int(8*r.ExpFloat64()))
	b.pages = 96 + 16*r.IntN(36)
	b.cents = (form.least+r.IntN(form.top-form.least))/100*100 + []int{99, 90, 0, 95}[r.IntN(4)]
	if b.stock = int(math.Exp(1.5 + 1.2*r.NormFloat64())); r.IntN(16) == 0 {
		b.stock = 0
	}
	b.isbn = isbn(languages[l].isbn, len(s.books))
	s.books = append(s.books, b)
	for _, a := range b.authors {
		s.authors[a].books = append(s.authors[a].books, len(s.books)-1)
	}
}

// near returns a category, mostly of the same shelf.
func (s *shop) near(c int) int {
	if s.r.IntN(5) == 0 {
		return s.popular.next(s.r)
	}
	var same []int
	for k := range s.categories {
		if s.categories[k].shelf == s.categories[c].shelf && k != c {
			same = append(same, k)
		}
	}
	return of(s.r, same)
}

// titled returns a title of a book of the category.
func (s *shop) titled(l int, c category) string {
	r, words := s.r, &languages[l]
	pattern, places := of(r, words.guides), words.places
	if c.story {
		pattern = of(r, words.stories)
	} else if r.IntN(2) == 0 {
		pattern += map[bool]string{true: "：", false: ". "}[words.code == "zh"] + of(r, words.subtitles)
	}
	if c.strange {
		places = words.invented
	}
	n, m := of(r, c.nouns[l]), of(r, c.nouns[l])
	for m == n {
		m = of(r, c.nouns[l])
	}
	return strings.NewReplacer("%N", n, "%M", m, "%P", of(r, places), "%S", of(r, words.seasons)).Replace(pattern)
}

// isbn returns the ISBN-13 of the n-th book: a prefix, a number of its publisher and title,
// and the check digit.
func isbn(prefix string, n int) string {
	return checked(prefix + fmt.Sprintf("%0*d", 12-len(prefix), (n*7919+104729)%100_000_000))
}

// checked appends the check digit to twelve digits: it makes the sum of all, each second one
// three times, a multiple of ten. Source: ISO 2108.
func checked(digits string) string {
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (1 + 2*(i%2))
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}

// price writes cents.
func price(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// items returns items.csv.
func (s *shop) items() table {
	t := table{{"item_id", "title", "authors", "categories", "keywords", "language", "publisher", "year", "format", "pages", "price", "currency", "stock", "image", "url"}}
	for _, b := range s.books {
		var authors, categories []string
		for _, a := range b.authors {
			authors = append(authors, s.authors[a].name)
		}
		for _, c := range b.categories {
			categories = append(categories, s.categories[c].name)
		}
		keywords := slices.Clone(authors)
		if b.series != "" {
			keywords = append(keywords, b.series)
		}
		t = append(t, []string{b.isbn, b.title, strings.Join(authors, "|"), strings.Join(categories, "|"), strings.Join(keywords, "|"), languages[b.language].code, b.publisher,
			strconv.Itoa(b.year), forms[b.form].name, strconv.Itoa(b.pages), price(b.cents), "EUR", strconv.Itoa(b.stock), "covers/" + b.isbn + ".jpg", "https://books.example/book/" + b.isbn})
	}
	return t
}
