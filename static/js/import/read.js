// A file of any known format as records. Which format it is its columns say, or its first object: names of files are
// looked at only where two kinds of table have the same columns.
import { lines } from './csv.js';
import { douban, doubanPages } from './douban.js';
import { goodreads } from './goodreads.js';
import { imdb } from './imdb.js';
import { objects } from './json.js';
import { letterboxd } from './letterboxd.js';
import { clean, noted } from './record.js';
import { movielens, table } from './tables.js';
import { texts } from './text.js';
import { trakt } from './trakt.js';
import { Remarks, Trouble } from './trouble.js';
import { entries, isZip } from './zip.js';

export const mostBytes = 50_000_000; // of a file, and of a file in an archive
const mostUnpacked = 4 * mostBytes; // of an archive altogether
export const mostRecords = 50_000;
const mostId = 200; // bytes
const tables = [letterboxd, imdb, goodreads, douban, movielens, table];
const kinds = [trakt, doubanPages];
const unused = /(^|\/)(deleted|orphaned|__MACOSX)\//; // of Letterboxd, what is no longer there; of a Mac, no files

// read yields {record} of each line of file, a File or Blob with a name, that says something of an item, and returns
// {formats, remarks, files}: names of sites, what was not used, and the files of an archive that were not read. progress is called with the share that is done.
// It fails with Trouble.
export async function* read(file, progress = () => {}) {
  if (file.size > mostBytes) throw new Trouble('large', String(file.size));
  const state = { formats: new Set(), remarks: new Remarks(), files: [], person: '', count: 0, unknown: null, done: 0, all: Math.max(1, file.size), progress };
  if (await isZip(file)) yield* archive(file, state);
  else yield* one(file.stream(), file.name ?? '', state);
  if (!state.formats.size) throw state.unknown ?? new Trouble('empty');
  return { formats: [...state.formats], remarks: state.remarks.list(), files: state.files };
}

async function* archive(file, state) {
  const found = (await entries(file)).filter(({ name }) => /\.(csv|json)$/i.test(name) && !unused.test(name));
  if (!found.length) throw new Trouble('nothing');
  const all = found.reduce((sum, { size }) => sum + size, 0);
  if (all > mostUnpacked) throw new Trouble('bomb', String(mostUnpacked));
  state.all = Math.max(1, all);
  for (const { name, open } of found) {
    try {
      yield* one(await open(mostBytes), name, state);
    } catch (error) {
      if (error.code !== 'columns' && error.code !== 'empty') throw error;
      state.unknown = error.code === 'columns' ? error : state.unknown;
      state.files.push(name);
    }
  }
}

// one yields the records of one file that is no archive.
async function* one(stream, name, state) {
  const chunks = texts(stream, (bytes) => {
    state.done += bytes;
    state.progress(Math.min(1, state.done / state.all));
  });
  const start = await beginning(chunks);
  const all = again(start, chunks);
  if (/^\s*[[{]/.test(start)) yield* fromObjects(all, name, state);
  else yield* fromLines(all, name, state);
}

// beginning reads until something is there that is no space.
async function beginning(chunks) {
  let text = '';
  while (!text.trim()) {
    const { done, value } = await chunks.next();
    if (done) throw new Trouble('empty');
    text = (text + value).trimStart();
  }
  return text;
}

async function* again(start, rest) {
  yield start;
  yield* rest;
}

const plain = (column) => column.toLowerCase().replace(/[\s_().-]/g, '').replace(/^\ufeff/, '');

async function* fromLines(chunks, name, state) {
  let columns = null; // Map: name → place
  let format;
  let context;
  for await (const { fields, line, broken } of lines(chunks)) {
    if (!columns) {
      columns = new Map();
      fields.forEach((field, at) => { if (!columns.has(plain(field))) columns.set(plain(field), at); });
      const has = (column) => columns.has(column);
      format = tables.find(({ fits }) => fits(has));
      if (!format) throw new Trouble('columns', fields.slice(0, 20));
      state.formats.add(format.name);
      context = { has, file: name, told: format.told?.(has, name), tell: (kind) => state.remarks.add(kind, `${name}:${line}`) };
      if (context.told === 'unsaid') state.remarks.add('unsaid', name);
      continue;
    }
    const place = `${name}:${line}`;
    if (broken || fields.length > columns.size + 1) {
      state.remarks.add('broken', place);
      continue;
    }
    const get = (column) => (fields[columns.get(column)] ?? '').trim();
    if (format.people && columns.has(format.people)) alone(get(format.people), state);
    yield* taken(format.read(get, { ...context, tell: (kind) => state.remarks.add(kind, place) }), place, state);
  }
  if (!columns) throw new Trouble('empty');
}

// alone fails where the lines are of two people.
function alone(person, state) {
  state.person ||= person;
  if (person !== state.person) throw new Trouble('people');
}

async function* fromObjects(chunks, name, state) {
  let none = true;
  for await (const { value, path, count } of objects(chunks)) {
    const place = `${name}:${count}`;
    const object = typeof value === 'object' && value !== null;
    const format = object && kinds.find(({ fits }) => fits(value));
    if (!format) {
      if (none && object && count === 1) throw new Trouble('columns', Object.keys(value).slice(0, 20));
      state.remarks.add('broken', place);
      continue;
    }
    none = false;
    state.formats.add(format.name);
    yield* taken(format.read(value, { file: `${name}/${path}`, tell: (kind) => state.remarks.add(kind, place) }), place, state);
  }
  if (none) throw new Trouble('empty');
}

// taken yields a record that says something, and counts what of a line is not used.
function* taken(found, place, state) {
  if (!found) return;
  const titles = clean(found.titles);
  const own = found.own && new TextEncoder().encode(found.own).length <= mostId ? found.own : undefined;
  if (!titles.length && !own && !found.imdb && !found.tmdb) return void state.remarks.add('untitled', place);
  if (Number.isNaN(found.rating)) return void state.remarks.add('range', place);
  if (!found.action) return void state.remarks.add('unrated', place);
  if (Number.isNaN(found.at)) state.remarks.add('date', place);
  if (++state.count > mostRecords) throw new Trouble('many', String(mostRecords));
  yield {
    record: {
      own, imdb: found.imdb || undefined, tmdb: found.tmdb || undefined, isbn: found.isbn || undefined, titles,
      year: found.year >= 1800 && found.year < 2200 ? found.year : 0, people: found.people && clean(found.people),
      action: found.action, stars: found.action === 'rate' ? found.rating : 0, at: found.at || 0,
      note: noted(found.note, () => state.remarks.add('long', place)) || undefined,
    },
  };
}
