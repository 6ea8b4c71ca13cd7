// Objects of a JSON text, one after the other, without the whole text in memory: those in the first array on each way
// into it. [{…}, {…}] has two, and so has {"ratings": [{…}], "history": [{…}]}.
import { Trouble } from './trouble.js';

const mostObject = 1_000_000; // characters
const mostDepth = 64;
const mostKey = 200;

// objects yields {value, path, count}: an object, the keys on the way to its array, and its number, from 1. One that cannot be parsed
// has no value.
export async function* objects(chunks) {
  const open = []; // the containers around, '{' and '[', outside of an object that is being read
  const keys = []; // of these
  let inArray = false; // one of them is an array: objects in it are wanted
  let object = ''; // that is being read
  let depth = 0; // in it; 0 for none
  let text = null; // a string outside of it that is being read, perhaps a key; null for none
  let key = '';
  let [quoted, escaped, some] = [false, false, false];
  let count = 0;
  for await (const chunk of chunks) {
    let from = 0; // of what of the chunk belongs to object
    for (let i = 0; i < chunk.length; i++) {
      const sign = chunk[i];
      if (quoted) {
        if (escaped) escaped = false;
        else if (sign === '\\') escaped = true;
        else if (sign === '"') quoted = false;
        if (text !== null && quoted && text.length < mostKey) text += sign;
        continue;
      }
      if (sign === '"') {
        quoted = true;
        some = true;
        if (!depth) text = '';
        continue;
      }
      if (depth) {
        if (sign === '{' || sign === '[') depth++;
        else if (sign === '}' || sign === ']') depth--;
        if (depth > mostDepth) throw new Trouble('json', 'too deep');
        if (!depth) {
          object += chunk.slice(from, i + 1);
          if (object.length > mostObject) throw new Trouble('field', String(count + 1));
          count++;
          yield { value: parse(object), path: keys.join('/'), count };
          object = '';
        }
        continue;
      }
      if (sign === ':') key = text ?? '';
      else if (sign === '{' && inArray) {
        [depth, from] = [1, i];
      } else if (sign === '{' || sign === '[') {
        some = true;
        open.push(sign);
        keys.push(key);
        key = '';
        inArray ||= sign === '[';
        if (open.length > mostDepth) throw new Trouble('json', 'too deep');
      } else if (sign === '}' || sign === ']') {
        if (open.pop() !== (sign === '}' ? '{' : '[')) throw new Trouble('json', 'brackets that do not match');
        keys.pop();
        inArray = open.includes('[');
      }
      if (sign.trim()) text = null;
    }
    if (depth) {
      object += chunk.slice(from);
      if (object.length > mostObject) throw new Trouble('field', String(count + 1));
    }
  }
  if (depth || open.length || quoted || !some) throw new Trouble('json', 'the end is missing');
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
