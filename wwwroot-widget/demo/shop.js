// The demo shop's own script: a basket in this browser's storage. Nothing in it knows of the chat.
(() => {
  const read = () => { try { return JSON.parse(localStorage.getItem("basket")) || {}; } catch { return {}; } };
  const write = basket => { try { localStorage.setItem("basket", JSON.stringify(basket)); } catch {} };
  const goods = {
    "oak-table": ["橡木餐桌 1.6 米", 2180], "round-table": ["圆餐桌 1.2 米", 1880], "desk": ["橡木书桌", 1460], "bench": ["长凳 1.4 米", 760],
    "nordic-chair": ["北欧餐椅", 420], "wishbone-chair": ["Y 形椅", 680], "cloud-sofa": ["云朵沙发 三人", 4980], "two-seat-sofa": ["双人沙发", 3280],
    "cabinet": ["餐边柜 1.6 米", 2680], "bookshelf": ["开放书架", 1380], "bed": ["橡木床 1.8 米", 3880], "floor-lamp": ["亚麻落地灯", 560],
  };
  const money = n => "¥" + n.toLocaleString("zh-CN");
  const make = (tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text != null) e.textContent = text;
    return e;
  };

  const count = () => {
    const n = Object.values(read()).reduce((a, b) => a + b, 0);
    document.querySelectorAll("[data-count]").forEach(e => { e.textContent = `购物车 (${n})`; });
  };

  const list = document.getElementById("basket");
  const show = () => {
    if (!list) return;
    const rows = Object.entries(read()).filter(([id, n]) => goods[id] && n > 0);
    document.getElementById("empty").hidden = rows.length > 0;
    document.getElementById("filled").hidden = rows.length == 0;
    let sum = 0;
    list.replaceChildren(...rows.map(([id, n]) => {
      const [name, price] = goods[id];
      sum += n * price;
      const row = make("tr"), item = make("td"), box = make("div", "item"), img = make("img");
      img.src = `/pictures/${id}.svg`;
      img.alt = "";
      img.width = 96;
      img.height = 66;
      box.append(img, name);
      item.append(box);
      const less = make("button", "btn plain", "减一件");
      less.onclick = () => {
        const basket = read();
        basket[id] = n - 1;
        write(basket);
        count();
        show();
      };
      const last = make("td", "num");
      last.append(less);
      row.append(item, make("td", "num", n), make("td", "num", money(n * price)), last);
      return row;
    }));
    document.getElementById("sum").textContent = money(sum);
  };

  document.querySelectorAll("[data-add]").forEach(b => b.addEventListener("click", () => {
    const basket = read();
    basket[b.dataset.add] = (basket[b.dataset.add] || 0) + 1;
    write(basket);
    count();
    b.textContent = "已加入购物车";
    setTimeout(() => { b.textContent = "加入购物车"; }, 1600);
  }));
  document.querySelectorAll("form[data-thanks]").forEach(f => f.addEventListener("submit", e => {
    e.preventDefault();
    f.replaceChildren(make("p", "note", f.dataset.thanks));
  }));
  count();
  show();
})();
