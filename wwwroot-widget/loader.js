// The loader: everything of ours that runs on a company's page before a visitor wants to talk.
// Served as {base}/w/l.js#{company code}. Its budget is 2,048 bytes gzipped, so texts, looks and commands live in the
// frame. One tick a second does all the watching (address, icons, stream, frame): it needs no observer, changes nothing
// that belongs to the page, survives whatever the page overrides, and is a loop guard by itself.
((w, d, fetch, parse) => d.querySelectorAll('script[src*="/w/l.js#"]').forEach(script => {
  // Looked up rather than taken from document.currentScript, which is null in modules and behind some tag managers.
  const [base, code] = script.src.split("/w/l.js#");
  const name = "live800-" + code; // prefix of storage keys, name of lock and channel, mark of having run
  if (w.Live800?.[name]) return;

  const url = base + "/w/" + code + "/";
  const origin = new URL(url).origin;
  const locks = navigator.locks;
  const page = Math.random() * 1e9 | 0;

  let pass, cursor, channel, seen, lead, stream, lost, frame, ready, wanted, opener, typed, icons = []; // icon id -> [state, alternative text, style of its link]
  let referrer = d.referrer.slice(0, 2e3), ids = [], views = 0, misses = 0, nextView = 0, nextStream = 0, deadline = Date.now() + 5e3;

  // Storage may throw at any access; what matters then lives as long as the page.
  // "s", what the frame looks like, belongs to the tab; the rest to the visitor.
  const store = (key, value) => {
    try {
      const area = key == "s" ? w.sessionStorage : w.localStorage;
      if (value != null) area[name + key] = value;
      return area[name + key];
    } catch {}
  };

  // Half a second to 4 s in the first minute after a loss, then up to 30 s: a restarted server is not met by everybody at once.
  const later = () => {
    lost = lost || Date.now();
    return Date.now() + 500 + Math.random() * (Date.now() - lost < 6e4 ? 3500 : 29500);
  };

  // A form body needs no preflight and does not pass through a patched JSON.stringify.
  const form = fields => new URLSearchParams({ p: pass || "", k: page, ...fields });
  const post = async (path, fields, signal) => {
    const answer = await fetch(url + path, { method: "POST", body: form(fields), signal });
    if (answer.status == 401) own("");
    if (!answer.ok) throw 0;
    return answer;
  };

  const own = p => {
    store("p", pass = p);
    stream?.abort();
    tell({ p });
    seen = p && seen;
  };

  const view = async () => {
    const u = location.href.slice(0, 2e3);
    nextView = Date.now() + views++ * 50; // a page that changes its address without end is told less and less often
    try {
      const answer = await (await post("view", { r: referrer, u, t: (d.title + "").slice(0, 2e3), m: w.Live800.member || "", i: ids })).json();
      referrer = u;
      lost = 0;
      answer.p && own(answer.p);
      take(answer.e);
    } catch {
      seen = 0;
      nextView = later();
    }
  };

  const paint = () => {
    ids = [];
    for (const img of d.querySelectorAll('img[src^="' + url + 'icon/"]')) {
      const id = img.src.slice(url.length).match(/\d+/), [state, alt, css] = icons[id] || [], src = url + "icon/" + id + "?s=" + state;
      ids.push(id);
      if (alt && img.src != src) {
        img.src = src;
        img.alt = alt;
        if (css && img.closest("a")) img.closest("a").style.cssText = css;
      }
    }
  };

  const take = events => {
    for (const e of events) {
      if (e.t == "icons") icons = e.on, paint();
      if (e.t == "msg") {
        store("c", cursor = e.c + "." + e.n);
        e.a == "g" && open(0);
      }
      e.o && open(2);
      tell({ e });
    }
  };
  const mirror = events => {
    channel?.postMessage(events);
    take(events);
  };

  // One stream per visitor, held by the leading tab. After two attempts without a single event (blocked, or buffered by
  // something on the way) it asks instead, and tries a stream again every ninth time.
  const run = async () => {
    const poll = misses > 1 && ++misses % 9;
    let buffer = "";
    stream = new AbortController;
    deadline = Date.now() + 1e4;
    nextStream = Date.now() + (frame ? 3e3 : 15e3);
    try {
      const answer = await post(poll ? "poll" : "stream", { c: cursor, i: ids }, stream.signal);
      if (poll) mirror((await answer.json()).e);
      else {
        const reader = answer.body.getReader(), decoder = new TextDecoder;
        for (;;) {
          const part = await reader.read();
          if (part.done) throw 0;
          deadline = Date.now() + 45e3;
          const lines = (buffer + decoder.decode(part.value, { stream: true })).split("\n");
          buffer = lines.pop();
          for (const line of lines) if (line[0] == "d") {
            misses = lost = 0;
            mirror([parse(line.slice(5))]);
          }
        }
      }
    } catch {
      poll || misses++;
      nextStream = later();
    }
    stream = null;
  };

  const style = css => frame.style.cssText = ("all:initial;position:fixed;z-index:2147483647;border:0;" + css).replace(/;/g, "!important;");
  const tell = message => ready && frame.contentWindow?.postMessage(message, origin);
  const need = () => {
    const root = d.documentElement; // not body: frameworks replace it, and a transform on it would carry the frame away
    if (!frame) {
      frame = d.createElement("iframe");
      frame.src = url + "frame?lang=" + root.lang + "#" + location.origin;
      style("visibility:hidden;");
    w.addEventListener("message", e => {
      if (e.source == frame.contentWindow && e.origin == origin) {
        const m = e.data;
        store("s", m.s);
        style(m.c);
        frame.title = m.t;
        m.x && own("");
        m.f && opener?.focus();
        if (m.g) location.href = m.g;
        if (m.r) {
          ready = 1;
          tell({ p: pass, k: page, s: store("s"), o: wanted, g: typed });
          wanted = 0;
        }
      }
    });
    }
    if (!frame.isConnected) {
      ready = 0;
      root.appendChild(frame);
    }
  };
  const open = o => {
    need();
    if (ready) tell({ o });
    else wanted = wanted || o;
  };

  // The leader holds the Web Lock, or where there is none (no secure context) a lease that it renews; a tab that could not
  // pass events on (no channel) leads itself.
  const tick = () => {
    const now = Date.now(), here = location.href + w.Live800.member, shared = store("p");
    if (d.prerendering) return;
    if (!locks) {
      const [who, when] = (store("l") || "").split(".");
      lead = (!channel || who == page || !(now - when < 5e3)) && (store("l", page + "." + now), Date);
    } else if (!lead) locks.request(name, { ifAvailable: true }, lock => lock && new Promise(free => {
      lead = free;
      tick();
    })).catch(() => lead = Date);
    shared && shared != pass && own(shared);
    // Somebody new gets his pass through the leader, so that tabs opened together are one visitor.
    paint();
    if (here != seen && now > nextView && (pass || lead || now > deadline)) view(seen = here);
    frame && need();
    if (stream) (!lead || now > deadline) && stream.abort();
    else lead && pass && now > nextStream && run();
  };

  const start = () => {
    try {
      channel = new BroadcastChannel(name);
      channel.onmessage = m => take(m.data);
    } catch {}
    cursor = store("c") || "";
    for (const type of ["pointerover", "focusin", "click", "input"]) d.addEventListener(type, e => {
      if (type == "input") tell({ g: typed = 1 }); // a pushed page asks then (S2.1)
      const link = e.target.closest?.('a[href^="' + base + "/chat/" + code + '"]');
      if (!link) return;
      if (type[5]) pass && need(); // nobody's frame is warmed on a site that may not carry the code (5)
      // A second click while the frame does not come is let through: the link leads to the full-page chat.
      else if (!(e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || wanted)) {
        e.preventDefault();
        opener = link;
        open(link.search || 1);
      }
    }, 1);
    // A phone's keyboard: the frame itself cannot see what is left of the window.
    w.visualViewport?.addEventListener("resize", e => tell({ w: w.innerWidth, h: e.target.height, y: e.target.offsetTop }));
    w.addEventListener("pagehide", () => {
      lead && lead();
      lead = seen = 0;
      stream?.abort();
      pass && navigator.sendBeacon(url + "leave", form());
    });
    store("s") && need();
    setInterval(tick, 1e3);
    tick();
  };

  const api = { close: () => frame && open(-1), open: () => open(1), logout: () => (own(w.Live800.member = ""), open(-2)) };
  w.Live800 = { ...api, ...w.Live800, [name]: api };
  const soon = () => (w.requestIdleCallback || setTimeout)(start);
  d.readyState == "complete" ? soon() : w.addEventListener("load", soon);
}))(window, document, fetch, JSON.parse);
