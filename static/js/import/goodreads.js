// Goodreads' library: shelves read, to-read and currently-reading, and stars of 5 where there are some. The years are of editions and
// say little; the author says more.
import { momentOf, starsOf } from './record.js';

const isbn = (text) => text.replace(/[="\s-]/g, '');

export const goodreads = {
  name: 'Goodreads',
  fits: (has) => has('title') && has('author') && (has('exclusiveshelf') || has('bookshelves')),
  read(get) {
    const stars = starsOf(get('myrating'), 5);
    const shelf = get('exclusiveshelf') || get('bookshelves').split(',')[0].trim();
    const series = get('title').match(/^(.*\S)\s*\(([^()]*#[^()]*)\)$/);
    const action = stars ? 'rate' : shelf === 'to-read' ? 'watchlist' : shelf === 'read' ? 'seen' : '';
    return {
      isbn: isbn(get('isbn13')) || isbn(get('isbn')), titles: [series ? series[1] : get('title')],
      people: [get('author'), ...get('additionalauthors').split(/,\s*/)].filter(Boolean),
      action, rating: stars, note: [get('myreview'), get('privatenotes')].filter(Boolean).join('\n'), at: momentOf(shelf === 'to-read' ? get('dateadded') : get('dateread') || get('dateadded')),
    };
  },
};
