// The active engine and its model, the visitor's profile in it, and the queue of tasks that
// wait for it. Between two tasks another engine may become the active one.
import { Refusal } from './engine.js';
import { Failure, noRoom } from './failure.js';
import { channelTo } from './platform.js';
import { Store } from './profile.js';

export const store = new Store();
export let engine = null; // null until ready, and again after a crash
export let model = null; // {hash, bytes} that engine has opened
let profile = ['profile', 'journal']; // under which keys the store has it
let blank; // the profile of somebody new
const onAnswered = []; // what begins when an engine has given its first answer
let prepare = (ready) => ready; // what an engine gets before it answers
let rested = null; // the engine that rests, or has
const waiting = []; // functions, in order
let channel = null; // to the other tabs that share the profile, where the browser has channels

store.onrefused = () => { if (engine) tellReady(); }; // the page should say so

// sit says whose profile it is, before there is an engine.
export function sit(person = 1) { profile = keysOf(person); }

const keysOf = (person) => (person === 1 ? ['profile', 'journal'] : [`profile ${person}`, `journal ${person}`]);

// profileOf returns the profile that is kept of a person, undefined for none.
export const profileOf = (person) => store.get(keysOf(person)[0]);

// answered says what begins when an engine has given its first answer.
export function answered(begin) { onAnswered.push(begin); }

// entering says what an engine gets before it answers: a function of it and its model, which returns both.
export function entering(give) { prepare = give; }

// enter gives an engine the visitor's profile and the seat. When it cannot take the profile
// the engine before, if any, goes on.
export async function enter(opened) {
  const ready = await prepare(opened);
  const empty = ready.engine.profile();
  restore(ready.engine, await store.getAll(profile), empty);
  ({ engine, model } = ready);
  blank = empty;
  tellReady();
  work();
}

export function tellReady() {
  postMessage({ type: 'ready', hash: model.hash, bytes: model.bytes.length, durable: store.durable });
}

export function fail(thrown, kept) {
  const error = engine?.full ? noRoom(thrown) : thrown;
  const known = error instanceof Failure;
  console.warn('sparrow:', error.message, error.cause ?? error);
  postMessage({ type: 'failed', kept, code: known ? error.code : 'engine', status: error.status, text: known ? error.message : 'The recommender stopped. Try again, or reload the page.' });
}

// restore loads a stored profile. One that the engine cannot read is put aside, never
// overwritten, and the visitor begins again.
function restore(one, [log, journal], empty) {
  try {
    one.load(log ?? empty);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.warn('sparrow: the stored profile cannot be read:', error);
    store.put(`${profile[0]} that could not be read`, log);
    one.load(empty);
  }
  try {
    if (journal?.length) one.recall(journal);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.warn('sparrow: the stored notes cannot be read:', error);
    store.put(`${profile[1]} that could not be read`, journal);
  }
}

let working = false;

// wait puts a task behind those that wait already: an ask, what to remember or forget, or a
// model that takes over.
export function wait(task) {
  waiting.push(task);
  work();
}

// work does what waits, one task after the other, as long as there is an engine.
async function work() {
  if (working) return;
  working = true;
  while (engine && waiting.length) {
    try {
      await waiting.shift()();
    } catch (error) {
      fail(error, false);
      engine = null;
    }
  }
  working = false;
}

const slice = 16; // ms

// answer has the engine answer a request. unpack, if given, makes of the bytes of an answer
// what the page gets. What the first of its kind needs is made in slices, between which the
// engine answers others.
export async function answer(id, request, unpack) {
  let reply;
  let ms;
  const ask = () => {
    const began = performance.now();
    reply = engine.answer();
    ms = performance.now() - began;
  };
  const changes = engine.take(request);
  for (const began = performance.now(); engine.prepare();) {
    if (performance.now() - began > slice) return setTimeout(() => wait(() => answer(id, request, unpack)));
  }
  if (changes) await change(ask);
  else ask();
  if (unpack) postMessage({ type: 'answer', id, answer: unpack(reply), ms });
  else postMessage({ type: 'answer', id, answer: reply, ms }, [reply.buffer]);
  if (rested !== engine) {
    rested = engine;
    rest();
    for (const begin of onAnswered) begin();
  }
}

// rest has the engine make, in pieces between what waits, what later answers need: the first
// letter typed would else wait for it. It begins after the first answer.
function rest() {
  setTimeout(() => engine && wait(() => { if (engine.idle()) rest(); }));
}

// change runs an ask that changes the profile on the newest profile of all tabs.
async function change(ask) {
  await store.updateAll(profile, (kept) => {
    restore(engine, kept, blank);
    ask();
    const journal = engine.journal();
    return [engine.profile(), journal.length || kept[1] ? journal : undefined];
  });
  if (!store.durable) return;
  channel?.postMessage('changed');
  postMessage({ type: 'stored' });
}

// keep has the store keep what it is given in the database of that name. erased, if given,
// runs when another page has deleted it.
export async function keep(name, erased) {
  if (!store.durable) await store.open(name, erased);
  if (channel) return;
  channel = channelTo(name);
  if (channel) channel.onmessage = ({ data }) => (data === 'forgotten' ? drop() : reload());
}

// catchUp takes what other tabs have changed where they cannot say so.
export function catchUp() {
  if (!channel && store.durable) reload();
}

// reload takes the profile as it is kept now: another tab changed it.
async function reload() {
  if (!engine) return;
  await store.updateAll(profile, (kept) => { if (engine) restore(engine, kept, blank); return []; });
  postMessage({ type: 'changed' });
}

// remember has a widget's profile outlive the page.
export async function remember(name) {
  await keep(name, emptied);
  await reload();
}

// forget deletes the profile here, in the database of that name, and in other tabs. They are
// told first, so that none writes down what it still knows.
export async function forget(name) {
  channel?.postMessage('forgotten');
  await store.forget(name);
  empty();
  postMessage({ type: 'forgotten' });
}

// drop forgets what another tab has deleted. What the visitor does next is kept again.
async function drop() {
  await store.clear();
  emptied();
}

function emptied() {
  empty();
  postMessage({ type: 'forgotten', elsewhere: true });
}

function empty() {
  if (engine) restore(engine, [], blank);
}
