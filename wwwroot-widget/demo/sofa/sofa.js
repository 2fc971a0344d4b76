// A small single-page application: every step and every choice has an address of its own, made with pushState.
(() => {
  const svg = (tag, attributes) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    return e;
  };
  const steps = {
    seats: { name: "座位", choices: { two: ["双人 1.7 米", 0], three: ["三人 2.3 米", 1700], four: ["四人 2.9 米", 3100] } },
    fabric: { name: "面料", choices: { slate: ["雾蓝", 0], sage: ["灰绿", 0], sand: ["米白", 200], rust: ["陶红", 200] } },
    legs: { name: "沙发脚", choices: { oak: ["橡木", 0], black: ["黑色钢", 120] } },
  };
  const colours = { slate: ["#7D8CA3", "#66748b", "#8b99af"], sage: ["#9AA68F", "#818e76", "#a8b39e"], sand: ["#E2D8C5", "#cdbfa6", "#ece4d5"], rust: ["#B86B4B", "#9d5638", "#c57d5f"] };
  const chosen = { seats: "three", fabric: "slate", legs: "oak" };
  let step = "seats";

  const path = (s, c) => "/sofa/" + s + "/" + c;
  const read = () => {
    const [, , s, c] = location.pathname.split("/");
    if (steps[s]) {
      step = s;
      if (steps[s].choices[c]) chosen[s] = c;
    }
  };
  const go = (s, c) => {
    history.pushState(null, "", path(s, c || chosen[s]));
    read();
    show();
  };

  const draw = () => {
    const n = { two: 2, three: 3, four: 4 }[chosen.seats], width = 90 * n + 60, left = (520 - width) / 2;
    const [body, dark, light] = colours[chosen.fabric], leg = chosen.legs == "oak" ? "#8a6a3f" : "#33363c";
    const picture = svg("svg", { viewBox: "0 0 520 360", role: "img", "aria-label": "云朵沙发，" + Object.keys(steps).map(s => steps[s].choices[chosen[s]][0]).join("，") });
    const box = (x, y, w, h, r, fill) => picture.append(svg("rect", { x, y, width: w, height: h, rx: r, fill }));
    box(0, 286, 520, 74, 0, "#E7E0D4");
    box(left, 120, width, 120, 28, dark);
    for (let i = 0; i < n; i++) box(left + 30 + i * 90 + 2, 138, 86, 78, 12, body);
    for (let i = 0; i < n; i++) box(left + 30 + i * 90 + 1, 206, 88, 42, 9, light);
    box(left - 18, 158, 46, 112, 18, body);
    box(left + width - 28, 158, 46, 112, 18, body);
    box(left - 8, 240, width + 16, 34, 6, dark);
    box(left + 6, 274, 9, 30, 2, leg);
    box(left + width - 15, 274, 9, 30, 2, leg);
    document.getElementById("picture").replaceChildren(picture);
  };

  const show = () => {
    document.title = "云朵沙发，" + steps[step].choices[chosen[step]][0] + " - 清风家居";
    document.getElementById("price").textContent = "¥" + (3280 + Object.keys(steps).reduce((sum, s) => sum + steps[s].choices[chosen[s]][1], 0)).toLocaleString("zh-CN");
    document.getElementById("steps").replaceChildren(...Object.keys(steps).map(s => {
      const a = document.createElement("a");
      a.href = path(s, chosen[s]);
      a.textContent = steps[s].name;
      if (s == step) a.setAttribute("aria-current", "step");
      a.onclick = e => {
        e.preventDefault();
        go(s);
      };
      return a;
    }));
    const choices = document.getElementById("choices");
    choices.setAttribute("aria-label", steps[step].name);
    choices.replaceChildren(...Object.entries(steps[step].choices).flatMap(([c, [name]]) => {
      const input = document.createElement("input"), label = document.createElement("label");
      input.type = "radio";
      input.name = "choice";
      input.id = "c-" + c;
      input.checked = chosen[step] == c;
      input.onchange = () => {
        go(step, c);
        document.getElementById("c-" + c).focus();
      };
      label.htmlFor = input.id;
      label.textContent = name;
      return [input, label];
    }));
    document.getElementById("words").textContent = "已选：" + Object.keys(steps).map(s => steps[s].choices[chosen[s]][0]).join(" · ");
    draw();
  };

  addEventListener("popstate", () => {
    read();
    show();
  });
  read();
  show();
})();
