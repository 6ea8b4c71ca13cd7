// What the edge's guide gives an owner to copy, by what stands before it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './exported.mjs';

const text = readFileSync(path.join(root, 'edge/GUIDE.md'), 'utf8');

// block returns the first block of a language after some words.
export function block(language, words) {
  const from = text.indexOf(words);
  const open = text.indexOf(`\n\`\`\`${language}\n`, from);
  if (from < 0 || open < 0) throw new Error(`edge/GUIDE.md has no ${language} after ${words}`);
  const begin = text.indexOf('\n', open + 1) + 1;
  return text.slice(begin, text.indexOf('\n```', begin) + 1);
}

// unit reads a unit of systemd: {section: {key: [values]}}.
export function unit(source) {
  const sections = {};
  let section;
  for (const line of source.split('\n').filter((one) => one && !/^[#;]/.test(one))) {
    const [, name] = /^\[(\w+)\]$/.exec(line) ?? [];
    const [, key, value] = /^(\w+)=(.+)$/.exec(line) ?? [];
    if (name) sections[name] = section = {};
    else if (key && section) (section[key] ??= []).push(value);
    else throw new Error(`no line of a unit: ${line}`);
  }
  return sections;
}
