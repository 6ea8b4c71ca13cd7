// What a card holds: picture or drawn cover, badge, title, and a line with the price and what else there is
// to say; or the page's own template, filled. A script of its own, which comes beside the first list.
import { draw } from './cover.js';
import { el } from './node.js';
import { money } from './price.js';
import { join } from './safe.js';
import { reason } from './say.js';

export { spoken } from './say.js';

// card returns the usual card of an item, a link where there is an address.
export function card(item, href, { words, lang, layout, currency }) {
  const below = drawn(item);
  const cover = el('span', 'cover', below);
  if (item.image) {
    const image = el('img', 'image');
    image.alt = '';
    image.loading = 'lazy';
    image.decoding = 'async';
    image.referrerPolicy = 'no-referrer';
    fetched(image, item, layout === 'list' ? '44px' : 'auto, 200px', () => image.remove());
    image.onload = () => { if (below) below.style.visibility = 'hidden'; }; // a picture may be transparent
    cover.append(image);
  }
  const badge = join(item.badge, ' · ');
  const meta = el('span', 'meta');
  const price = money(item, currency, lang);
  const about = join(item.brand, words.marks[2]) || aboutOf(item, words);
  if (price) meta.append(el('span', 'price', price), about && ' · ');
  meta.append(about);
  const made = el(href ? 'a' : 'button', 'card', cover, el('span', 'text', el('span', 'title', item.title), meta), badge && el('span', 'badge', badge));
  if (href) made.href = href;
  else made.type = 'button';
  return made;
}

// fetched has an image fetch an item's picture. Where those of the page's template are not there, the catalog's own comes; where
// that is not, broken is called. sizes says how wide the image is.
function fetched(image, { image: own, srcset }, sizes, broken) {
  image.onerror = () => {
    if (!image.hasAttribute('srcset')) return broken();
    image.removeAttribute('srcset');
    image.setAttribute('src', own);
  };
  if (srcset) {
    image.sizes = sizes;
    image.srcset = srcset;
  }
  image.setAttribute('src', own);
}

// drawn returns an item's cover; null where it cannot be drawn, and the card is shown without.
function drawn(item) {
  try {
    return draw(item);
  } catch {
    return null;
  }
}

// aboutOf returns the strongest reason, or where it has no words, year and genres.
function aboutOf(item, words) {
  const said = item.why[0] && reason(item.why[0], words);
  if (said) return said;
  const labels = join(item.genres, ' · ', 2);
  return item.year ? item.year + (labels && ` · ${labels}`) : labels;
}

// own fills the page's template: its elements with data-sparrow="title", "year", "genres", "price", "brand",
// "badge", "link", "image" or "cover". The cards stand in the page, where its own styles reach them,
// and are children of the template element itself: a framework that compares the page with
// what it made of it does not look there, and what it does not know it would throw away.
export function own(template, item, href, { words, lang, currency }) {
  const comma = words.marks[2];
  const holder = document.createElement('div');
  holder.role = 'listitem';
  holder.dataset.sparrowItem = item.id;
  holder.style.cssText = 'min-width:0;scroll-snap-align:start';
  holder.append(template.content.cloneNode(true));
  const fields = holder.querySelectorAll('[data-sparrow]');
  for (let j = 0; j < fields.length; j++) {
    const field = fields[j];
    const name = field.getAttribute('data-sparrow');
    if (name === 'link') href ? field.setAttribute('href', href) : field.removeAttribute('href');
    else if (name === 'image') {
      const stand = () => {
        const cover = drawn(item);
        cover?.setAttribute('class', field.className);
        if (cover) field.replaceWith(cover);
      };
      item.image ? fetched(field, item, field.sizes || '200px', stand) : stand();
    }
    else if (name === 'cover') field.replaceChildren(drawn(item) ?? '');
    else if (name === 'title') field.textContent = item.title;
    else if (name === 'year') field.textContent = item.year || '';
    else if (name === 'genres') field.textContent = join(item.genres, comma);
    else if (name === 'price') field.textContent = money(item, currency, lang);
    else if (name === 'brand') field.textContent = join(item.brand, comma);
    else if (name === 'badge') field.textContent = join(item.badge, comma);
  }
  return holder;
}
