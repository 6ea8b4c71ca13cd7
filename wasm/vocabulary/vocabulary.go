// Package vocabulary holds what a catalog's owner calls their items: the words that pages
// put where a text names one, and where an item's page lies. README.md has the file.
package vocabulary

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Most is the largest file in bytes. A noun has at most mostNoun characters, a text mostText, a
// logo mostLogo.
const (
	Most     = 16 << 10
	mostNoun = 40
	mostText = 400
	mostLogo = 8000
)

// Vocabulary is what a vocabulary.json says. The zero value speaks of items, at /item/{id}.
type Vocabulary struct {
	Name     string                       `json:"name,omitempty"`     // of the site; Sparrow where it says none
	Path     string                       `json:"path,omitempty"`     // of an item's page, "/book/{id}"
	Years    *bool                        `json:"years,omitempty"`    // whether the years of items are used and shown; nil for yes
	Accent   []string                     `json:"accent,omitempty"`   // the colour of links and buttons, "#8f4a1d", on light pages and on dark ones
	Logo     string                       `json:"logo,omitempty"`     // of the site: a picture as data:, or a file below its pictures
	Currency string                       `json:"currency,omitempty"` // of prices whose item has none of its own, "EUR"
	Facets   []string                     `json:"facets,omitempty"`   // by what the catalogue can be narrowed down, of Facets and of columns of texts; nil for all of Facets
	Nouns    map[string]map[string]string `json:"nouns,omitempty"`    // by language, then by noun
	Texts    map[string]map[string]string `json:"texts,omitempty"`    // by language, then by the name of a text of the app, in place of it
	Genres   map[string]map[string]string `json:"genres,omitempty"`   // by language, then by the catalog's name of a genre, what it is called
	Limits   []Limit                      `json:"limits,omitempty"`   // what visitors can hold their lists to
}

// neutral are the nouns of each language, with what stands for them where a vocabulary
// has none.
var neutral = map[string]map[string]string{
	"en": {
		"item": "item", "items": "items", "catalogue": "catalogue",
		"used":  "chosen",    // what people have done with an item: seen, read, heard
		"keep":  "shortlist", // what a visitor keeps for later
		"genre": "genre", "genres": "genres",
	},
	"zh": {
		"item": "条目", "measure": "个", "catalogue": "目录",
		"list":  "清单", // 片单, 书单, 歌单
		"title": "名称", // 片名, 书名
		"use":   "选",  // 看, 读, 听
		"keep":  "收藏", // 想看, 想读
		"genre": "分类", "quotes": "“”",
	},
}

// Facets are by what pages let a visitor narrow any catalogue down.
var Facets = []string{"genre", "decade"}

// Languages are those in which there are nouns.
var Languages = []string{"en", "zh"}

// reserved are paths of a site that are no item's.
var reserved = []string{"a", "browse", "demo", "for-two", "for-you", "genre", "kept", "lab", "pictures", "profile", "search", "shared-list", "shell", "taste", "user", "v1", "watchlist", "zh"}

// ShowsYears reports whether the years of items are used and shown.
func (v *Vocabulary) ShowsYears() bool { return v.Years == nil || *v.Years }

// Offers reports whether pages let a visitor narrow the catalogue down by a facet.
func (v *Vocabulary) Offers(facet string) bool {
	return v.Facets == nil || slices.Contains(v.Facets, facet)
}

// Columns returns the facets that are columns of the catalog.
func (v *Vocabulary) Columns() (columns []string) {
	for _, facet := range v.Facets {
		if !slices.Contains(Facets, facet) {
			columns = append(columns, facet)
		}
	}
	return columns
}

// Noun returns what stands for a noun in a language; "" where the language has no such noun.
func (v *Vocabulary) Noun(lang, noun string) string {
	if text := v.Nouns[lang][noun]; text != "" {
		return text
	}
	return neutral[lang][noun]
}

// Root returns what stands before the id in the path of an item's page, "/book/".
func (v *Vocabulary) Root() string {
	if v.Path == "" {
		return "/item/"
	}
	return strings.TrimSuffix(v.Path, "{id}")
}

// Site returns the name of the site.
func (v *Vocabulary) Site() string {
	if v.Name == "" {
		return "Sparrow"
	}
	return v.Name
}

// Fill returns text with the name of the [site] and nouns in place of their names in brackets: "no [item]", and with a
// capital "[Items] for you".
func (v *Vocabulary) Fill(lang, text string) string {
	at := strings.IndexByte(text, '[')
	if at < 0 {
		return text
	}
	var b strings.Builder
	for ; at >= 0; at = strings.IndexByte(text, '[') {
		end := strings.IndexByte(text[at:], ']')
		if end < 0 {
			break
		}
		name := text[at+1 : at+end]
		noun := v.Noun(lang, strings.ToLower(name))
		if name == "site" {
			noun = v.Site()
		}
		if noun == "" {
			b.WriteString(text[:at+end+1])
		} else {
			b.WriteString(text[:at])
			if name[0] < 'a' {
				first, n := utf8.DecodeRuneInString(noun)
				b.WriteString(strings.ToUpper(string(first)))
				noun = noun[n:]
			}
			b.WriteString(noun)
		}
		text = text[at+end+1:]
	}
	b.WriteString(text)
	return b.String()
}

// Check reports what is wrong with v: where, why and what would do. Names of texts it
// does not know.
func (v *Vocabulary) Check() error {
	if err := check("name", v.Name, mostNoun); err != nil {
		return err
	}
	if err := v.checkPath(); err != nil {
		return err
	}
	if n := len(v.Accent); n != 0 && n != 2 {
		return errors.New("accent: " + strconv.Itoa(n) + ` colours, want two: ["#8f4a1d", "#f0a060"], on light pages and on dark ones`)
	}
	for _, c := range v.Accent {
		if !isColour(c) {
			return errors.New("accent: " + strconv.Quote(c) + ` is no colour of the form "#8f4a1d"`)
		}
	}
	if err := v.checkLogo(); err != nil {
		return err
	}
	if v.Currency != "" && (len(v.Currency) != 3 || strings.Trim(v.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		return errors.New("currency: " + strconv.Quote(v.Currency) + " is not three capitals of ISO 4217, as EUR")
	}
	for i, facet := range v.Facets {
		if facet == "" || len(facet) > mostNoun || strings.Trim(facet, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
			return errors.New("facets: " + strconv.Quote(facet) + " is neither " + strings.Join(Facets, " nor ") + ", nor the name of a column of letters, digits and _")
		}
		if slices.Contains(v.Facets[:i], facet) {
			return errors.New("facets: " + strconv.Quote(facet) + " stands there twice")
		}
	}
	for _, of := range []struct {
		name string
		all  map[string]map[string]string
		most int
	}{{"nouns", v.Nouns, mostNoun}, {"texts", v.Texts, mostText}, {"genres", v.Genres, mostNoun}} {
		for _, lang := range sorted(of.all) {
			if !slices.Contains(Languages, lang) {
				return errors.New(of.name + ": " + strconv.Quote(lang) + " is not a language of the app; it has " + strings.Join(Languages, ", "))
			}
			for _, name := range sorted(of.all[lang]) {
				place, text := of.name+": "+lang+": "+strconv.Quote(name), of.all[lang][name]
				if _, known := neutral[lang][name]; of.name == "nouns" && !known {
					return errors.New(place + " is not a noun of this language; it has " + strings.Join(sorted(neutral[lang]), ", "))
				}
				if text == "" {
					return errors.New(place + " is empty: leave it out for the usual word")
				}
				if err := check(place, text, of.most); err != nil {
					return err
				}
				if of.name == "nouns" && name == "quotes" && utf8.RuneCountInString(text) != 2 {
					return errors.New(place + ": want two characters, one before a title and one behind it")
				}
			}
		}
	}
	return v.checkLimits()
}

func (v *Vocabulary) checkPath() error {
	if v.Path == "" {
		return nil
	}
	name, ok := strings.CutSuffix(v.Path, "/{id}")
	name, root := strings.CutPrefix(name, "/")
	if !ok || !root || name == "" || len(name) > mostNoun || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return errors.New("path: " + strconv.Quote(v.Path) + ` is not of the form "/book/{id}": one word of a to z, 0 to 9 and -`)
	}
	if slices.Contains(reserved, name) {
		return errors.New("path: /" + name + "/ is another page of the site; take another word")
	}
	return nil
}

// LogoKinds are the endings of logos, and what a browser calls them.
var LogoKinds = map[string]string{".svg": "image/svg+xml", ".png": "image/png"}

// Inline returns what follows "data:…;base64," in a logo, and the ending of its kind; ok is false for a file.
func (v *Vocabulary) Inline() (base64, ending string, ok bool) {
	for ending, kind := range LogoKinds {
		if base64, ok := strings.CutPrefix(v.Logo, "data:"+kind+";base64,"); ok {
			return base64, ending, true
		}
	}
	return "", "", false
}

func (v *Vocabulary) checkLogo() error {
	if v.Logo == "" {
		return nil
	}
	if len(v.Logo) > mostLogo {
		return errors.New("logo: more than " + strconv.Itoa(mostLogo) + " characters; name a file below the pictures of the site instead")
	}
	if base64, _, ok := v.Inline(); ok {
		if base64 == "" || strings.Trim(base64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != "" {
			return errors.New("logo: what follows base64, is not base64")
		}
		return nil
	}
	at := strings.LastIndexByte(v.Logo, '.')
	if at < 1 || LogoKinds[v.Logo[at:]] == "" || strings.HasPrefix(v.Logo, "/") || strings.Contains(v.Logo, "..") || strings.ContainsAny(v.Logo, ":\\?#%") {
		return errors.New("logo: " + strconv.Quote(v.Logo[:min(len(v.Logo), mostNoun)]) + ` is neither a file below the pictures of the site, "brand/logo.svg", nor "data:image/svg+xml;base64,…", of SVG or PNG`)
	}
	return check("logo", v.Logo, mostText)
}

// check reports whether text is none for a page: too long, not UTF-8, of several lines, or
// with brackets, which stand for nouns.
func check(place, text string, most int) error {
	switch {
	case utf8.RuneCountInString(text) > most:
		return errors.New(place + ": more than " + strconv.Itoa(most) + " characters")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f }):
		return errors.New(place + ": not one line of text")
	case most == mostNoun && strings.ContainsAny(text, "[]{}"):
		return errors.New(place + ": brackets, which a text fills in, stand in a word")
	}
	return nil
}

// isColour reports whether text is of the form #8f4a1d.
func isColour(text string) bool {
	hex, ok := strings.CutPrefix(text, "#")
	return ok && len(hex) == 6 && strings.Trim(hex, "0123456789abcdefABCDEF") == ""
}

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
