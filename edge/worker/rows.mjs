// Lists as markup for pages that are made on a server. ../assets/rows.go answers with the same bytes.

// style gives rows the size of the widget's own cards, so that nothing moves when these take their
// place: static/widget/widget.css.
const style = '<style>sparrow-similar{display:block}ul[slot=list]{display:grid;grid-auto-flow:column;grid-auto-columns:clamp(112px,42vw,156px);justify-content:start;gap:16px;margin:0 -4px;padding:56px 4px 8px;overflow-x:auto;list-style:none;scrollbar-width:none}ul[slot=list]>li{min-width:0;margin:0}ul[slot=list]>li>*{display:block;color:inherit;text-decoration:none}ul[slot=list]>li>*>:first-child{display:block;aspect-ratio:2/3;overflow:hidden;border-radius:8px;background:#8882}ul[slot=list] img{display:block;width:100%;height:100%;object-fit:cover}ul[slot=list]>li>*>:last-child{display:block;height:60px;margin-top:8px;overflow:hidden;font-size:13px;line-height:18px}ul[slot=list] b{display:block;max-height:40px;overflow:hidden;font-size:15px;line-height:20px;font-weight:500}</style>';

// safe is what an address of a catalog may be to stand in a page: one of the web, or one of the page's
// own origin. A browser leaves control characters out, and takes \ for /.
const safe = /^(?:https?:\/\/|\/(?:$|[^\x00-\x20/\\]))[^\x00-\x20\\]*$/i;

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
const escape = (text) => text.replace(/[&<>"']/g, (c) => entities[c]);

// json writes a value so that no text of it ends a script.
const json = (value) => JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

// rows returns a list as markup, in bytes: a list of links with pictures and titles, and the same as
// JSON-LD for search engines. All that comes from the catalog is escaped.
export function rows(list) {
  const { items } = JSON.parse(new TextDecoder().decode(list));
  const listed = [];
  let lines = '';
  for (const { title = '', year = 0, genres = [], url = '', image = '' } of items) {
    const href = safe.test(url) ? url : '';
    const src = safe.test(image) ? image : '';
    listed.push({ '@type': 'ListItem', position: listed.length + 1, name: title, ...(href && { url: href }), ...(src && { image: src }) });
    const picture = src && `<img src="${escape(src)}" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">`;
    const about = [...(year ? [String(year)] : []), ...genres.slice(0, 2)].join(' · ');
    const [tag, end] = href ? [`<a href="${escape(href)}">`, '</a>'] : ['<div>', '</div>'];
    lines += `<li>${tag}<span>${picture}</span><span><b>${escape(title)}</b>${escape(about)}</span>${end}</li>\n`;
  }
  const data = json({ '@context': 'https://schema.org', '@type': 'ItemList', itemListElement: listed });
  return new TextEncoder().encode(`${style}\n<ul slot="list">\n${lines}</ul>\n<script type="application/ld+json">${data}</script>\n`);
}
