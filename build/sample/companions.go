package sample

// goesWith names the category whose books accompany those of another one: who travels wants
// the phrases, who cooks the wine. Stories stand alone.
var goesWith = map[string]string{
	"Travel": "Languages", "Languages": "Travel", "Cooking": "Wine", "Baking": "Cooking", "Wine": "Cooking",
	"Gardening": "Nature", "Nature": "Travel", "Crafts": "Art", "Art": "History", "Parenting": "Picture Books", "School": "Games",
	"Mathematics": "Computing", "Computing": "Mathematics", "Business": "Economics", "Economics": "Politics",
	"Health": "Sports", "Sports": "Health", "Psychology": "Self-Help", "Music": "Biography", "Philosophy": "Classics",
}

// accompanied is the share of books of those categories that have a companion, and taken how
// often it goes to the cart with the book.
const accompanied, taken = .6, .3

// accompany draws each book's companion by how well the books of its category sell, as a shop
// puts the best known phrase book beside its guides.
func (s *shop) accompany() {
	number := map[string]int{}
	for i, c := range s.categories {
		number[c.name] = i
	}
	s.companion = make([]int, len(s.books))
	for m := range s.books {
		s.companion[m] = -1
		b := &s.books[m]
		with, ok := goesWith[s.categories[b.categories[0]].name]
		if !ok || s.r.Float64() >= accompanied {
			continue
		}
		if shelf := s.shelf[number[with]][b.language]; shelf != nil {
			if other := shelf.next(s.r); other != m {
				s.companion[m] = other
			}
		}
	}
}
