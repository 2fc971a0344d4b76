// A pushed page on a living page of the visitor (S2.1): says so, opens it in this tab after five seconds, and only asks where something
// has been typed into the page. Loaded with the first one, it tells what became of it. Never opens a window by itself.
import "./rows.js";
const wait = 5;
const text = {/* texts, by language */}[document.documentElement.lang];
let shown = 0; // the newest takes the place of one that still stands there

export default ({ m, a, href, title, post, make, button, $, by, isPage, filled, go, set }) => {
  const report = x => post("pushed", { c: m.c, n: m.n, x });
  const quietly = x => report(x).catch(() => 0);
  a.dir = "auto";
  a.onclick = () => { quietly("clicked"); };
  if (title) a.append(make("small", "", href));
  if (!m.l) return;
  quietly("delivered");
  // The full-page chat would go with its page: there the link is enough.
  if (isPage || !/^https?:\/\//i.test(href)) return;

  let left = wait, timer;
  const notice = make("section"), when = make("p", "fine");
  const done = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", count);
    notice.remove();
    if (shown == notice) set(shown = 0);
  };
  const say = () => { when.textContent = notice.asks ? text.Asks : text.Soon.replace("{0}", left); };
  notice.ask = () => {
    clearInterval(timer);
    notice.asks = true;
    say();
  };
  // One page of all those the visitor has open may go there; the server says which.
  const tick = () => {
    left--;
    say();
    if (left > 0) return;
    clearInterval(timer);
    report("opening").then(a => {
      const stands = notice.isConnected;
      done();
      if (a.o && stands) go();
    }, notice.ask);
  };
  // Nobody is taken away from a page he does not look at.
  const count = () => {
    clearInterval(timer);
    if (!document.hidden && !notice.asks) timer = setInterval(tick, 1e3);
  };

  notice.id = "push";
  notice.setAttribute("aria-label", text.Name);
  // Told first: with its page the frame goes too.
  const open = button(text.Open, () => {
    done();
    quietly("opened").then(go);
  });
  open.className = "yes";
  const no = button(text.No, () => {
    quietly("declined");
    done();
  });
  no.className = "no";
  const head = make("div"), what = make("p", "b", title || href);
  head.setAttribute("role", "status");
  what.dir = "auto";
  what.style.marginTop = "8px";
  what.style.maxWidth = "none";
  head.style.marginBottom = "10px";
  head.append(make("b", "", text.By.replace("{0}", () => by)), what);
  if (title) head.append(make("p", "f", href));
  notice.append(head, open, no, when);
  if (shown) shown.done();
  notice.done = done;
  $("invite").after(shown = notice);
  if (filled()) notice.ask();
  say();
  set(notice);
  document.addEventListener("visibilitychange", count);
  count();
};
