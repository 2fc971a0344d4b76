// Files, pasted pictures and signs in the visitor's frame (4). Loaded with the first of them.
import "./rows.js";
import { accepted, box, grid, most, send as upload, shrink, size, thumb } from "./tray.js";
const d = document, text = {/* texts, by language */}[d.documentElement.lang], { url } = d.body.dataset;
const $ = id => d.getElementById(id);
const toEnd = () => { $("log").scrollTop = 1e9; };
const items = new Map(); // the visitor's own files of this page, by the id of their line

try {
  const style = new CSSStyleSheet();
  style.replaceSync("button.u,div.u{text-align:left;min-width:180px}.u.a::before{content:'↓'}.pic{max-width:84%;border:1px solid var(--line-strong);border-radius:8px;overflow:hidden;background:var(--sunken)}.pic canvas,.u canvas{display:block;max-width:100%}"
    + ".u canvas{grid-column:1/-1;border-radius:6px}.u.t::before{content:none}.u.t>*{grid-column:1/-1}.bad .u{background:var(--bad-ground)}progress{width:96px;height:8px;vertical-align:middle;margin-right:8px;accent-color:var(--co-text)}"
    + "#signs{flex:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(40px,1fr));max-height:172px;overflow-y:auto;padding:6px 8px;border-top:1px solid var(--line)}#signs[hidden]{display:none}#signs button{height:40px;font-size:22px;border-radius:6px}#signs button:hover{background:var(--hover)}");
  d.adoptedStyleSheets = [...d.adoptedStyleSheets, style];
} catch (e) {}

const add = (api, given, asks) => {
  const { make, button } = api, id = api.uuid(), row = make("div", "m v"), what = make("div", "u a"), foot = make("p", "f");
  let file = given, lost = 0, job = 0;
  const gone = () => {
    items.delete(id);
    row.remove();
    $("text").focus();
  };
  const say = (words, ...more) => foot.replaceChildren(words, ...more.reduce((all, one) => [...all, " · ", one], []));
  const fail = (words, again) => {
    job = 0;
    row.className = "m v bad";
    foot.setAttribute("role", "alert");
    say(words, ...again ? [button(text.Retry, go)] : [], button(text.Delete, gone));
  };
  const go = () => {
    const bar = make("progress"), [p, c] = api.who();
    row.className = "m v";
    foot.removeAttribute("role");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", text.Sending.replace("{0}", () => file.name));
    job = upload(url + "upload", { p, c: lost ? 0 : c, id, n: file.name }, file, {}, part => { bar.value = part; });
    const mine = job;
    foot.replaceChildren(bar, button(text.Cancel, () => {
      job = 0;
      mine.stop();
      gone();
    }));
    job.done.then(() => {
      row.remove();
      api.sync();
    }, no => {
      if (job != mine) return;
      if (no.status == 404 && !lost) {
        lost = 1;
        go();
      } else {
        // What is asked before a conversation: answered, the file goes.
        if (no.f) import("./before.js").then(part => part.default({ ...api, f: no.f, go: () => items.has(id) && go() }));
        fail(no.m || text.Failed, no.f || !no.r || no.status == 429 || no.status > 499 || no.r == "FileCut");
      }
    });
    toEnd();
  };
  what.append(make("b", "", given.name), make("small", "", size(given.size)));
  row.append(what, foot);
  $("unsent").append(row);
  items.set(id, { row, file: () => file });
  shrink(given).then(smaller => {
    file = smaller;
    what.lastChild.textContent = size(file.size);
    thumb(file).then(canvas => {
      what.className = "u t";
      what.prepend(canvas);
      toEnd();
    }, () => {});
    if (!accepted(file)) fail(text.NotTaken);
    else if (file.size > most) fail(text.TooLarge);
    else if (asks) {
      const yes = button(text.Send, go);
      say(text.Ask, yes, button(text.Delete, gone));
      yes.focus();
    } else go();
    toEnd();
  });
};

export const send = (api, files) => {
  for (const file of files) add(api, file);
  $("file").value = "";
};
export const paste = (api, files) => {
  for (const file of files) add(api, file, 1);
};

// A line with a file: a picture in its box, or a row to be downloaded.
export const draw = (api, [m, a]) => {
  const mine = items.get(m.id), words = api.make("b", "", m.x);
  if (mine) mine.row.remove();
  a.type = "button";
  a.dir = "auto";
  const load = () => mine ? Promise.resolve(mine.file()) : fetch(url + "file", { method: "POST", body: new URLSearchParams({ p: api.who()[0], i: m.d }) }).then(r => r.ok ? r.blob() : Promise.reject());
  a.onclick = () => load().then(blob => {
    const link = api.make("a");
    link.href = URL.createObjectURL(blob);
    link.download = m.x;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  }).catch(() => { a.append(api.make("small", "", text.Gone)); });
  const row = () => {
    a.className = "u a";
    a.style = "";
    a.replaceChildren(words, api.make("small", "", size(m.z)));
  };
  row();
  if (m.pw) {
    const [width, height] = box(m.pw, m.ph);
    a.className = "pic";
    a.replaceChildren();
    a.style.width = width + 2 + "px";
    a.style.height = height + 2 + "px";
    a.setAttribute("aria-label", text.Picture.replace("{0}", () => m.x));
    // Not before somebody can see it.
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      load().then(thumb).then(canvas => a.append(canvas)).catch(row);
    });
    seen.observe(a);
  } else a.setAttribute("aria-label", text.File.replace("{0}", () => m.x));
  api.show();
};

export const emoji = api => {
  let signs = $("signs");
  const press = $("emoji");
  const close = () => {
    signs.hidden = true;
    press.setAttribute("aria-expanded", false);
  };
  if (!signs) {
    signs = api.make("div");
    signs.id = "signs";
    signs.hidden = true;
    signs.setAttribute("role", "group");
    signs.setAttribute("aria-label", text.Signs);
    $("write").before(signs);
    $("write").addEventListener("submit", close);
  }
  if (!signs.hidden) return close();
  signs.hidden = false;
  press.setAttribute("aria-expanded", true);
  grid(signs, $("text"), "live800-signs", close);
  api.show();
};
