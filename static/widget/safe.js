// What of a catalog's addresses may become a link or a picture of somebody's page.

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
