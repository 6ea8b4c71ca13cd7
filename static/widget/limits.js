// What a page's policy costs: pictures that it forbids are not tried, and what the widget gives up
// although it was asked for is said once, with what to add.
import { link } from './safe.js';

const said = {};

const texts = {
  personal: 'nothing is learned from this visitor, since no engine runs here: lists made in advance are shown',
  pictures: 'drawn covers stand in for pictures that the policy of this page forbids',
  consent: 'no feedback is sent, although the visitor agreed',
};

// say tells the page and its console that something was given up: 'personal', 'pictures' or
// 'consent'. plan is what policy.js found, whose add is what the page's owner would add.
export function say(what, plan, message = texts[what]) {
  const add = plan.add?.[what] ?? '';
  if (said[what]) return;
  said[what] = true;
  console.warn(`sparrow: ${message}${add && `. To change that, add to the page's policy: ${add}`}`);
  document.dispatchEvent(new CustomEvent('sparrow:limited', { bubbles: true, detail: { what, message, add } }));
}

// pictured gives an answer's pictures absolute addresses, '' where they may not be shown. A path
// is one below pictures/ of the edge, beside its folder of models. plan is what policy.js found.
export function pictured(answer, models, { shows, add }) {
  let hosts = '';
  for (let i = 0; i < answer.items.length; i++) {
    const item = answer.items[i];
    if (!item.image) continue;
    const address = /^[a-z]+:|^\//i.test(item.image) ? item.image : new URL(`../pictures/${item.image}`, models).href;
    item.image = link(address) || local(address);
    if (!item.image || !shows || shows(new URL(item.image))) continue;
    const { origin } = new URL(item.image);
    if (!`${hosts} `.includes(` ${origin} `)) hosts += ` ${origin}`;
    item.image = '';
  }
  if (hosts) say('pictures', { add: { pictures: add.pictures ?? `img-src${hosts}` } });
  return answer;
}

// local returns an address of plain http that is of this machine, which browsers trust, else ''.
function local(address) {
  return /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(address) ? address : '';
}
