// Replies to the visitor's offline messages (5): an agent's bubbles at the top of the log, each with the beginning of what it answers. Loaded with the first one.
const text = {/* texts, by language */}[document.documentElement.lang];
let box, all, replies; // where they stand; what is known of each, by its id; what the frame asks

export default ({ e, $, make, post, bubble, date, clock, name, local, keep, set }) => {
  const log = $("log"), key = name + "answers";
  const unread = () => Object.values(all).filter(a => !a.seen);
  const tell = news => { if (box.isConnected) set(replies, news); }; // who sits there now may be somebody else
  const count = news => {
    replies.n = unread().length;
    tell(news);
  };
  const read = a => {
    a.seen = 1;
    count();
  };
  const isInSight = row => {
    const a = row.getBoundingClientRect(), b = log.getBoundingClientRect();
    return a.height && a.top < b.bottom && a.bottom > b.top;
  };
  // Told once each when it is in sight, and again until the server has heard it. Below a long conversation the first look leads there.
  const look = () => {
    for (const a of unread()) {
      if (!a.led) {
        a.led = 1;
        a.row.scrollIntoView({ block: "nearest" });
      }
      if (a.told || document.hidden || !isInSight(a.row)) continue;
      a.told = 1;
      post("replyseen", { i: a.i }).then(() => {
        keep(local, "answers", a.i); // his other tabs count it no more
        read(a);
      }, no => {
        if (no.status == 404) read(a);
        else setTimeout(() => {
          a.told = 0;
          count();
        }, 5e3);
      });
    }
  };
  if (!replies) {
    log.addEventListener("scroll", () => { if (replies.n) tell(); });
    window.addEventListener("storage", s => { if (s.key == key && all[s.newValue]) read(all[s.newValue]); });
  }
  // The first one; or somebody else sits there now.
  if (!box || !box.isConnected) {
    all = {};
    replies = { n: 0, see: () => setTimeout(look) };
    $("said").prepend(box = make("div"));
  }
  if (all[e.i]) return;

  const row = bubble(e, "g");
  if (e.q) {
    const quote = make("small", "", e.q);
    quote.dir = "auto";
    quote.style.cssText = "display:block;margin-bottom:4px;padding-left:8px;border-left:2px solid var(--line-strong)";
    row.firstChild.prepend(quote);
  }
  row.lastChild.textContent = [date(e.w) + " " + clock(e.w), e.g, text.Foot].filter(words => words).join(" · ");
  box.append(row);
  all[e.i] = { i: e.i, row, seen: !e.o };
  count(e.o);
};
