package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// aliases are names that other tools and sets give our columns: MovieLens,
// RecBole, Retailrocket, Goodreads, BookCrossing, MyAnimeList, Last.fm, Amazon.
// Ours, the key, wins; two of one list in a file are ambiguous.
var aliases = map[string][]string{
	"user_id":   {"userid", "user", "visitorid", "visitor_id", "visitor", "uid", "customer_id", "customerid", "reviewerid", "member_id", "session_id"},
	"item_id":   {"itemid", "item", "movieid", "movie_id", "book_id", "bookid", "product_id", "productid", "isbn", "anime_id", "artistid", "artist_id", "asin", "track_id", "song_id", "game_id", "sku"},
	"timestamp": {"time", "datetime", "created_at", "createdat", "date", "date_read", "watched_date", "unixreviewtime", "ts"},
	"rating":    {"stars", "score", "my_rating", "overall", "book_rating", "user_rating"},
	"weight":    {"plays", "play_count", "playcount", "count", "quantity"},
	"event":     {"event_type", "eventtype", "behavior", "behavior_type", "action"},
	"title":     {"name", "book_title", "movie_title", "product_name", "item_name"},
	"year":      {"release_year", "year_published", "original_publication_year", "publication_year", "year_of_publication"},
	"genres":    {"genre", "category", "categories", "class"},
	"tags":      {"tag", "keywords"},
	"image":     {"image_url", "cover", "cover_url", "poster", "picture", "image_url_l"},
	"url":       {"link", "item_url", "product_url", "href"},
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
