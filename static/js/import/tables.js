// Ratings by ids: MovieLens' data sets, its site's exports, and our own; and any table that has titles and ratings or
// dates, such as what Letterboxd takes in.
import { momentOf, numberOf, starsOf, titled } from './record.js';

const first = (get, names) => names.map(get).find(Boolean) ?? '';
const ids = ['movieid', 'itemid', 'movie', 'item'];

export const movielens = {
  name: 'MovieLens',
  fits: (has) => ids.some(has) && (has('rating') || has('stars') || has('tmdbid')),
  people: 'userid', // more than one there is not one visitor's file
  read(get, { has }) {
    const { title, year } = titled(get('title'));
    const rating = first(get, ['rating', 'stars']);
    const stars = starsOf(rating, 5);
    const wish = !has('rating') && !has('stars'); // the site's own list of wishes
    return {
      own: first(get, ids), imdb: numberOf(get('imdbid'), 'tt'), tmdb: numberOf(get('tmdbid')), titles: [title], year,
      action: stars ? 'rate' : wish ? 'watchlist' : '', rating: stars, at: momentOf(first(get, ['timestamp', 'time', 'at'])),
    };
  },
};

export const table = {
  name: '',
  fits: (has) => (has('title') || has('name')) && ['rating', 'rating10', 'watcheddate'].some(has),
  read(get, { has }) {
    const stars = has('rating') ? starsOf(get('rating'), 5) : starsOf(get('rating10'), 10);
    const { title, year } = titled(get('title') || get('name'));
    return {
      imdb: numberOf(get('imdbid'), 'tt'), tmdb: numberOf(get('tmdbid')), titles: [title], year: Number(get('year')) || year,
      people: get('directors') ? get('directors').split(/,\s*/) : undefined,
      action: stars ? 'rate' : 'seen', rating: stars, note: get('review'), at: momentOf(get('watcheddate') || get('date')),
    };
  },
};
