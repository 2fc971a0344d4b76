// The chat frame: what the visitor reads, writes and presses. It runs in the iframe that the loader makes, or in the
// full-page chat, where chat.js plays the loader's part in the same window. Events arrive as messages; sends go out from here.
(() => {
  const d = document, root = d.documentElement;
  const $ = id => d.getElementById(id);
  const text = JSON.parse($("texts").textContent);
  const { code, url, company, preview, at } = d.body.dataset, [side, x, y] = at.split(" "), title = d.title;
  const host = location.hash.slice(1) || location.origin; // the only origin that is listened to and spoken to
  const name = "live800-" + root.className + "-" + code + "-"; // frame and page can be two visitors in one storage

  let pass = "", page = "", shape = ""; // shape: "o" open, "m" small, "" not shown
  let talk = { c: 0, s: "none", g: "", q: 0, f: 0 }; // the conversation as the server last told it; f: he waits and nobody can answer
  let last = 0, seen = 0, shown = 0, day = "", unread = []; // sequence numbers: drawn, seen by the agent, seen here
  let online = true, typing = 0, wantsForm = false, sent = false, synced = false, syncing = false, keyboard = "", told = "", led = "", met = false, atEnd = true, carried = "";
  let invite = 0, greeted = 0, words = $("ix").textContent; // the open invitation; the last one that was shown; the words of one without any
  let replies = 0; // to his offline messages, once there is one
  let push = 0, filled = 0; // the notice of a pushed page; something was typed into a form of the page
  let unsent = [], sending = false, tries = 0, retry = 0, asking = false, requesting = false;

  // ---- storage: where the browser gives the frame none (another site's in a private window), the holder's tab keeps what is in "spare" ----
  const spare = {};
  const area = kind => { try { return window[kind + "Storage"] || spare; } catch { return spare; } };
  const local = area("local"), tab = area("session");
  const keep = (where, key, value) => {
    try {
      if (value) where[name + key] = value;
      else delete where[name + key];
    } catch {}
  };
  const kept = (where, key) => where[name + key] || "";

  // Tells one's own messages apart, no secret; also where crypto.randomUUID is not: pages without TLS.
  const uuid = () => "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx".replace(/x/g, () => (Math.random() * 16 | 0).toString(16));
  const fill = (key, ...values) => (text[key] || "").replace(/\{(\d)\}/g, (_, i) => values[i]);
  const active = () => talk.s == "waiting" || talk.s == "open";

  // ---- the window that holds this one ---------------------------------------------------------------------------------
  // --f is 48px below a window width of 480px and 0 above it: one text serves both, and turning a phone needs no message.
  // --a and --b are the company's distances from side and bottom, less where the window has no room for them.
  const css = () => {
    const shade = "box-shadow:0 0 0 1px #c9ced6,0 8px 24px rgb(0 0 0/.14);", high = unit => "height:min(100" + unit + ",100" + unit + " - 24px - var(--b) + var(--f)*9,max(600px,var(--f)*99));";
    const stand = (a, b) => "--f:clamp(0px,(480px - 100vw)*99,48px);--a:min(" + x + "px,max(24px,100vw - 404px));--b:min(" + y + "px,max(24px,100vh - 624px));display:block;visibility:visible;" + side + ":" + a + ";bottom:" + b + ";";
    const pill = $("pill"), card = $("chat");
    if (shape == "o") return stand("max(0px,var(--a) - var(--f)*9)", "max(0px,var(--b) - var(--f)*9)") + "width:min(100vw - 48px + var(--f),max(380px,var(--f)*99));border-radius:calc(10px - var(--f)/4);" + high("vh") + high("dvh") + shade + keyboard;
    if (!card.hidden) return stand("max(12px,var(--a) - var(--f)*9)", "max(12px,var(--b) + 60px - var(--f)*99)") + "width:min(100vw - 24px,340px + var(--f)*9);border-radius:10px;height:" + card.offsetHeight + "px;" + shade;
    return pill.hidden ? "visibility:hidden;" : stand("var(--a)", "var(--b)") + "height:44px;border-radius:22px;width:" + pill.offsetWidth + "px;" + shade;
  };
  const tell = more => {
    const c = css(), s = met ? shape + JSON.stringify(spare).replace(/^{}/, "") : null, now = s + c + d.title;
    if (now == told && !more || !met && !(more && more.r)) return;
    told = now;
    parent.postMessage({ s, c, t: d.title, ...more }, host == "null" ? "*" : host); // a file or sandboxed page has no origin; what goes out is for whoever holds this window
  };

  // ---- the server ---------------------------------------------------------------------------------------------------------
  const post = async (path, fields) => {
    const used = pass;
    if (!used) throw {};
    const r = await fetch(url + path, { method: "POST", body: new URLSearchParams({ p: used, k: page, g: $("group").value, ...fields }) });
    if (r.ok) return r.status == 204 ? {} : r.json();
    if (r.status == 401 && used == pass) {
      pass = "";
      tell({ x: 1 }); // the holder drops the pass and hands over a new one
    }
    const no = { status: r.status, after: +r.headers.get("Retry-After"), ...await r.json().catch(() => 0) };
    before(no);
    throw no;
  };
  const quietly = (path, fields) => post(path, fields).catch(() => {});
  const asked = (path, fields) => post(path, fields).then(a => {
    before(a);
    a.e.forEach(hear);
  });
  const news = () => asked("poll", { c: talk.c + "." + last });
  // The company asks something first: the part draws it, and what was begun goes on.
  const before = ({ f }) => f && part("before", { f, go: () => { asking = true; request(); flush(); } });

  // Everything after the last line drawn (".0" is from the beginning): at the start, and whenever a number is missing.
  const sync = () => {
    if (!pass || syncing) return;
    syncing = true;
    news().then(() => { synced = true; }, () => setTimeout(sync, 2e3)).then(() => {
      syncing = false;
      show();
      flush();
    });
  };

  // ---- events ---------------------------------------------------------------------------------------------------------------
  const hear = e => {
    if (e.t == "icons") online = e.c;
    if (e.t == "conv") {
      if (e.s == "none" || e.s == "offline") online = e.s == "none";
      if (e.c && e.c != talk.c) turn(e.c);
      Object.assign(talk, e, { c: e.c || talk.c });
      if (e.s == "open") wantsForm = false;
      else typing = 0;
      if (e.o) {
        quietly("delivered", { c: e.c });
        shape || become(screen.width < 480 ? "m" : "o"); // a phone's page is not taken away
      }
    }
    if (e.t == "invite") {
      invite = e.i ? e : 0; // never undefined: a class is toggled by it
      if (invite) quietly("delivered", { i: e.i });
    }
    if (e.t == "typing") {
      clearTimeout(typing);
      typing = e.on && setTimeout(() => { typing = 0; show(); }, 7e3);
    }
    if (e.t == "seen") seen = e.n;
    if (e.t == "reply") part("answers", { e, bubble, date, clock, set: (is, news) => {
      replies = is;
      if (news) sent = false;
      show();
    } });
    if (e.t == "msg") {
      if (e.c > talk.c) turn(e.c);
      if (e.c == talk.c) {
        if (e.n == last + 1) draw(e);
        else if (e.n > last && synced) sync();
      }
    }
  };
  // Another conversation: its numbers start anew, what was said before stays on the screen.
  const turn = c => {
    talk = { ...talk, c, q: 0, f: 0 };
    last = seen = 0;
    unread = [];
    const at = kept(local, "seen").split(".");
    shown = at[0] == c ? +at[1] : 0;
  };

  // ---- drawing --------------------------------------------------------------------------------------------------------------
  const make = (tag, cls, words) => {
    const e = d.createElement(tag);
    e.className = cls || "";
    if (words) e.textContent = words;
    return e;
  };
  const button = (words, act) => {
    const b = make("button", "", words);
    b.type = "button";
    b.onclick = act;
    return b;
  };
  const clock = w => new Intl.DateTimeFormat(root.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(w);
  const date = w => {
    const on = new Date(w).toDateString();
    return on == new Date().toDateString() ? text.Today : new Intl.DateTimeFormat(root.lang, { month: "long", day: "numeric" }).format(w);
  };
  const link = (href, words, cls) => {
    const a = make("a", cls, words);
    a.href = href;
    a.target = "_blank";
    a.rel = "noopener noreferrer";
    return a;
  };
  // What is seldom needed is a file of its own.
  // Asked for under another name where it did not come: browsers remember a failure.
  const again = {};
  const part = (file, x, no, what = "default") => import("./" + file + ".js" + (again[file] || "")).then(p => p[what]({ make, button, $, uuid, post, sync, show, name, tab, local, keep, kept, who: () => [pass, talk.c], ...x }, x), () => {
    again[file] = "?" + Date.now();
    no && no();
  });
  // A pushed page: always a link; what became of it is told, and while it is fresh it is opened, by the part that comes with it (S2.1).
  const pushed = m => {
    const row = make("div", "m " + m.a), [href, title] = m.x.split("\n"), a = link(href, title || href, "u");
    row.append(a, make("p", "f"));
    part("push", { m, a, href, title, by: m.g || company, isPage: root.className == "page", go: () => tell({ g: href }), filled: () => filled || m.l > 1, set: notice => { push = notice; show(); } });
    return row;
  };
  // Files and signs come with their first use (4).
  const more = (what, x) => part("extras", x, 0, what);
  const filed = m => {
    const row = make("div", "m " + m.a), a = make("button", "u", m.x);
    row.append(a, make("p", "f"));
    more("draw", [m, a]);
    return row;
  };
  const bubble = (m, who) => {
    const row = make("div", "m " + who), b = make("p", "b");
    b.dir = "auto";
    // Only http and https become links; everything is text.
    m.x.split(/(https?:\/\/[^\s<>"'，。；！？、（）“”]+[^\s<>"'，。；！？、（）“”.,;:!?)])/).forEach((part, i) => {
      b.append(i % 2 ? link(part, part) : part);
    });
    row.append(b, make("p", "f"));
    return row;
  };
  // Who reads further up is left there.
  $("log").onscroll = ({ target: log }) => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60; };
  const toEnd = () => {
    atEnd = true;
    $("log").scrollTop = 1e9;
  };

  const draw = m => {
    const said = $("said");
    last = m.n;
    if (m.a == "v") atEnd = true;
    const kind = { pagepush: pushed, text: bubble, file: filed }[m.k];
    if (!kind) {
      const words = fill("k_" + m.k.toLowerCase(), m.g) || m.x;
      if (words) said.append(make("p", "s", (day = date(m.w)) + " " + clock(m.w) + " · " + words));
      if (m.l) part("rate", { at: said, send: f => post("rate", { c: m.c, ...f }), end: () => atEnd && toEnd() });
      if (m.k == "proactivestarted" && m.n > shown) unread.push(m.n);
    } else {
      if (day && day != date(m.w)) said.append(make("p", "s", date(m.w)));
      day = date(m.w);
      const row = kind(m, m.a);
      row.m = m;
      said.append(row);
      if (m.a == "g") {
        if (talk.g != m.g && m.g) talk.g = m.g;
        clearTimeout(typing);
        typing = 0;
        if (m.n > shown) {
          unread = [...unread.filter(n => n > 1), m.n]; // that it was started counts only alone
          if (synced && (d.hidden || shape != "o")) part("ring");
        }
      }
    }
    if (m.id) drop(m.id);
  };

  // The foot of every bubble: time, who wrote it where several agents do, and for the visitor's last one how far it got.
  const feet = () => {
    const rows = [...$("said").children].filter(row => row.m);
    const mine = rows.filter(row => row.m.a == "v").pop(), by = new Set(rows.map(row => row.m.g).filter(g => g));
    rows.forEach((row, i) => {
      const m = row.m, next = rows[i + 1], how = row == mine && m.c == talk.c ? " " + (m.n <= seen ? text.Seen : text.Sent) : by.size > 1 && m.g ? " " + m.g : "";
      row.lastChild.textContent = row != mine && next && next.m.a == m.a && next.m.g == m.g && next == row.nextSibling && clock(next.m.w) == clock(m.w) ? "" : clock(m.w) + how;
    });
  };

  // What was written and not yet said.
  const own = box => box.value.replace(carried, "");

  const show = () => {
    const open = shape == "o", closed = !online && !active(), alone = talk.s == "waiting" && talk.f;
    const form = !sent && (wantsForm || closed && !last && !replies && !unsent.length);
    const from = $("talk").hidden ? $("ox") : $("text"), to = form ? $("ox") : $("text"), moves = from != to && from == d.activeElement;
    if (from != to && !to.value) {
      to.value = own(from);
      from.value = carried = "";
      grow();
    }
    const asks = invite && !active() && invite.i != kept(tab, "not"), card = asks || !!push;
    root.classList.toggle("card", card && !open);
    $("chat").hidden = !open && !card;
    $("talk").hidden = form || sent;
    $("offline").hidden = !form;
    const thanks = $("thanks");
    if (thanks) thanks.hidden = !sent;
    $("back").hidden = closed;
    $("write").hidden = closed;
    $("offline-why").textContent = closed || alone ? talk.h || text.OfflineWhy : text.BusyWhy;
    $("end").hidden = !active();
    $("welcome").hidden = !$("welcome").textContent.trim();
    root.classList.toggle("on", online);
    $("who").textContent = talk.s == "open" && talk.g || company;
    $("face").textContent = [...$("who").textContent][0];
    $("face").style = talk.p || "";
    $("state").textContent = talk.s == "open" ? talk.j || fill("StateOpen", company) : talk.s == "waiting" && !alone ? text.StateWaiting : text[online && !alone ? "StateOnline" : "StateOffline"];

    const since = talk.s == "waiting" && (+kept(tab, "since" + talk.c) || Date.now());
    keep(tab, "since" + talk.c, since);
    clearTimeout(show.timer);
    const long = since && Date.now() - since >= 18e4;
    if (since && !long) show.timer = setTimeout(show, since + 18e4 - Date.now());
    $("form-instead").hidden = !long || alone;
    $("closed").hidden = !closed && !alone;
    $("now").textContent = typing ? fill("Typing", talk.g || company) : alone ? text.WaitingAlone : talk.s == "waiting" ? fill(talk.q > 1 ? "WaitingAt" : "Waiting", talk.q) : "";

    if (open && !d.hidden && unread.length && !$("talk").hidden) {
      shown = last;
      unread = [];
      keep(local, "seen", talk.c + "." + shown);
      quietly("seen", { c: talk.c, n: shown });
    }
    if (replies && open && !d.hidden && !$("talk").hidden) replies.see();
    if (asks && invite.i != greeted) {
      greeted = invite.i;
      $("ig").textContent = invite.g || company;
      $("ig").dataset.face = [...$("ig").textContent][0];
      // Again when the window stands: whoever is read to hears it only then.
      for (const wait of [0, 600]) setTimeout(() => { $("ix").textContent = invite.x || words; tell(); }, wait);
    }
    $("invite").hidden = !asks;
    if (asks && !d.hidden && !invite.seen) {
      invite.seen = 1;
      quietly("seen", { i: invite.i });
    }
    const n = unread.length + (replies && replies.n);
    $("pill").hidden = open || card || !(shape && active() || n);
    $("pill-text").textContent = talk.g || text.Pill;
    $("unread").textContent = n || "";
    d.title = (n ? "(" + n + ") " : "") + title;
    $("pill").setAttribute("aria-label", fill(n ? "PillUnread" : "PillOpen", talk.g || company, n));
    feet();
    if (atEnd) toEnd();
    if (moves) to.focus();
    tell();
  };

  const become = next => {
    if (next == shape) return;
    const within = d.hasFocus();
    shape = next;
    if (shape && !synced) sync();
    show();
    if (shape == "o") toEnd();
    else if (within) {
      if ($("pill").hidden) tell({ f: 1 }); // back to the icon
      else $("pill").focus();
    }
  };
  // Put away is not an answer: it stands no more in this tab, and the icon accepts it still.
  const hush = () => {
    keep(tab, "not", invite.i);
    show();
    tell({ f: 1 });
  };
  const focus = () => { ($("talk").hidden ? $("ox") : $("text")).focus(); };

  // ---- sending: in order, one at a time, each kept in storage until the server has it ---------------------------------------
  const drop = id => {
    const item = unsent.find(i => i.id == id);
    if (!item) return;
    item.row.remove();
    unsent = unsent.filter(i => i != item);
    keep(local, "out." + item.at, "");
  };
  const queue = item => {
    unsent.push(item);
    item.row = bubble(item, "v");
    $("unsent").append(item.row);
    foot(item);
    toEnd();
  };
  const foot = (item, words) => {
    const f = item.row.lastChild;
    item.row.classList.toggle("bad", !!words);
    f.textContent = words ? words + " · " : text.Sending;
    if (words) f.append(button(text.Retry, () => {
      item.refused = tries = 0;
      foot(item);
      flush();
    }), " · ", button(text.Delete, () => {
      drop(item.id);
      flush();
      focus();
    }));
  };

  const flush = async () => {
    clearTimeout(retry);
    const item = unsent.find(i => !i.refused);
    if (!item || sending || !pass || !synced) return;
    sending = true;
    let wait = 0;
    try {
      const a = await post("message", { c: item.lost ? 0 : talk.c, id: item.id, x: item.x });
      tries = 0;
      if (a.c > talk.c) turn(a.c);
      if (!active()) news().then(show, () => {});
      if (a.c == talk.c && a.n == last + 1) draw({ ...a, a: "v", k: "text", x: item.x, id: item.id });
      else if (a.c == talk.c && a.n > last) sync();
      drop(item.id);
    } catch (no) {
      if (no.r == "NobodyCanAnswer") {
        // The words move into the form, in the order in which they were written.
        online = false;
        wantsForm = true;
        $("ox").value = unsent.map(i => i.x).concat($("text").value).join("\n").trim();
        $("text").value = "";
        unsent.slice().forEach(i => drop(i.id));
      } else if (no.status == 404 && !item.lost) item.lost = 1;
      else if (no.status == 429) {
        wait = (no.after || 5) * 1e3;
        foot(item, no.m);
      } else if (no.f) wait = 1e9;
      else if (no.status < 500 && no.status != 401) {
        item.refused = 1;
        foot(item, no.m || text.NotSent);
      } else {
        wait = ++tries < 4 ? tries * 1e3 : 4e3 + Math.random() * 8e3;
        if (tries > 2) unsent.forEach(i => foot(i, text.NotSent));
      }
    }
    sending = false;
    show();
    if (wait) retry = setTimeout(flush, wait);
    else flush();
  };

  const send = () => {
    const t = $("text"), x = t.value.trim();
    if (!x) return;
    t.value = "";
    grow();
    const item = { id: uuid(), x, at: Date.now() + "." + (1e3 + unsent.length) }; // in this order
    keep(local, "out." + item.at, JSON.stringify({ id: item.id, x }));
    queue(item);
    show();
    flush();
    t.focus();
  };

  // ---- the composer -----------------------------------------------------------------------------------------------------------
  const grow = () => {
    const t = $("text");
    t.style.height = "";
    if (t.scrollHeight > t.clientHeight) t.style.height = t.scrollHeight + 2 + "px";
    keep(tab, "draft", t.value || own($("ox")));
  };
  let typed = 0;
  $("text").oninput = () => {
    grow();
    tell();
    if (talk.s != "open" || Date.now() - typed < 2e3) return;
    typed = Date.now();
    setTimeout(() => quietly("typing", { c: talk.c, x: preview ? $("text").value.slice(0, 200) : "" }), 900);
  };
  $("text").onkeydown = e => {
    if (e.key == "Enter" && !e.shiftKey && !e.isComposing && e.keyCode != 229) {
      e.preventDefault();
      send();
    }
  };
  $("file").onchange = ({ target }) => more("send", [...target.files]);
  $("emoji").onclick = () => more("emoji");
  $("text").onpaste = e => {
    const files = [...e.clipboardData.files];
    if (files[0]) {
      e.preventDefault();
      more("paste", files);
    }
  };
  $("write").onsubmit = e => {
    e.preventDefault();
    send();
  };
  $("offline").oninput = () => {
    wantsForm = true; // whoever writes here is not moved because an agent has just come in
    grow();
    tell();
  };
  $("end").onclick = () => {
    quietly("end", { c: talk.c }).then(() => news()).then(show, () => {});
    focus();
  };
  $("min").onclick = () => become("m");
  $("pill").onclick = () => {
    become("o");
    focus();
  };
  d.onkeydown = e => { if (e.key == "Escape" && !e.isComposing) shape == "o" ? become("m") : invite && hush(); };
  $("yes").onclick = () => {
    invite = 0;
    asking = true; // the server knows which invitation that accepts
    become("o");
    request();
    focus();
  };
  $("no").onclick = () => {
    quietly("decline", { i: invite.i });
    hush();
  };
  window.onresize = () => tell();
  for (const id of ["form-instead", "closed"]) $(id).firstChild.onclick = () => {
    const form = $("ox"), box = $("text");
    if (talk.s == "waiting" && !form.value) {
      // What he has already said goes along; back in the conversation it is not said again.
      carried = [...$("said").children].map(({ m }) => m && m.a == "v" && m.c == talk.c ? m.x + "\n" : "").join("");
      form.value = carried + box.value;
      box.value = "";
      grow();
    }
    wantsForm = true;
    show();
    focus();
  };
  $("back").firstChild.onclick = () => {
    wantsForm = false;
    asking = true;
    show();
    request();
    focus();
  };

  // ---- the offline message ------------------------------------------------------------------------------------------------------
  // Sent by the part that comes with the first one; without it nothing leaves the form.
  const unable = words => {
    $("refused").textContent = words || text.FormNotSent;
    $("refused").hidden = false;
  };
  $("offline").onsubmit = e => {
    e.preventDefault();
    part("offline", { unable, done: is => {
      sent = is;
      wantsForm = !is && !active() && !replies.n;
      if (is) {
        carried = "";
        if (talk.s == "waiting") quietly("end", { c: talk.c }); // he does not wait any more
        grow();
      }
      show();
      if (!is) focus();
    } }, unable);
  };

  // A click on the icon is a request; in a running conversation it only opens the window. The wish outlasts a lost connection.
  const request = () => {
    if (active()) asking = false;
    if (!asking || !pass || requesting) return;
    requesting = true;
    asked("request").then(() => { asking = false; }, no => {
      if (no.status < 500 && no.status != 401) asking = false;
      else setTimeout(request, 3e3);
    }).then(() => {
      requesting = false;
      show();
    });
  };

  // ---- starting, and what the holder says -------------------------------------------------------------------------------------
  const forget = () => {
    for (const where of [local, tab]) for (const k of Object.keys(where)) if (k.startsWith(name)) delete where[k];
    unsent.slice().forEach(i => drop(i.id));
    $("said").textContent = $("text").value = $("ox").value = carried = "";
    talk = { c: 0, s: "none", g: "", q: 0, f: 0 };
    last = seen = shown = 0;
    unread = [];
    invite = replies = 0;
    synced = wantsForm = sent = false;
  };
  window.onmessage = ({ source, origin, data }) => {
    if (source != parent || origin != host || !data || data.c != null) return;
    const [, now, more] = (data.s || "").match(/(\w?)(.*)/s);
    if (more) Object.assign(spare, JSON.parse(more));
    if (!met) {
      $("text").value = kept(tab, "draft");
      asking = kept(tab, "ask");
      Object.keys(local).filter(k => k.startsWith(name + "out.")).sort().forEach(k => {
        try { queue({ ...JSON.parse(local[k]), at: k.slice(name.length + 4) }); } catch {}
      });
    }
    met = true;
    if (now) become(now);
    if ("p" in data) {
      pass = data.p || "";
      page = data.k || page;
      // Version, company and visitor: somebody else (after a logout) must not find words of the one before.
      const who = pass.slice(0, 23), before = kept(local, "who");
      if (who && before && who != before) forget();
      if (who) keep(local, "who", who);
    }
    if (data.g) {
      filled = 1;
      if (push) push.ask();
    }
    if (data.h) {
      keyboard = data.w < 480 ? "top:" + data.y + "px;bottom:auto;height:" + data.h + "px;" : "";
      tell();
    }
    // The icon that was clicked may be a group's, and the next one the company's; what the visitor chose himself stays.
    if (data.o == 1 || (data.o || "")[1]) {
      const group = $("group"), code = (data.o + "").slice(3);
      if (code != led) {
        group.value = led = code;
        if (group.value != code) group.value = group.options[0].value = code;
      }
      data.o = 1;
    }
    if (data.o == -2) forget();
    if (data.o < 0) become("");
    if (data.o === 0 && !shape) become("m");
    if (data.o == 2) synced || sync();
    else if (data.o > 0) {
      become("o");
      focus();
    }
    if (data.o == 1) asking = true;
    if (data.e) {
      hear(data.e);
      show();
    }
    if (data.p && shape) synced ? flush() : sync();
    if (asking) request();
    tell();
  };
  window.ononline = flush;
  window.onstorage = e => {
    const at = (e.newValue || "").split(".");
    if (e.key == name + "seen" && at[0] == talk.c) {
      shown = +at[1];
      unread = unread.filter(n => n > shown);
      show();
    }
  };
  d.onvisibilitychange = show;
  setInterval(() => { if (active() && !d.hidden) quietly("beat", { c: talk.c }); }, 3e4);

  show();
  tell({ r: 1 });
})();
