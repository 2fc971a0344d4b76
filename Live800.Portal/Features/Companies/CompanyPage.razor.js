// Brings the chosen entry of the company's menu into sight where the menu is a strip.
export const show = menu => {
  const chosen = menu && menu.querySelector(".active");
  if (chosen) menu.scrollLeft = chosen.offsetLeft - (menu.clientWidth - chosen.offsetWidth) / 2;
};
