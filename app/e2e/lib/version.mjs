// Makes the next version of a site, as a deployment would: some assets with new
// bytes, hence new names, and every file that mentions them. And the next
// model.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { siteFolder } from './server.mjs';

const sha256 = (body) => createHash('sha256').update(body).digest('hex');

// Bytes to append to a file so that its hash changes and its behaviour does
// not.
const additions = {
  js: Buffer.from('\n// the next version\n'),
  css: Buffer.from('\n/* the next version */\n'),
  svg: Buffer.from('<!-- the next version -->'),
  wasm: Buffer.from([0, 5, 4, 110, 101, 120, 116]), // a custom section called "next"
};

// assetsOf reads the map of names and the version out of a site's service
// worker.
export async function assetsOf(server) {
  const text = (await server.read('/sw.js')).body.toString();
  return { assets: JSON.parse(text.match(/const assets = (\{[^\n]*?\});/)[1]), version: text.match(/const version = '([^']+)'/)[1] };
}

const isText = /\.(js|css|txt)$/; // files that may name others

// inOrder returns the names of assets, each before those that mention it.
async function inOrder(server, assets) {
  const texts = new Map();
  for (const [name, url] of Object.entries(assets)) texts.set(name, isText.test(name) ? (await server.read(url)).body.toString() : '');
  const names = [];
  const add = (name) => {
    if (names.includes(name)) return;
    const text = texts.get(name);
    for (const [other, url] of Object.entries(assets)) if (other !== name && text.includes(url)) add(other);
    names.push(name);
  };
  for (const name of texts.keys()) add(name);
  return names;
}

// nextVersion returns {site, version, changed}: site is for Server.site, changed are the new
// URLs. choose(name) picks the assets that get new bytes; app.js and what names it always do.
export async function nextVersion(server, choose = () => true) {
  const { assets, version } = await assetsOf(server);
  const next = sha256(version).slice(0, version.length);
  const files = new Map();
  const renamed = [[version, next]];
  const rename = (body) => Buffer.from(renamed.reduce((text, [from, to]) => text.replaceAll(from, to), body.toString()));
  for (const name of await inOrder(server, assets)) {
    const text = isText.test(name);
    if (!choose(name) && name !== 'app.js' && !name.endsWith('.txt')) continue;
    let { body } = await server.read(assets[name]);
    if (text) body = rename(body);
    body = Buffer.concat([body, additions[name.split('.').pop()] ?? Buffer.from('\n')]);
    const url = assets[name].replace(/[0-9a-f]{16}/, sha256(body).slice(0, 16));
    files.set(url, body);
    files.set(assets[name], false); // a deployment may delete the old file
    renamed.push([assets[name], url]);
  }
  const site = async (name) => {
    if (files.has(name)) return files.get(name);
    if (!/\.html$|^\/sw\.js$|\.webmanifest$/.test(name)) return null;
    const plain = await server.read(name);
    return plain && rename(plain.body);
  };
  return { site, version: next, changed: [...files.keys()].filter((url) => files.get(url)) };
}

// latestModel returns {hash, body, supplement} of the bundle that the site offers; supplement is its
// second file, if it has one.
export async function latestModel(server) {
  const { bundle: hash } = JSON.parse((await server.read('/v1/latest.json')).body);
  return { hash, body: (await server.read(`/v1/a/${hash}.bundle`)).body, supplement: (await server.read(`/v1/a/${hash}.supplement`))?.body };
}

// offer returns a site function under which body is the newest model, and its hash. A model that is
// made from the site's own names the same second file.
export function offer(body, supplement = ownSupplement()) {
  const hash = sha256(body);
  const latest = Buffer.from(JSON.stringify({ bundle: hash, bytes: body.length }));
  return { hash, site: async (name) => ({ '/v1/latest.json': latest, [`/v1/a/${hash}.bundle`]: body, [`/v1/a/${hash}.supplement`]: supplement })[name] ?? null };
}

function ownSupplement() {
  const folder = path.join(siteFolder, 'v1/a');
  const name = readdirSync(folder).find((file) => file.endsWith('.supplement'));
  return name && readFileSync(path.join(folder, name));
}

// retitled returns a model in which one title is spelled differently, and
// nothing else differs.
export function retitled(body, from, to) {
  const at = body.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error(`cannot spell ${from} as ${to}`);
  const next = Buffer.from(body);
  next.write(to, at);
  return next;
}

// reweighted returns a model with some weights of the ranker's first layer turned round, and
// nothing else: it can be read, and gives other answers than its golden ones.
export function reweighted(body) {
  const next = Buffer.from(body);
  const at = next.indexOf('hidden', next.indexOf('ranking'));
  for (let i = at + 64; i < at + 320; i++) next[i] = -next.readInt8(i) & 0xff;
  return next;
}
