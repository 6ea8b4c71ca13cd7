// Files as other sites export them, made of the demo's films: the columns, the order, and the quirks are theirs, the
// titles are the demo's as these sites would write them. Each comes with what it means: for each line the film's id in the
// demo, '' where the demo does not have it, and what was said of it.
import { zip } from './zip.mjs';

// seeded returns a function of numbers from 0 to 1 that come again with the same seed (mulberry32).
export function seeded(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Films that the demo's data, which ends in 2018, does not have. Some share their title with one that it has.
const newer = [
  ['Columbus', 2017, 5990474, 414453], ['Parasite', 2019, 6751668, 496243], ['Dune', 2021, 1160419, 438631], ['Joker', 2019, 7286456, 475557],
  ['Little Women', 2019, 3281548, 331482], ['The Batman', 2022, 1877830, 414906], ['West Side Story', 2021, 3581652, 511809], ['Nosferatu', 2024, 5040012, 426063],
  ['The Invisible Man', 2020, 1051906, 570670], ['Candyman', 2021, 9347730, 565028], ['Top Gun: Maverick', 2022, 1745960, 361743], ['Gladiator II', 2024, 9218128, 558449],
  ['Barbie', 2023, 1517268, 346698], ['Avatar: The Way of Water', 2022, 1630029, 76600], ['The Little Mermaid', 2023, 5971474, 447277], ['Past Lives', 2023, 13238346, 666277],
  ['Mulan', 2020, 4566758, 337401], ['Pinocchio', 2022, 4593060, 532639], ['Suzume', 2022, 16428256, 916224], ['Portrait of a Lady on Fire', 2019, 8613070, 531428],
];

// chosen draws n lines: of films of the demo that can be told apart by what the file has, and of newer ones. Each film comes once.
export function chosen(all, n, seed, { byTitle }) {
  const random = seeded(seed);
  const key = (title, year) => `${bare(title).toLowerCase().replace(/^the /, '')} ${year}`;
  const twins = new Map();
  for (const film of all) twins.set(key(film.title, film.year), (twins.get(key(film.title, film.year)) ?? 0) + 1);
  const pool = all.filter(({ title, year, tmdb }) => tmdb && (!byTitle || (year && twins.get(key(title, year)) === 1)));
  const drawn = new Set();
  while (drawn.size < n - newer.length) drawn.add(pool[Math.floor(random() * pool.length)]);
  const lines = [...drawn].map((film) => ({ ...film, ...written(film, random, (year) => !byTitle || !twins.has(key(film.title, year))) }));
  for (const [title, year, imdb, tmdb] of newer) lines.splice(Math.floor(random() * lines.length), 0, { id: '', title, original: title, year, imdb, tmdb });
  return lines.map((line, i) => ({ ...line, stars: (1 + Math.floor(random() * 10)) / 2, day: new Date(Date.UTC(2015, 0, 1 + Math.floor(random() * 3000))).toISOString().slice(0, 10), i }));
}

const bare = (title) => title.replace(/\s*\(.*$/, '');

// written returns title, original title and year as another site has them.
function written({ title, year }, random, free) {
  const main = bare(title);
  const inside = title.match(/\(([^()]*)\)\s*$/)?.[1].replace(/^a\.k\.a\.? /, '');
  const quirk = Math.floor(random() * 24);
  const next = year + (random() < 0.5 ? 1 : -1);
  if (quirk === 0 && free(next)) return { title: main, original: inside ?? main, year: next };
  if (quirk === 1 && /^The /.test(main)) return { title: `${main.slice(4)}, The`, original: main, year };
  if (quirk === 2) return { title: main.normalize('NFD').replace(/[\u0300-\u036f]/g, ''), original: main, year };
  if (quirk === 3) return { title: main.toUpperCase(), original: main, year };
  if (quirk === 4 && main.split(' ').length > 1) return { title: `${main}: Director's Cut`, original: main, year };
  if (quirk === 5) return { title: main.replaceAll(' & ', ' and ').replaceAll("'", '’'), original: main, year };
  if (quirk === 6 && inside) return { title: inside, original: main, year };
  return { title: main, original: inside ?? main, year };
}

const quoted = (text, sign = ',') => (/["\r\n]/.test(text) || text.includes(sign) ? `"${text.replaceAll('"', '""')}"` : text);
const table = (head, lines, { sign = ',', end = '\n', mark = '' } = {}) => mark + [head, ...lines].map((line) => line.map((field) => quoted(String(field ?? ''), sign)).join(sign) + end).join('');
const seconds = (day) => Date.UTC(...day.split('-').map((part, i) => (i === 1 ? part - 1 : part)), 12) / 1000;
const tt = (n) => `tt${String(n).padStart(7, '0')}`;
const rated = (line) => ({ id: line.id, action: 'rate', stars: line.stars, at: seconds(line.day), line });
const said = (action) => (line) => ({ id: line.id, action, stars: 0, at: seconds(line.day), line });

// histories returns [{format, name, bytes, means}] of n lines each, means as [{id, action, stars, at, line}] in the order of the lines that mean something.
export function histories(all, n = 1000) {
  const titled = chosen(all, n, 1, { byTitle: true });
  const numbered = chosen(all, n, 2, { byTitle: false });
  const uri = (line) => `https://boxd.it/${line.i.toString(36)}`;
  const part = (from, to) => titled.slice(Math.floor(n * from), Math.floor(n * to));
  const ratings = (lines, options) => table(['Date', 'Name', 'Year', 'Letterboxd URI', 'Rating'], lines.map((line) => [line.day, line.title, line.year, uri(line), line.stars]), options);
  const plain = (lines) => table(['Date', 'Name', 'Year', 'Letterboxd URI'], lines.map((line) => [line.day, line.title, line.year, uri(line)]));
  const again = part(0.1, 0.2); // in the diary, twice
  const diary = table(['Date', 'Name', 'Year', 'Letterboxd URI', 'Rating', 'Rewatch', 'Tags', 'Watched Date'],
    again.flatMap((line) => [[line.day, line.title, line.year, uri(line), line.stars, '', '', line.day], [line.day, line.title, line.year, uri(line), line.stars, 'Yes', 'cinema, with "friends"', '2024-02-29']]));
  const out = [];
  const add = (format, name, content, means) => out.push({ format, name, bytes: Buffer.from(content), means });

  add('Letterboxd', 'letterboxd-export.zip', zip({
    'profile.csv': table(['Date Joined', 'Username'], [['2015-01-01', 'me']]),
    'ratings.csv': ratings(part(0, 0.5)), 'diary.csv': diary, 'watched.csv': plain(part(0, 0.8)), 'watchlist.csv': plain(part(0.8, 0.95)),
    'likes/films.csv': plain(part(0.95, 1)), 'deleted/diary.csv': diary, 'lists/best.csv': 'Letterboxd list export v7\nDate,Name,Tags,URL,Description\n',
  }), [...part(0, 0.5).map(rated), ...again.flatMap((line) => [rated(line), { ...rated(line), at: seconds('2024-02-29') }]), ...part(0, 0.8).map(said('seen')), ...part(0.8, 0.95).map(said('watchlist')), ...part(0.95, 1).map(said('like'))]);
  add('Letterboxd', 'ratings.csv', ratings(titled, { end: '\r\n', mark: '\ufeff' }), titled.map(rated));
  add('Letterboxd', 'ratings-excel.csv', `sep=;\r\n${ratings(titled.map((line) => line), { sign: ';', end: '\r\n' })}`, titled.map(rated));
  add('IMDb', 'ratings.csv', table(['Const', 'Your Rating', 'Date Rated', 'Title', 'Original Title', 'URL', 'Title Type', 'IMDb Rating', 'Runtime (mins)', 'Year', 'Genres', 'Num Votes', 'Release Date', 'Directors'],
    numbered.map((line) => [tt(line.imdb), line.stars * 2, line.day, line.title, line.original, `https://www.imdb.com/title/${tt(line.imdb)}`, 'Movie', 7.5, 100, line.year, 'Drama, "Comedy"', 1000, `${line.year}-05-05`, 'A Director, Another'])), numbered.map(rated));
  add('IMDb', 'WATCHLIST.csv', table(['Position', 'Const', 'Created', 'Modified', 'Description', 'Title', 'Original Title', 'URL', 'Title Type', 'IMDb Rating', 'Runtime (mins)', 'Year', 'Genres', 'Num Votes', 'Release Date', 'Directors', 'Your Rating', 'Date Rated'],
    numbered.map((line, i) => [i + 1, tt(line.imdb), line.day, line.day, 'two\nlines', line.title, line.original, '', 'Movie', '', '', line.year, '', '', '', '', '', '']), { end: '\r\n' }), numbered.map(said('watchlist')));
  const movie = (line) => ({ title: line.title, year: line.year, ids: { trakt: line.i + 1, slug: `film-${line.i}`, imdb: line.i % 3 ? tt(line.imdb) : null, tmdb: line.tmdb } });
  add('Trakt', 'ratings-movies.json', JSON.stringify(numbered.map((line) => ({ rated_at: `${line.day}T12:00:00.000Z`, rating: line.stars * 2, type: 'movie', movie: movie(line) }))), numbered.map(rated));
  add('Trakt', 'history.json', JSON.stringify([...numbered.map((line) => ({ id: line.i, watched_at: `${line.day}T12:00:00.000Z`, action: 'watch', type: 'movie', movie: movie(line) })),
    { id: 5000, watched_at: '2020-01-01T12:00:00.000Z', action: 'watch', type: 'episode', episode: { season: 1, number: 1, title: 'Pilot', ids: { trakt: 9 } }, show: { title: 'A Series', year: 2008, ids: { tmdb: 862 } } }], null, 2), numbered.map(said('seen')));
  add('Trakt', 'watchlist.json', `\ufeff${JSON.stringify(numbered.map((line, i) => ({ rank: i + 1, id: i, listed_at: `${line.day}T12:00:00.000Z`, notes: null, type: 'movie', movie: movie(line) })))}`, numbered.map(said('watchlist')));
  const whole = (line) => ({ ...line, stars: Math.max(1, Math.floor(line.stars)) });
  add('豆瓣', '豆瓣电影.csv', table(['标题', '个人评分', '打分日期', '我的短评', '上映日期', '制片国家', '条目链接'],
    titled.map(whole).map((line) => [`片名${line.i} / ${line.title} / 又名${line.i}(港)`, line.stars, line.day.replaceAll('-', '/'), '很好，"喜欢"\n真的', `${line.year}-01-01(美国)`, '美国', `https://movie.douban.com/subject/${line.i}/`]), { mark: '\ufeff' }), titled.map(whole).map(rated));
  add('豆瓣', 'douban.json', JSON.stringify({ count: n, interests: titled.map(whole).map((line) => ({ create_time: `${line.day} 12:00:00`, status: 'done', comment: '', rating: { value: line.stars, max: 5 }, subject: { type: 'movie', title: `片名${line.i}`, original_title: line.title, year: String(line.year), id: String(line.i) } })) }), titled.map(whole).map(rated));
  const own = numbered.filter(({ id }) => id);
  add('MovieLens', 'ratings.csv', table(['userId', 'movieId', 'rating', 'timestamp'], numbered.map((line) => [1, line.id || 900000 + line.i, line.stars.toFixed(1), seconds(line.day)])), numbered.map(rated));
  add('MovieLens', 'movielens-ratings.csv', table(['movie_id', 'imdb_id', 'tmdb_id', 'rating', 'average_rating', 'title'], own.map((line) => [line.id, String(line.imdb).padStart(7, '0'), line.tmdb, line.stars, 3.5, line.year ? `${line.original} (${line.year})` : line.original])), own.map(rated).map((one) => ({ ...one, at: 0 })));
  add('', 'letterboxd-import.csv', table(['Title', 'Year', 'Rating', 'WatchedDate'], titled.map((line) => [line.title, line.year, line.stars, line.day])), titled.map(rated));
  return out;
}

// library returns a file of Goodreads of made-up books, which the demo does not have.
export function library(n = 1000) {
  const random = seeded(3);
  const lines = Array.from({ length: n }, (_, i) => ({ i, stars: Math.floor(random() * 6), shelf: ['read', 'read', 'to-read', 'currently-reading'][Math.floor(random() * 4)], day: '2021/03/09' }));
  const head = ['Book Id', 'Title', 'Author', 'Author l-f', 'Additional Authors', 'ISBN', 'ISBN13', 'My Rating', 'Average Rating', 'Publisher', 'Binding', 'Number of Pages', 'Year Published', 'Original Publication Year', 'Date Read', 'Date Added', 'Bookshelves', 'Bookshelves with positions', 'Exclusive Shelf', 'My Review', 'Spoiler', 'Private Notes', 'Read Count', 'Owned Copies'];
  const bytes = Buffer.from(table(head, lines.map(({ i, stars, shelf, day }) => [i, `Book ${i} (A Series, #${i % 7})`, `Author ${i % 50}`, '', i % 5 ? '' : 'Somebody Else', '="0306406152"', '="9780306406157"', stars, 4, '', '', '', 2001, 1950, day, day, shelf === 'read' ? '' : shelf, '', shelf, i % 9 ? '' : 'A review<br/>of "two" lines', '', '', 1, 0])));
  return { format: 'Goodreads', name: 'goodreads_library_export.csv', bytes, lines };
}
