// The readers of other sites' files, without a browser: each fixture means what it says, what is not used is counted with its
// place, and no bytes take long, much memory, or end in anything but a Trouble.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../../../static/js/import/read.js';
import { momentOf, starsOf, titled } from '../../../static/js/import/record.js';
import { films } from '../lib/films.mjs';
import { histories, library, seeded } from '../lib/histories.mjs';
import { zip } from '../lib/zip.mjs';

const file = (bytes, name = 'file') => Object.assign(new Blob([bytes]), { name });

// all returns the records of a file, and what read returns.
async function all(one) {
  const records = [];
  const reading = read(one);
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return { records, ...value };
    records.push(value.record);
  }
}

const kinds = ({ remarks }) => Object.fromEntries(remarks.map(({ kind, count }) => [kind, count]));

for (const { format, name, bytes, means } of histories(films())) {
  test(`${format || 'a table'}: ${name}`, async () => {
    const { records, formats } = await all(file(bytes, name));
    assert.deepEqual(formats, [format]);
    assert.equal(records.length, means.length);
    for (const [i, { action, stars, at, line }] of means.entries()) {
      const got = records[i];
      assert.deepEqual([got.action, got.stars, got.at], [action, stars, at], `${name}: ${JSON.stringify(got)}`);
      if (got.titles.length) assert.ok(got.titles.includes(line.title) || got.titles.includes(line.original), `${JSON.stringify(got.titles)} of ${line.title}`);
    }
  });
}

test('Goodreads: shelves, stars, series and numbers', async () => {
  const { name, bytes, lines } = library();
  const result = await all(file(bytes, name));
  const means = lines.filter(({ stars, shelf }) => stars || shelf !== 'currently-reading');
  assert.equal(result.records.length, means.length);
  for (const [i, { i: book, stars, shelf }] of means.entries()) {
    const { titles, isbn, action, stars: got } = result.records[i];
    assert.deepEqual([titles, isbn, action, got], [[`Book ${book}`], '9780306406157', stars ? 'rate' : shelf === 'read' ? 'seen' : 'watchlist', stars]);
  }
  assert.equal(kinds(result).unrated, lines.length - means.length);
  assert.ok(result.records.filter(({ note }) => note === 'A review\nof "two" lines').length > 100, 'reviews are notes');
});

test('scales, dates and years', () => {
  for (const [text, most, want] of [['9', 10, 4.5], ['4.5', 5, 4.5], ['1', 10, 0.5], ['4,5', 5, 4.5], ['', 5, 0], ['0', 5, 0], ['5.5', 5, NaN], ['eight', 10, NaN], ['-1', 5, NaN], [7, 10, 3.5], ['0.1', 10, 0.5]]) {
    assert.equal(starsOf(text, most), want, `${text} of ${most}`);
  }
  for (const [text, want] of [['2020-01-31', 1580472000], ['2020/1/31', 1580472000], ['2020-01-31 12:00:00', 1580472000], ['2020-01-31T13:00:00.000+01:00', 1580472000], ['1580472000', 1580472000], ['', 0], ['31.01.2020', NaN], ['2020-13-01', NaN], ['1950-01-01', NaN]]) {
    assert.equal(momentOf(text), want, text);
  }
  assert.deepEqual(titled('Heat (1995)'), { title: 'Heat', year: 1995 });
  assert.deepEqual(titled('1984'), { title: '1984', year: 0 });
});

test('what is not used is counted, with its first place', async () => {
  const text = 'Date,Name,Year,Letterboxd URI,Rating\n2020-01-01,Heat,1995,x,6\n2020-01-01,,1995,x,4\nyesterday,Heat,1995,x,4\n2020-01-01,Heat,1995,x,4,1,2,3\n2020-01-01,"Heat,1995,x,4\n';
  const result = await all(file(text, 'ratings.csv'));
  assert.deepEqual(kinds(result), { range: 1, untitled: 1, date: 1, broken: 2 });
  assert.deepEqual(result.remarks.map(({ place }) => place), ['ratings.csv:2', 'ratings.csv:3', 'ratings.csv:4', 'ratings.csv:5']);
  assert.equal(result.records.length, 1);
  assert.deepEqual(kinds(await all(file('Date,Name,Year,Letterboxd URI\n2020-01-01,Heat,1995,x\n', 'export.csv'))), { unsaid: 1 });
});

test('what is neither seen nor wanted for certain is said', async () => {
  const list = 'Position,Const,Created,Title,Year,Your Rating\n1,tt0113277,2020-01-01,Heat,1995,\n2,tt0113277,2020-01-01,Heat,1995,8\n';
  assert.deepEqual(kinds(await all(file(list, 'worst.csv'))), { wished: 1 });
  assert.deepEqual(kinds(await all(file(list, 'WATCHLIST.csv'))), {});
  const movie = { title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } };
  const result = await all(file(JSON.stringify([{ type: 'movie', movie, comment: { comment: 'good' } }, { hidden_at: '2020-01-01', movie }, { last_watched_at: '2020-01-01', movie }]), 'all.json'));
  assert.deepEqual([kinds(result), result.records.map(({ action }) => action)], [{ unrated: 2 }, ['seen']]);
  assert.deepEqual(kinds(await all(file('标题,个人评分,打分日期\n英雄,,2020-01-01\n', '豆瓣.csv'))), { unsaid: 1 });
  assert.equal((await all(file('标题,个人评分,打分日期\n英雄,,2020-01-01\n', '想看.csv'))).records[0].action, 'watchlist');
});

test('what cannot be read says why', async () => {
  const fails = async (bytes, code, name) => {
    await assert.rejects(all(file(bytes, name)), (error) => error.code === code || assert.fail(`${error.code} (${error.found}), want ${code}`));
  };
  await fails('', 'empty');
  await fails(' \n\n', 'empty');
  await fails('a,b,c\n1,2,3\n', 'columns');
  await fails('[{"a": 1}]', 'columns');
  await fails('[{"movie": {"ids": {}, "title": "Heat"}, "listed_at": "2020-01-01"}', 'json');
  await fails('[]', 'empty');
  await fails(Buffer.from([0x44, 0x61, 0xe9, 0x74, 0x65]), 'encoding');
  await fails('userId,movieId,rating,timestamp\n1,1,4,5\n2,1,4,5\n', 'people');
  await fails(`Title,Rating\n"${'x'.repeat(200_000)}",4\n`, 'field');
  await fails(`[{"movie": {"ids": {}, "title": "${'x'.repeat(2_000_000)}"}}]`, 'field');
  await fails('['.repeat(100), 'json');
  await fails(zip({ 'a.txt': 'text' }), 'nothing');
  await fails(zip({ 'a.csv': 'a,b\n' }), 'columns');
  await fails(zip({ 'ratings.csv': 'Title,Rating\nHeat,4\n' }, { promised: 5 }), 'zip');
  await fails(zip({ 'ratings.csv': `Title,Rating\n${'\n'.repeat(60_000_000)}` }), 'bomb');
  await fails(zip({ 'ratings.csv': 'Title,Rating\nHeat,4\n' }, { promised: 400_000_000 }), 'bomb');
  await fails(zip({ 'ratings.csv': 'Title,Rating\nHeat,4\n' }).subarray(0, 60), 'zip');
  assert.equal((await all(file(zip({ 'ratings.csv': 'Title,Rating\nHeat,4\n' }, { method: 0 })))).records.length, 1);
  const wide = Buffer.from('\ufeffTitle\tRating\r\nÉté\t4\r\n', 'utf16le');
  assert.deepEqual((await all(file(wide))).records[0].titles, ['Été']);
});

test('pieces of any length read as the whole', async () => {
  const text = '\ufeffTitle,Year,Rating\r\n"A ""quoted"", title",1999,4\r"two\r\nlines",2000,"3"\n\n"last, é",2001,5';
  const whole = (await all(file(text))).records;
  assert.deepEqual(whole.map(({ titles }) => titles[0]), ['A "quoted", title', 'two lines', 'last, é']);
  const bytes = Buffer.from(text);
  for (let n = 1; n < 9; n++) {
    const pieces = Object.assign(new Blob([bytes]), { name: 'x' });
    pieces.stream = () => new ReadableStream({ start(to) {
      for (let at = 0; at < bytes.length; at += n) to.enqueue(new Uint8Array(bytes.subarray(at, at + n)));
      to.close();
    } });
    assert.deepEqual((await all(pieces)).records, whole, `pieces of ${n} bytes`);
  }
});

test('no bytes end in anything but records or a Trouble', async () => {
  const random = seeded(7);
  const seeds = [...histories(films(), 60).map(({ bytes }) => bytes), library(60).bytes];
  const begun = performance.now();
  for (let i = 0; i < 1500; i++) {
    const bytes = Buffer.from(i % 10 ? seeds[i % seeds.length] : Array.from({ length: 200 }, () => Math.floor(random() * 256)));
    for (let n = Math.floor(random() * 20); n >= 0; n--) {
      const at = Math.floor(random() * bytes.length);
      const to = Math.floor(random() * bytes.length);
      if (random() < 0.3) bytes.copy(bytes, to, at, at + Math.floor(random() * 50));
      else bytes[at] = random() < 0.5 ? '",;\n\r{}[]\\:'.charCodeAt(Math.floor(random() * 11)) : Math.floor(random() * 256);
    }
    try {
      const { records } = await all(file(bytes.subarray(0, random() < 0.2 ? Math.floor(random() * bytes.length) : bytes.length), `${i}.csv`));
      for (const { action, stars, at, titles, year } of records) {
        assert.ok(['rate', 'like', 'dislike', 'seen', 'watchlist'].includes(action));
        assert.ok(action === 'rate' ? stars >= 0.5 && stars <= 5 && Number.isInteger(stars * 2) : stars === 0);
        assert.ok(Number.isSafeInteger(at) && at >= 0 && year >= 0 && titles.every((title) => title.length <= 600));
      }
    } catch (error) {
      assert.ok(error.code && typeof error.code === 'string' && error.constructor.name === 'Trouble', `${i}: ${error.stack}`);
    }
  }
  assert.ok(performance.now() - begun < 60e3, 'some bytes take long');
});
