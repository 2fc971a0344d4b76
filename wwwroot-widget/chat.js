// The full-page chat has no loader and no window of its own around the frame: this script plays that part in the same
// window, with the same messages. Events by one stream, or by asking where streams do not come through.
(() => {
  const d = document, { code, url } = d.body.dataset, name = "live800-page-" + code + "-";
  const page = Math.random().toString(36).slice(2, 12);
  let pass, cursor = "", viewed = false, nextView = 0, stream, heard, patience, misses = 0, lost = 0, nextStream = 0;

  const store = (area, key, value) => {
    try {
      if (value != null) window[area][name + key] = value;
      return window[area][name + key] || "";
    } catch {
      return "";
    }
  };
  const tell = message => postMessage(message, location.origin);
  const take = events => {
    for (const e of events) {
      if (e.t == "msg") cursor = e.c + "." + e.n;
      tell({ e });
    }
  };
  const form = fields => new URLSearchParams({ p: pass || "", k: page, ...fields });
  const post = async (path, fields, signal) => {
    const answer = await fetch(url + path, { method: "POST", body: form(fields), signal });
    if (answer.status == 401) drop();
    if (!answer.ok) throw answer;
    return answer;
  };
  const own = p => {
    pass = store("localStorage", "pass", p) || p;
    if (stream) stream.abort();
    tell({ p, k: page });
  };
  const drop = () => {
    own("");
    viewed = false;
  };
  const later = () => {
    lost = lost || Date.now();
    return Date.now() + 500 + Math.random() * (Date.now() - lost < 6e4 ? 3500 : 29500);
  };

  const view = () => {
    viewed = true;
    post("view", { u: location.href.slice(0, 2e3), t: d.title, r: d.referrer.slice(0, 2e3), i: "" }).then(r => r.json()).then(a => {
      lost = 0;
      if (a.p) own(a.p);
      take(a.e);
    }).catch(() => {
      viewed = false;
      nextView = later();
    });
  };

  const run = async () => {
    const poll = misses > 1 && ++misses % 9;
    let buffer = "";
    stream = new AbortController();
    heard = Date.now();
    patience = 1e4;
    nextStream = heard + 3e3;
    try {
      const answer = await post(poll ? "poll" : "stream", { c: cursor, i: "" }, stream.signal);
      if (poll) take((await answer.json()).e);
      else {
        const reader = answer.body.getReader(), decoder = new TextDecoder();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) throw 0;
          heard = Date.now();
          const lines = (buffer + decoder.decode(value, { stream: true })).split("\n");
          buffer = lines.pop();
          for (const line of lines) if (line.startsWith("data:")) {
            misses = lost = 0;
            patience = 45e3;
            take([JSON.parse(line.slice(5))]);
          }
        }
      }
    } catch {
      if (!poll) misses++;
      nextStream = later();
    }
    stream = 0;
  };

  const tick = () => {
    const now = Date.now();
    if (d.prerendering) return;
    if (!viewed && now > nextView) view();
    if (stream) now - heard > patience && stream.abort();
    else if (pass && now > nextStream) run();
  };

  addEventListener("message", ({ source, origin, data }) => {
    if (source != window || origin != location.origin || !data || data.c == null) return; // what the frame says always has a "c"
    if (data.x) drop();
    if (data.r) {
      // Coming here is a click on the icon; a reload is not another one.
      tell({ p: pass, k: page, s: "o", o: store("sessionStorage", "here") ? 0 : 1 });
      store("sessionStorage", "here", 1);
    }
  });
  addEventListener("pagehide", () => {
    viewed = false; // coming back from the back/forward cache is a view again
    if (stream) stream.abort();
    if (pass) navigator.sendBeacon(url + "leave", form());
  });
  pass = store("localStorage", "pass");
  setInterval(tick, 1e3);
  tick();
})();
