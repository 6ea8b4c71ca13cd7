// Lines of a table as text: RFC 4180, and what programs make of it. Fields are separated by the comma, semicolon or tab that
// the first line has most of, lines end by CR, LF or both, and quoted fields may hold all of these.
import { Trouble } from './trouble.js';

const mostField = 100_000; // characters; a review is a tenth of that
const mostFields = 200; // of a line
export const mostLines = 200_000;

// lines yields {fields, line} of each line that is not empty: texts, and the number of the line in the file, from 1. A line
// whose quotes do not end is the last one, and broken says so.
export async function* lines(chunks) {
  let separator = '';
  let head = ''; // of the file, until its first line is there
  let table;
  for await (const chunk of chunks) {
    if (!table) {
      head += chunk;
      const end = firstLine(head);
      if (end < 0 && head.length <= mostField) continue;
      const [from, sign] = separatorOf(end < 0 ? head : head.slice(0, end));
      separator = sign;
      table = new Table(separator);
      yield* table.push(head.slice(from));
      continue;
    }
    yield* table.push(chunk);
  }
  if (!table) {
    const [from, sign] = separatorOf(head);
    table = new Table(sign);
    yield* table.push(head.slice(from));
  }
  yield* table.end();
}

// firstLine returns where the first line ends that says more than which separator there is; -1 where it does not.
function firstLine(text) {
  const at = text.search(/[\r\n]/);
  if (at < 0 || !/^sep=/i.test(text)) return at;
  const next = text.slice(at).search(/[^\r\n]/);
  const after = next < 0 ? -1 : text.slice(at + next).search(/[\r\n]/);
  return after < 0 ? -1 : at + next + after;
}

// separatorOf returns where the table begins, and its separator. Spreadsheets write "sep=;" before it.
function separatorOf(text) {
  const told = text.match(/^sep=(.)[\r\n]+/i);
  if (told) return [told[0].length, told[1]];
  const bare = text.replace(/"[^"]*"/g, '');
  const most = [',', ';', '\t'].map((sign) => ({ sign, n: bare.split(sign).length })).reduce((a, b) => (b.n > a.n ? b : a));
  return [0, most.sign];
}

class Table {
  #separator;
  #field = '';
  #fields = [];
  #quoted = false;
  #maybe = false; // a quote in quotes: the next character says whether it ends them
  #line = 1; // of the file
  #begun = 1; // where the record begins
  #count = 0;
  #return = false; // the last character was CR

  constructor(separator) { this.#separator = separator; }

  * push(text) {
    const special = this.#separator === '\t' ? /["\t\r\n]/g : this.#separator === ';' ? /[";\r\n]/g : /[",\r\n]/g;
    let at = 0;
    while (at < text.length) {
      if (this.#maybe) {
        this.#maybe = false;
        if (text[at] === '"') {
          this.#add('"');
          at++;
          continue;
        }
        this.#quoted = false;
      }
      if (this.#quoted) {
        const end = text.indexOf('"', at);
        const piece = text.slice(at, end < 0 ? text.length : end);
        this.#add(piece);
        for (let i = piece.indexOf('\n'); i >= 0; i = piece.indexOf('\n', i + 1)) this.#line++;
        if (end < 0) return;
        this.#maybe = true;
        at = end + 1;
        continue;
      }
      special.lastIndex = at;
      const found = special.exec(text);
      const end = found ? found.index : text.length;
      if (end > at) {
        this.#add(text.slice(at, end));
        this.#return = false;
      }
      if (!found) return;
      at = end + 1;
      const sign = text[end];
      if (sign === '"') {
        if (this.#field.trim() === '') {
          this.#field = '';
          this.#quoted = true;
        } else this.#add(sign); // in the middle of a field that began without
        this.#return = false;
      } else if (sign === this.#separator) {
        this.#next();
        this.#return = false;
      } else if (sign === '\n' && this.#return) {
        this.#return = false;
        this.#begun = this.#line;
      } else {
        this.#return = sign === '\r';
        yield* this.#record(false);
        this.#line++;
        this.#begun = this.#line;
      }
    }
  }

  * end() {
    const broken = this.#quoted && !this.#maybe;
    if (this.#field || this.#fields.length) yield* this.#record(broken);
  }

  #add(text) {
    this.#field += text;
    if (this.#field.length > mostField) throw new Trouble('field', String(this.#begun));
  }

  #next() {
    this.#fields.push(this.#field);
    this.#field = '';
    if (this.#fields.length > mostFields) throw new Trouble('field', String(this.#begun));
  }

  * #record(broken) {
    this.#next();
    const fields = this.#fields;
    this.#fields = [];
    this.#quoted = this.#maybe = false;
    if (fields.length === 1 && !fields[0].trim()) return;
    if (++this.#count > mostLines) throw new Trouble('lines', String(mostLines));
    yield { fields, line: this.#begun, broken };
  }
}
