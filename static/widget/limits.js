// What a page's policy costs: pictures that it forbids are not tried, and what the widget gives up
// although it was asked for is said once, with what to add.
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

// pictured gives an answer's pictures absolute addresses, '' where they may not be shown, and by the page's template, if
// there is one, those of several widths. A path is one below pictures/ of the edge, beside its folder of models; one that
// begins with / is of the page's host. plan is what policy.js found.
export function pictured(answer, models, { shows, add }, template) {
  let hosts = '';
  let odd = 0;
  let first = '';
  const allowed = (address) => {
    const url = shown(address);
    if (!url && !odd++) first = address;
    if (!url || !shows || shows(new URL(url))) return url;
    const { origin } = new URL(url);
    if (!`${hosts} `.includes(` ${origin} `)) hosts += ` ${origin}`;
    return '';
  };
  for (let i = 0; i < answer.items.length; i++) {
    const item = answer.items[i];
    const address = item.image && (/^[a-z]+:|^\//i.test(item.image) ? item.image : new URL(`../pictures/${item.image}`, models).href);
    item.image = address && allowed(address);
    if (template) sized(item, template, address, allowed);
  }
  if (hosts) say('pictures', { add: { pictures: add.pictures ?? `img-src${hosts}` } });
  if (odd) once('odd', `${odd} pictures of a list are not shown, since their addresses are neither of http: nor of https:, as "${first.slice(0, 100)}"; drawn covers stand in for them`);
  return answer;
}

const widths = [160, 320, 480]; // px: a card of 160 on screens of one, two and three pixels a px

// sized gives an item the pictures of a template: srcset, and image where the catalog has none. address is the
// catalog's own.
function sized(item, template, address, allowed) {
  item.srcset = '';
  const unknown = /{(?!(?:id|image|width)})\w*}/.exec(template);
  if (unknown) once('fields', `srcset: ${unknown[0]} is not filled in; {id}, {image} and {width} are`);
  if (!address && template.includes('{image}')) return;
  const at = (width) => allowed(template.replace(/{(id|image|width)}/g, (_, name) => encodeURIComponent(name === 'id' ? item.id : name === 'image' ? address : width)));
  const middle = at(widths[1]);
  if (middle && template.includes('{width}')) for (let i = 0; i < widths.length; i++) item.srcset += `${i ? ', ' : ''}${at(widths[i])} ${widths[i]}w`;
  item.image ||= middle;
}

function once(name, message) {
  if (!said[name]) console.warn(`sparrow: ${message}`);
  said[name] = true;
}

// shown returns the absolute address of a picture that browsers show: of https:, and on a page that is not of https: itself also
// of http:. On one that is, http: becomes https:, as browsers do it with pictures, but for this machine's own, which they trust. Else ''.
function shown(text) {
  let url;
  try {
    url = new URL(text, document.baseURI);
  } catch {
    return '';
  }
  if (url.protocol === 'http:' && /^https:/.test(document.baseURI) && !/^(localhost|127\.0\.0\.1)$/.test(url.hostname)) url.protocol = 'https:';
  return /^https?:$/.test(url.protocol) ? url.href : '';
}
