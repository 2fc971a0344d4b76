// The visitor rates the conversation, one to five, with words if he likes. Loaded when a line says that he may.
const text = {/* texts, by language */}[document.documentElement.lang];

export default ({ at, make, button, uuid, send, end }) => {
  const box = make("form"), question = make("p", "b", text.Question), stars = make("p"), word = make("p", "f"), words = make("textarea"), bad = make("p", "f"), go = button(text.Send);
  box.setAttribute("aria-label", text.Question);
  box.style.cssText = "margin:12px 0 0;padding:10px 12px;border:1px solid var(--line-strong);border-radius:8px";
  question.style.cssText = "max-width:none;padding:0;background:none;font-weight:600";
  stars.setAttribute("role", "group");
  stars.setAttribute("aria-label", text.Question);
  word.setAttribute("role", "status");
  bad.setAttribute("role", "alert");
  const id = uuid();
  let score = 0;
  const all = [1, 2, 3, 4, 5].map(n => {
    const star = button("★", () => {
      score = n;
      all.forEach((other, i) => {
        other.style.color = i < n ? "var(--co-text)" : "var(--line-strong)";
        other.setAttribute("aria-pressed", i + 1 == n);
      });
      word.textContent = text["Word" + n];
      words.hidden = go.hidden = false;
      end();
    });
    star.setAttribute("aria-label", text.Star.replace("{0}", n) + " " + text["Word" + n]);
    star.setAttribute("aria-pressed", false);
    star.style.cssText = "width:44px;height:44px;font-size:28px;line-height:44px;color:var(--line-strong)";
    return star;
  });
  stars.append(...all);
  words.rows = 2;
  words.maxLength = 500;
  words.dir = "auto";
  words.placeholder = text.Words;
  words.setAttribute("aria-label", text.Words);
  words.style.margin = "6px 0 8px";
  words.hidden = go.hidden = true;
  go.type = "submit";
  go.className = "yes";
  go.style.cssText = "height:44px;padding:0 16px";
  // One id until it is stored: a second try is the same rating.
  box.onsubmit = e => {
    e.preventDefault();
    if (!score || go.disabled) return;
    go.disabled = true;
    bad.textContent = "";
    send({ id, n: score, x: words.value }).then(() => box.remove(), fault => {
      go.disabled = false;
      // Rated in another tab, or too late: nothing is left to do here.
      if (/^(AlreadyRated|Conversation)/.test(fault.r)) box.remove();
      else bad.textContent = fault.m || text.Failed;
    });
  };
  box.append(question, stars, word, words, go, bad);
  at.append(box);
  end();
};
