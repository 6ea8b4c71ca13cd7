// Rows of a list as markup. edge/testdata/cases.json compares them with the native edge's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows } from '../rows.mjs';

const rowsOf = (item) => Buffer.from(rows(Buffer.from(JSON.stringify({ items: [{ id: '1', title: 'T', ...item }] })))).toString().replace(/^<style>.*<\/style>\n/, '');

test('what comes from a catalog is escaped', () => {
  const text = `<script>"'&</script>`;
  const made = rowsOf({ title: text, genres: [text], url: `https://a.example/"><b>`, image: `https://a.example/'><b>` });
  assert.equal(made, `<ul slot="list">
<li><a href="https://a.example/&#34;&gt;&lt;b&gt;"><span><img src="https://a.example/&#39;&gt;&lt;b&gt;" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"></span><span><b>&lt;script&gt;&#34;&#39;&amp;&lt;/script&gt;</b>&lt;script&gt;&#34;&#39;&amp;&lt;/script&gt;</span></a></li>
</ul>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[{"@type":"ListItem","position":1,"name":"\\u003cscript\\u003e\\"'\\u0026\\u003c/script\\u003e","url":"https://a.example/\\"\\u003e\\u003cb\\u003e","image":"https://a.example/'\\u003e\\u003cb\\u003e"}]}</script>
`);
});

test('addresses that run or lead elsewhere are left out', () => {
  for (const address of ['', 'javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', '//a.example', '/\\a.example', '/\t/a.example', 'x', ' https://a.example', 'https://a.example/ onload']) {
    const made = rowsOf({ url: address, image: address });
    assert.ok(made.includes('<li><div><span></span><span><b>T</b></span></div></li>') && !/href|src|url/.test(made), `${address}: ${made}`);
  }
  for (const address of ['https://a.example/x', 'HTTP://a.example', '/x', '/', '/霸']) assert.ok(rowsOf({ url: address }).includes(`href="${address}"`), address);
});
