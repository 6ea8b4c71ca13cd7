package dataset

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// aliases are names that other tools and sets give our columns: MovieLens,
// RecBole, Retailrocket, Goodreads, BookCrossing, MyAnimeList, Last.fm, Amazon, GA4,
// Segment, Shopify, Snowplow. Ours, the key, wins; two of one list in a file are
// ambiguous.
var aliases = map[string][]string{
	"user_id":   {"userid", "user", "visitorid", "visitor_id", "visitor", "uid", "customer_id", "customerid", "reviewerid", "member_id", "session_id"},
	"item_id":   {"itemid", "item", "movieid", "movie_id", "book_id", "bookid", "product_id", "productid", "isbn", "anime_id", "artistid", "artist_id", "asin", "track_id", "song_id", "game_id", "sku", "lineitem_sku"},
	"timestamp": {"time", "datetime", "created_at", "createdat", "date", "date_read", "watched_date", "unixreviewtime", "ts", "event_time", "eventtime", "event_timestamp", "event_at", "occurred_at", "order_date", "purchase_date"},
	"rating":    {"stars", "score", "my_rating", "overall", "book_rating", "user_rating"},
	"weight":    {"plays", "play_count", "playcount", "count", "quantity", "qty", "lineitem_quantity"},
	"event":     {"kind", "event_type", "eventtype", "behavior", "behavior_type", "action", "event_name", "eventname", "interaction_type", "feedback_type"},
	"value":     {"revenue", "item_revenue", "seconds", "share"},
	"currency":  {"currency_code"},
	"title":     {"name", "book_title", "movie_title", "product_name", "item_name"},
	"year":      {"release_year", "year_published", "original_publication_year", "publication_year", "year_of_publication"},
	"genres":    {"genre", "category", "categories", "class"},
	"tags":      {"tag", "keywords"},
	"image":     {"image_url", "cover", "cover_url", "poster", "picture", "image_url_l"},
	"url":       {"link", "item_url", "product_url", "href"},
}

// seconds are names that stand beside better ones in the files of the same programs:
// the first that is there is taken where no name of ours or of [aliases] is.
var seconds = map[string][]string{
	"user_id":   {"user_pseudo_id", "anonymous_id", "domain_userid", "network_userid", "client_id", "clientid"},
	"timestamp": {"derived_tstamp", "collector_tstamp", "dvce_created_tstamp", "original_timestamp", "sent_at", "received_at", "processed_at", "event_date"},
	"event":     {"event_text", "se_action"},
}

// columnName returns a header's name in the way that names are compared: small
// letters, _ between words, without the types that RecBole writes behind a colon.
func columnName(h []byte) string {
	name := strings.ToLower(strings.TrimSpace(string(h)))
	if cut, kind, ok := strings.Cut(name, ":"); ok && slices.Contains([]string{"token", "token_seq", "float", "float_seq"}, kind) {
		name = cut
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, name)
}

// columns finds the columns of a header: the index of each name in want, -1 where
// it is missing, what was read under another name ("visitorid as user_id"), and
// the names that are not wanted.
func columns(header [][]byte, want ...string) (at []int, read, extra []string, err error) {
	at = make([]int, len(want))
	names, used := make([]string, len(header)), make([]bool, len(header))
	for c, h := range header {
		names[c] = columnName(h)
	}
	for i, w := range want {
		if at[i] = slices.Index(names, w); at[i] >= 0 {
			used[at[i]] = true
		}
	}
	for i, w := range want {
		if at[i] >= 0 {
			continue
		}
		for c, name := range names {
			if used[c] || !slices.Contains(aliases[w], name) {
				continue
			}
			if at[i] >= 0 {
				return nil, nil, nil, fmt.Errorf("both %s and %s may be the column %s: rename the one that is meant to %s", names[at[i]], name, w, w)
			}
			at[i] = c
		}
		for k := 0; at[i] < 0 && k < len(seconds[w]); k++ {
			if c := slices.Index(names, seconds[w][k]); c >= 0 && !used[c] {
				at[i] = c
			}
		}
		if at[i] >= 0 {
			used[at[i]] = true
			read = append(read, names[at[i]]+" as "+w)
		}
	}
	for c, name := range names {
		if !used[c] {
			extra = append(extra, name)
		}
	}
	return at, read, extra, nil
}

// header reads the first row of a CSV file and finds its columns; the first
// required ones of want must be there. Columns that are not wanted are reported.
func (in *file) header(required int, want ...string) ([]int, error) {
	reason, err := in.table.read()
	if err == io.EOF {
		return nil, fmt.Errorf("%s is empty; its first row must name the columns %s", in.name, strings.Join(want[:required], ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.name, err)
	}
	if reason != "" {
		return nil, misread(in, reason, want[:required])
	}
	at, renamed, extra, err := columns(in.fields, want...)
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", in.name, in.line, err)
	}
	if i := slices.Index(at[:required], -1); i >= 0 {
		return nil, misread(in, "no column "+want[i]+"; those that are there: "+shownNames(in.fields), want[:required])
	}
	unused := ""
	if in.attributes != nil {
		if extra, err = in.attributes.find(in.fields, extra); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", in.name, in.line, err)
		}
		if !slices.ContainsFunc(in.attributes.declared, func(d Declared) bool { return d.Optional }) { // they are not the owner's
			unused = advice
		}
	}
	in.l.report.say(in.name, columnsSay(renamed))
	if text := unusedSay(extra); text != "" {
		in.l.report.say(in.name, text+unused)
	}
	return at, nil
}

// columnsSay says which columns have other names, or "".
func columnsSay(renamed []string) string {
	if len(renamed) == 0 {
		return ""
	}
	return "columns " + strings.Join(renamed, ", ")
}

// unusedSay says which columns are not used, or "".
func unusedSay(names []string) string {
	if len(names) == 0 {
		return ""
	}
	said := make([]string, 0, shown)
	for _, name := range names[:min(len(names), shown)] {
		if name == "" {
			name = "one without a name"
		}
		said = append(said, strings.ToValidUTF8(name[:min(len(name), 60)], "…"))
	}
	text := "columns not used: " + strings.Join(said, ", ")
	if more := len(names) - len(said); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
