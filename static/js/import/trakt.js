// Trakt's JSON: ratings, history or watched, and the watchlist, as its API and its export give them. A series has
// only its IMDb number taken: at TMDB films and series have the same numbers. Episodes and seasons are no items.
import { momentOf, numberOf, starsOf } from './record.js';

const kind = 'movie'; // what they call an item of one piece

export const trakt = {
  name: 'Trakt',
  fits: (one) => [one[kind], one.show, one.episode, one.season].some((held) => typeof held === 'object' && held !== null && 'ids' in held),
  read(one, { file, tell }) {
    if (one.episode || one.season) return tell('episode');
    const held = one[kind] ?? one.show;
    const stars = 'rating' in one && one.rated_at ? starsOf(one.rating, 10) : 0;
    const seen = one.watched_at ?? one.last_watched_at;
    if (one.collected_at) return tell('collection');
    if (one.listed_at && /lists?[-/]/i.test(file) && !/watchlist|favorites/i.test(file)) return tell('list');
    const listed = one.listed_at ? (/favorites/i.test(file) ? 'like' : 'watchlist') : ''; // else a comment, or what was hidden
    const action = stars ? 'rate' : seen ? 'seen' : listed;
    return {
      imdb: numberOf(held.ids?.imdb, 'tt'), tmdb: one[kind] ? numberOf(held.ids?.tmdb) : 0, titles: [held.title], year: Number(held.year) || 0,
      action, rating: stars, note: one.notes, at: momentOf(stars ? one.rated_at : seen ?? one.listed_at),
    };
  },
};
