// For pages that may not have a module: where a plug-in joins and minifies all scripts, or an editor takes type="module"
// away. It names nothing global, and does not ask where it came from.
(function (document) {
  var script = document.createElement('script');
  script.type = 'module';
  script.src = 'https://movies.example/v1/widget.js';
  document.head.appendChild(script);
})(document);
