// The way to what a list shares with the edge, which is fetched only when the page says that
// the visitor agreed, or no longer does.
import { hasDatabase } from '../js/platform.js';
import { sharing } from './later.js';

let opened; // a promise of the sharing

function open() {
  opened ??= sharing().then((module) => module.open());
  return opened;
}

// before reports whether an earlier page of this site has shared something.
const before = () => hasDatabase('sparrow-outbox');

// decide is told what the attribute says: 'granted', 'denied', or '' when the page has not
// asked. Taking 'granted' away is a denial.
export async function decide(word, engine) {
  const granted = word === 'granted';
  try {
    if (granted || opened || (word === 'denied' && await before())) await (await open()).decide(granted, engine);
  } catch (error) {
    console.warn('sparrow: no feedback:', error);
  }
}

const nothing = () => {};
export const track = (kind, fields) => opened?.then((sharing) => sharing.track(kind, fields), nothing);
// tell records an act, or what an event of the page is one of, where there need be no list: an
// earlier page of this site may have had the visitor's word.
export async function tell(act, fields) {
  try {
    if (opened || await before()) await (await open()).tell(act, fields);
  } catch (error) {
    console.warn('sparrow:', error);
  }
}

export const exposed = (layers, arms) => opened?.then((sharing) => sharing.exposed(layers, arms), nothing);

// forget deletes what was shared, here and at the edge.
export async function forget() {
  if (opened || await before()) await (await open()).erase();
}
