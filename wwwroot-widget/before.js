// What the company asks before a conversation begins (5). Comes with the first refusal that says what is asked, stands in the
// composer's place, and what was begun goes on once it is answered: here, or in another tab.
const d = document, root = d.documentElement, text = {/* texts, by language */}[root.lang];
let form, asked, watch, middle; // while the form stands: whether the frame remembers it, for a reload in the middle asks again

try {
  const style = new CSSStyleSheet();
  style.replaceSync("#before{flex:none;max-height:80%;overflow-y:auto;padding:12px 14px 14px;border-top:1px solid var(--line)}#before~#write,#closed:not([hidden])~#before{display:none}"
    + "#before p{padding-bottom:10px;line-height:22px;overflow-wrap:anywhere}#before input{margin-bottom:10px}#before [role=alert]{color:var(--bad);font-size:14px}#before [aria-invalid]{border-color:var(--bad)}#before p:empty{display:none}#before .yes{width:100%;margin:0}");
  d.adoptedStyleSheets = [...d.adoptedStyleSheets, style];
} catch (e) {}

export default ({ $, make, post, tab, keep, kept, f, go }) => {
  const now = JSON.stringify(f.a.map(a => [a.n, a.r]));
  if (form && asked == now) return;
  const before = form && form.elements, box = make("form"), words = make("p", "", f.q[root.lang] || text.Words), bad = make("p"), start = make("button", "yes", text.Start);
  const gone = () => {
    watch.disconnect();
    form.remove();
    form = middle = 0;
    keep(tab, "ask");
    delete $("text").focus;
  };
  const done = () => {
    gone();
    go();
    if (d.hasFocus()) $("text").focus();
  };
  const fields = f.a.map(({ n, r, l, v }) => {
    const label = make("label", "", text[n] + " "), input = make("input");
    label.htmlFor = input.id = "before-" + n;
    label.append(make("small", "", text[r > 1 ? "Required" : "Optional"]));
    input.name = n;
    input.type = input.autocomplete = n == "phone" ? "tel" : n;
    input.required = r > 1;
    input.maxLength = l;
    input.dir = "auto";
    input.value = before && before[n] ? before[n].value : v;
    box.append(label, input);
    return input;
  });
  words.id = "before-words";
  words.dir = "auto";
  box.id = "before";
  box.noValidate = true; // the server says what is wrong, in the visitor's language
  box.setAttribute("aria-labelledby", words.id);
  bad.id = "before-bad";
  bad.setAttribute("role", "alert");
  box.prepend(words);
  box.append(bad, start);
  box.onsubmit = e => {
    e.preventDefault();
    if (start.disabled) return;
    start.disabled = true;
    bad.textContent = "";
    for (const field of fields) field.removeAttribute("aria-invalid");
    post("answers", Object.fromEntries(fields.map(field => [field.name, field.value]))).then(() => form == box && done(), no => {
      start.disabled = false;
      bad.textContent = no.m || text.Failed;
      const at = fields.find(field => no.r == "AnswerRequired" ? field.required && !field.value.trim() : (no.r || "").toLowerCase().startsWith(field.name));
      if (at) {
        at.setAttribute("aria-invalid", true);
        at.setAttribute("aria-describedby", bad.id);
      }
      (at || start).focus();
    });
  };
  if (form) gone();
  form = box;
  asked = now;
  keep(tab, "ask", 1);
  middle = () => kept(tab, "ask");
  // A conversation runs: he answered in another tab, or an agent began one.
  watch = new MutationObserver(() => form == box && !$("end").hidden && done());
  watch.observe($("end"), { attributes: true });
  $("write").before(box);
  // Whoever comes to the chat comes to the form.
  $("text").focus = () => fields[0].focus();
  if (d.hasFocus()) fields[0].focus();
};

// Somebody else (after a logout) does not find what the one before typed: the frame has forgotten all it kept.
addEventListener("message", () => {
  if (middle && !middle()) {
    watch.disconnect();
    form.remove();
    form = middle = 0;
  }
});
