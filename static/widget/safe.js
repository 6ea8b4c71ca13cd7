// What holds where a page has replaced what JavaScript itself offers, and what of a catalog's
// addresses may become a link or a picture of somebody's page.

import { failure } from './failure.js';

// sequence returns the list with an iterator of its own. Firefox and WebKit read a list that is
// passed to them by the iterator of Array.prototype, which the page may have replaced.
export const sequence = (list) => {
  list[Symbol.iterator] = () => {
    let i = 0;
    return { next: () => ({ done: i >= list.length, value: list[i++] }) };
  };
  return list;
};

// join writes the first texts of a list, all without most.
export function join(list, between, most = list.length) {
  let all = '';
  for (let i = 0; i < list.length && i < most; i++) all += (all && between) + list[i];
  return all;
}

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
export const fill = (template, item) => template.replace(/{(id|title|year)}/g, (_, name) => encodeURIComponent(item[name]));

// get fetches a file, as 'json' or 'arraybuffer', by the one way that no one replaces.
export function get(url, type) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = type;
    request.onload = () => (request.status < 300 ? resolve(request.response) : reject(failure('network', `HTTP ${request.status}`)));
    request.onerror = () => reject(failure('network', 'the edge cannot be reached'));
    request.open('GET', url);
    request.send();
  });
}
