// How a line looks that is a link or a file. Comes with the parts that draw such lines.
try {
  const style = new CSSStyleSheet();
  style.replaceSync(".u{display:grid;grid-template-columns:32px minmax(0,1fr);gap:0 10px;align-items:center;max-width:84%;padding:8px 12px;border:1px solid var(--line-strong);border-radius:8px;color:inherit;text-decoration:none;overflow-wrap:anywhere}"
    + ".u:hover{background:var(--hover)}.u::before{content:'↗';grid-row:span 2;height:32px;border-radius:6px;background:var(--co-weak);color:var(--co-text);font-weight:600;line-height:32px;text-align:center}"
    + ".u small{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
} catch (e) {}
