// What holds where a page has replaced what JavaScript itself offers, and what of a catalog's
// addresses may become a link or a picture of somebody's page.

// sequence returns the list with an iterator of its own. Firefox and WebKit read a list that is
// passed to them by the iterator of Array.prototype, which the page may have replaced.
export const sequence = (list) => {
  list[Symbol.iterator] = () => {
    let i = 0;
    return { next: () => ({ done: i >= list.length, value: list[i++] }) };
  };
  return list;
};

// link returns the absolute address of what may be followed: https:, and whatever is of the
// page's own origin. Else ''.
export function link(text) {
  let url;
  try {
    url = new URL(text, document.baseURI);
  } catch {
    return '';
  }
  const base = new URL(document.baseURI);
  return text && (url.protocol === 'https:' || (/^https?:$/.test(url.protocol) && url.origin === base.origin)) ? url.href : '';
}

// fill puts an item into a template of an address: {id}, {title} and {year}.
export const fill = (template, item) => template.replace(/\{(id|title|year)\}/g, (_, name) => encodeURIComponent(item[name]));
