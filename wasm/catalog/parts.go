package catalog

import "unicode/utf8"

// mostCut is how many words at the end or at the beginning of a query are done without.
const mostCut = 3

// parts returns the queries of all words of q but the last ones, so many, and of all but the first ones, without
// typos: people write who made it behind a title, or before it. A name fits one that is those words, or begins
// with them. One character alone is none of these: too many names begin with it.
func (q *query) parts(cut int) (all []*query) {
	n := len(q.terms) - cut
	for _, terms := range [2][]term{q.terms[:n], q.terms[cut:]} {
		text := ""
		for i := range terms {
			text += terms[i].text + " "
		}
		if utf8.RuneCountInString(text) < 3 { // with the blank
			continue
		}
		part := parse(text)
		part.most = begins + other
		all = append(all, &part)
	}
	return all
}

// fitting returns the first of queries that item r has all words of.
func (s *Search) fitting(queries []*query, r Row) *query {
	for _, q := range queries {
		if cost(q, s.wordsOf(r), s.catalog.Years[r]) != none {
			return q
		}
	}
	return queries[0]
}

// lacking returns the words of q that one of hits lacks, in order: by itself and together with the one before or
// behind it.
func (s *Search) lacking(q *query, hits []Hit) (all []string) {
	for i := range q.terms {
		for _, hit := range hits {
			words, year := s.wordsOf(hit.Row), s.catalog.Years[hit.Row]
			if q.terms[i].least(words, year) == none &&
				(i == 0 || q.pairs[i-1].least(words, year) == none) && (i == len(q.pairs) || q.pairs[i].least(words, year) == none) {
				all = append(all, q.terms[i].text)
				break
			}
		}
	}
	return all
}
