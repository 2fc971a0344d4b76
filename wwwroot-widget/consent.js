// The function code's third form (5): asks before anything is tracked. Until the visitor agrees nothing of ours but this file is fetched and nothing is
// kept; then the loader takes over. A site with a consent manager of its own answers for him: Live800.consent(true) or (false).
((w, d) => d.querySelectorAll('script[src*="/w/consent.js#"]').forEach(script => {
  const [base, code] = script.src.split("/w/consent.js#"), mine = "live800-" + code, key = mine + "consent";
  const day = 864e5;
  let box, started, said; // the notice; the loader is on its way; what was decided on this page

  const read = () => {
    try {
      const [yes, when] = (localStorage[key] || "").split("."), age = Date.now() - when;
      // Asked again half a year after a no and a year after a yes.
      return age < (+yes ? 365 : 180) * day ? yes : "";
    } catch {
      return 0; // nothing can be remembered: then nobody is asked on every page, and nothing is tracked
    }
  };
  const clean = () => {
    try {
      // What the loader keeps, by its exact names: another company's code may begin with ours.
      for (const one of "pcls") for (const area of [localStorage, sessionStorage]) delete area[mine + one];
    } catch {}
  };
  const go = () => {
    if (started) return;
    started = 1;
    try {
      const loader = d.createElement("script");
      loader.src = base + "/w/l.js#" + code;
      d.head.append(loader);
    } catch {} // trusted types without us: the page has not let us in
  };
  const decide = yes => {
    said = 1;
    if (box) box.remove();
    try {
      localStorage[key] = (yes ? 1 : 0) + "." + Date.now();
    } catch {}
    if (yes) go();
    else if (started) location.reload(); // what runs ends with this page
    else clean();
  };

  const ask = () => {
    const texts = {/* texts, by language */}, lang = /^zh/i.test(d.documentElement.lang || navigator.language) ? "zh-CN" : "en", text = texts[lang];
    const make = (tag, css, words) => {
      const e = d.createElement(tag);
      e.style.cssText = css;
      if (words) e.textContent = words;
      return e;
    };
    const button = (words, yes) => {
      const b = make("button", "font:inherit;font-weight:600;min-height:44px;flex:1 1 120px;cursor:pointer;color:inherit;background:transparent;border:1px solid;border-radius:6px;margin:0", words);
      b.type = "button";
      b.onclick = () => decide(yes);
      return b;
    };
    box = make("div", "all:initial;display:block;position:fixed;z-index:2147483646;left:12px;bottom:12px;width:min(calc(100vw - 24px),400px);".replace(/;/g, "!important;"));
    const card = make("section", "color-scheme:light dark;background:Canvas;color:CanvasText;border:1px solid GrayText;border-radius:10px;padding:14px;font:15px/22px -apple-system,'Segoe UI',Roboto,Arial,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;box-shadow:0 8px 24px rgb(0 0 0/.14)");
    const row = make("div", "display:flex;flex-wrap:wrap;gap:8px;margin-top:12px");
    card.setAttribute("aria-label", text.Name);
    card.lang = lang;
    row.append(button(text.Yes, 1), button(text.No, 0));
    card.append(make("div", "", text.Ask), row);
    box.attachShadow({ mode: "open" }).append(card);
    d.documentElement.append(box);
  };
  const start = () => {
    const yes = read();
    if (+yes) go();
    else if (yes) clean();
    else if (yes === "" && !said) ask();
  };

  const before = w.Live800 && w.Live800.consent;
  w.Live800 = { ...w.Live800, consent: yes => {
    if (before) before(yes);
    decide(yes);
  } };
  d.readyState == "complete" ? start() : w.addEventListener("load", start);
}))(window, document);
