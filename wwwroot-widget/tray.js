// What both sides of a conversation use for files and signs: the visitor's frame and the agents' composer. Loaded with the first of them.
export const longest = 2560, most = 20 * 1048576;
export const accepted = file => /\.(png|jpe?g|gif|webp|pdf|txt|csv|zip|docx?|xlsx?|pptx?)$/i.test(file.name);

const all = "😀😁😂🤣😊😉😍🥰😘😋😎🤔🙂😅😓😢😭😡😱😴🤝👍👎👌🙏👏💪✌👋👉🙋🤗🎉🎁🌹❤💔💯🔥⭐✨☀🌙☕🍵🍎🎂🚚📦📞📷📌📎📝✅❌❓❗⏰💰💳🏠";

const sized = (bitmap, width, height) => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
};
const packed = (canvas, type) => new Promise(done => canvas.toBlob(done, type, .88));

// A large picture becomes smaller here, beside the page's own work. What cannot be read stays as it is: the server says what is wrong with it.
export const shrink = async file => {
  if (!/^image\/(png|jpeg|webp)$/.test(file.type)) return file;
  try {
    const bitmap = await createImageBitmap(file), ratio = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    if (ratio == 1 && file.size <= most) {
      bitmap.close();
      return file;
    }
    const canvas = sized(bitmap, Math.round(bitmap.width * ratio) || 1, Math.round(bitmap.height * ratio) || 1);
    let blob = file.type == "image/png" && await packed(canvas, file.type);
    if (!blob || blob.size > most) blob = await packed(canvas, "image/jpeg");
    return new File([blob], file.name.replace(/\.\w+$/, "") + (blob.type == "image/png" ? ".png" : ".jpg"), { type: blob.type });
  } catch (e) {
    return file;
  }
};

// The box a picture stands in, known before it is there, so that nothing jumps.
export const box = (width, height) => {
  const ratio = Math.min(1, 240 / width, 180 / height);
  return [Math.max(24, Math.round(width * ratio)), Math.max(24, Math.round(height * ratio))];
};
// Drawn, not linked: no page needs to allow addresses of blobs for it.
export const thumb = async blob => {
  const bitmap = await createImageBitmap(blob);
  return sized(bitmap, ...box(bitmap.width, bitmap.height));
};

export const size = bytes => bytes < 1024 ? bytes + " B" : bytes < 1048576 ? Math.round(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";

// The fields first, the file last: so the server reads it piece by piece.
export const send = (url, fields, file, headers, progress) => {
  const x = new XMLHttpRequest(), form = new FormData();
  for (const k of Object.keys(fields)) form.append(k, fields[k]);
  form.append("f", file, "f");
  const done = new Promise((stored, failed) => {
    x.addEventListener("load", () => {
      let a = {};
      try { a = JSON.parse(x.responseText); } catch (e) {}
      if (x.status == 200 && a.n) stored(a);
      else failed({ ...a, status: x.status });
    });
    for (const e of ["error", "abort", "timeout"]) x.addEventListener(e, () => failed({ status: 0 }));
  });
  x.upload.addEventListener("progress", e => progress(e.loaded / (e.total || 1)));
  x.open("POST", url);
  for (const k of Object.keys(headers)) x.setRequestHeader(k, headers[k]);
  x.send(form);
  return { done, stop: () => x.abort() };
};

// Fills an element with signs, those used last first. One stop for Tab, arrows within, Escape and a second press close.
export const grid = (root, into, key, close) => {
  let last = [];
  try { last = [...localStorage[key] || ""].slice(0, 8); } catch (e) {}
  const signs = [...last, ...[...all].filter(sign => !last.includes(sign))];
  root.replaceChildren(...signs.map((sign, i) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = sign;
    b.tabIndex = i ? -1 : 0;
    b.onclick = () => {
      into.setRangeText(sign, into.selectionStart, into.selectionEnd, "end");
      into.dispatchEvent(new Event("input", { bubbles: true }));
      try { localStorage[key] = [sign, ...last.filter(one => one != sign)].slice(0, 8).join(""); } catch (e) {}
      close();
      into.focus();
    };
    return b;
  }));
  root.onkeydown = e => {
    const at = [...root.children].indexOf(document.activeElement);
    const wide = [...root.children].filter(b => b.offsetTop == root.firstChild.offsetTop).length;
    const to = at + ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide }[e.key] || 0);
    if (e.key == "Escape") {
      close();
      into.focus();
    } else if (to == at) return;
    else if (root.children[to]) {
      root.children[at].tabIndex = -1;
      root.children[to].tabIndex = 0;
      root.children[to].focus();
    }
    e.preventDefault();
    e.stopPropagation();
  };
  root.firstChild.focus();
};
