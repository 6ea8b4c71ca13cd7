package ui

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"sparrow/wasm/vocabulary"
)

// languages are the app's texts as they are shown, with the nouns of the catalog that is
// shown. They change before the first page is opened, by [Speak].
var (
	english, chinese  words
	languages         = map[string]*words{"en": &english, "zh": &chinese}
	itemRoot          string   // the path of items' pages, "/book/"
	byGenre, byDecade bool     // whether the catalogue can be narrowed down by these
	byColumns         []string // further columns by which it can
	byAll             bool     // by all that suit, since its owner does not say by which
)

// unspoken are the languages whose texts are still to get the nouns: each gets them when it is first
// shown, since a visit seldom shows two.
var unspoken map[string]func()

func init() { take(new(vocabulary.Vocabulary)) }

// take has all pages use a catalog's vocabulary.
func take(v *vocabulary.Vocabulary) {
	english, chinese = englishTexts, chineseTexts
	itemRoot, limits = v.Root(), v.Limits
	byGenre, byDecade, byColumns = v.Offers("genre"), v.Offers("decade"), v.Columns()
	byAll = v.Facets == nil
	unspoken = map[string]func(){}
	for _, lang := range vocabulary.Languages {
		unspoken[lang] = func() { languages[lang].speak(v, lang) }
	}
}

// Speak has all pages use a catalog's vocabulary, at once. It returns what v says of texts that the app
// does not have, or that would lose what they fill in, and does without these.
func Speak(v *vocabulary.Vocabulary) (unused []string) {
	take(v)
	for _, lang := range vocabulary.Languages {
		unused = append(unused, languages[lang].speak(v, lang)...)
	}
	unspoken = nil
	return unused
}

// speak puts v's texts in place of w's own, and nouns into all of them.
func (w *words) speak(v *vocabulary.Vocabulary, lang string) (unused []string) {
	texts, all := v.Texts[lang], reflect.ValueOf(w).Elem()
	used := 0
	own := func(name, text string) string {
		if other := texts[name]; other != "" {
			used++
			if slices.Equal(holes(other), holes(text)) {
				text = other
			} else {
				unused = append(unused, "texts: "+lang+": "+name+" must fill in "+strings.Join(holes(text), ", ")+" and nothing else")
			}
		}
		return v.Fill(lang, text)
	}
	known := map[string]bool{}
	for i := range all.NumField() {
		if f := all.Field(i); f.Kind() == reflect.String {
			name := all.Type().Field(i).Name
			if f.CanSet() {
				name = strings.ToLower(name[:1]) + name[1:]
				known[name] = true
				f.SetString(own(name, f.String()))
			}
		}
	}
	for _, of := range []*map[string]string{&w.features, &w.lab, &w.remarks, &w.troubles} {
		filled := map[string]string{}
		for name, text := range *of {
			known[name] = true
			filled[name] = own(name, text)
		}
		*of = filled
	}
	w.columns = nil
	for name, text := range texts {
		if strings.HasPrefix(name, "column:") { // of any catalog
			if w.columns == nil {
				w.columns = map[string]string{}
			}
			w.columns[name], known[name] = v.Fill(lang, text), true
		}
	}
	if used < len(texts) {
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			if !known[name] {
				unused = append(unused, "texts: "+lang+": the app has no text "+name)
			}
		}
	}
	if own := v.Genres[lang]; len(own) > 0 {
		genres := map[string]string{}
		maps.Copy(genres, w.genres)
		maps.Copy(genres, own)
		w.genres = genres
	}
	if q := []rune(v.Noun(lang, "quotes")); len(q) == 2 {
		w.quote = [2]string{string(q[0]), string(q[1])}
	}
	return unused
}

// holes returns what a text fills in, "{title}", sorted.
func holes(text string) (found []string) {
	for {
		_, after, _ := strings.Cut(text, "{")
		name, rest, ok := strings.Cut(after, "}")
		if !ok {
			slices.Sort(found)
			return found
		}
		found, text = append(found, "{"+name+"}"), rest
	}
}

// Manifest is what the manifest of the app says in one language.
type Manifest struct{ Name, About, ForYou, Kept, Surprise string }

func ManifestOf(lang string) Manifest {
	w := wordsOf(lang)
	return Manifest{w.Name, w.About, w.ForYou, w.Watchlist, w.Surprise}
}
