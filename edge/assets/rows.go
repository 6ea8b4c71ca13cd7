//go:build !js

package assets

import (
	"encoding/json"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// rowsStyle gives rows the size of the widget's own cards, so that nothing moves when these
// take their place: static/widget/widget.css.
const rowsStyle = `<style>sparrow-similar{display:block}` +
	`ul[slot=list]{display:grid;grid-auto-flow:column;grid-auto-columns:clamp(112px,42vw,156px);justify-content:start;gap:16px;margin:0 -4px;padding:56px 4px 8px;overflow-x:auto;list-style:none;scrollbar-width:none}` +
	`ul[slot=list]>li{min-width:0;margin:0}` +
	`ul[slot=list]>li>*{display:block;color:inherit;text-decoration:none}` +
	`ul[slot=list]>li>*>:first-child{display:block;aspect-ratio:2/3;overflow:hidden;border-radius:8px;background:#8882}` +
	`ul[slot=list] img{display:block;width:100%;height:100%;object-fit:cover}` +
	`ul[slot=list]>li>*>:last-child{display:block;height:60px;margin-top:8px;overflow:hidden;font-size:13px;line-height:18px}` +
	`ul[slot=list] b{display:block;max-height:40px;overflow:hidden;font-size:15px;line-height:20px;font-weight:500}` +
	`</style>`

// safeAddress is what an address of a catalog may be to stand in a page: one of the web, or
// one of the page's own origin. A browser leaves control characters out, and takes \ for /.
var safeAddress = regexp.MustCompile(`^(?:[hH][tT][tT][pP][sS]?://|/(?:$|[^\x00-\x20/\\]))[^\x00-\x20\\]*$`)

// entity is an item in the words of schema.org.
type entity struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	URL      string `json:"url,omitempty"`
	Image    string `json:"image,omitempty"`
}

// rows returns a list as markup for a page that is made on a server: a list of links with
// pictures and titles, and the same as JSON-LD for search engines. All that comes from the
// catalog is escaped. The Worker answers with the same bytes.
func rows(list []byte) ([]byte, error) {
	var of struct {
		Items []struct {
			Title, Image, URL string
			Year              int
			Genres            []string
		}
	}
	if err := json.Unmarshal(list, &of); err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(rowsStyle + "\n<ul slot=\"list\">\n")
	entities := make([]entity, len(of.Items))
	for i, it := range of.Items {
		if !safeAddress.MatchString(it.URL) {
			it.URL = ""
		}
		if !safeAddress.MatchString(it.Image) {
			it.Image = ""
		}
		entities[i] = entity{"ListItem", i + 1, it.Title, it.URL, it.Image}
		tag, end := "<div>", "</div>"
		if it.URL != "" {
			tag, end = `<a href="`+html.EscapeString(it.URL)+`">`, "</a>"
		}
		b.WriteString("<li>" + tag + "<span>")
		if it.Image != "" {
			b.WriteString(`<img src="` + html.EscapeString(it.Image) + `" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">`)
		}
		about := it.Genres[:min(2, len(it.Genres))]
		if it.Year != 0 {
			about = append([]string{strconv.Itoa(it.Year)}, about...)
		}
		b.WriteString("</span><span><b>" + html.EscapeString(it.Title) + "</b>" + html.EscapeString(strings.Join(about, " · ")) + "</span>" + end + "</li>\n")
	}
	data, err := json.Marshal(struct { // < is written as \u003c, so that no title ends the script
		Context string   `json:"@context"`
		Type    string   `json:"@type"`
		Items   []entity `json:"itemListElement"`
	}{"https://schema.org", "ItemList", entities})
	if err != nil {
		return nil, err
	}
	b.WriteString("</ul>\n<script type=\"application/ld+json\">" + string(data) + "</script>\n")
	return []byte(b.String()), nil
}
