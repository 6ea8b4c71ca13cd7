// IMDb's ratings and lists: the same columns, but for a rating and its date a list has the date of its entry.
import { momentOf, numberOf, starsOf, yearOf } from './record.js';

export const imdb = {
  name: 'IMDb',
  fits: (has) => has('const') && has('title'),
  read(get, { has, file, tell }) {
    const stars = starsOf(get('yourrating'), 10);
    if (!stars && has('position') && !/watchlist/i.test(file)) tell('wished'); // the same columns, of any list
    return {
      imdb: numberOf(get('const'), 'tt'), titles: [get('title'), get('originaltitle')], year: yearOf(get('year')),
      people: get('directors') ? get('directors').split(/,\s*/) : undefined,
      action: stars ? 'rate' : 'watchlist', rating: stars, at: momentOf(stars ? get('daterated') : get('created')),
    };
  },
};
