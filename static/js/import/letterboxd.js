// Letterboxd's export: ratings, diary, watched, watchlist and likes/films are tables of Date, Name, Year and Letterboxd URI. The last three have
// the same columns: there alone the name of the file says what it is.
import { momentOf, starsOf } from './record.js';

const alike = [['watchlist', 'watchlist'], ['likes', 'like'], ['films', 'like'], ['watched', 'seen']];

export const letterboxd = {
  name: 'Letterboxd',
  fits: (has) => has('letterboxduri') && has('name') && !has('review') && !has('position') && !has('listname'),
  // told returns what a table without ratings is, and whether only its name said so.
  told: (has, file) => (has('rating') ? '' : alike.find(([name]) => file.toLowerCase().includes(name))?.[1] ?? 'unsaid'),
  read(get, { told, tell }) {
    const stars = starsOf(get('rating'), 5);
    if (get('tags')) tell('note');
    const action = Number.isNaN(stars) || !stars ? { '': 'seen', unsaid: 'seen' }[told] ?? told : 'rate';
    return {
      titles: [get('name')], year: Number(get('year')) || 0, action, rating: stars, at: momentOf(get('watcheddate') || get('date')),
    };
  },
};
