/*
The elements that pages are made of. Every text is a text node and every style stands in the style sheet.

  CartScreen.h(tag, attributes, ...children) -> Element; attributes that begin with "on" are listeners
  CartScreen.elements = {h, paragraphs, list, heading, button, link, box, details, row, option, unique, described}
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const h = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {}))
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value) element.setAttribute(name, value === true ? "" : value);
    element.append(...children.flat(9).filter(Boolean));
    return element;
  };
  const paragraphs = (texts) => texts.filter(Boolean).map((text) => h("p", {}, text));
  const list = (entries) => h("ul", {}, entries.map((entry) => h("li", {}, entry)));
  const heading = (text) => h("h1", { tabindex: -1, part: "heading" }, text);
  const button = (text, onclick, part = "button secondary") => h("button", { type: "button", part, onclick }, text);
  const link = ({ title, url }) =>
    /^https?:/.test(url) ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, title) : title;
  const box = (part, title, ...children) => h("section", { part }, h("h2", {}, title), children);
  const details = (summary, ...children) => h("details", {}, h("summary", {}, summary), children);
  const row = (head, ...cells) => h("div", {}, h("dt", {}, head), cells.map((cell) => h("dd", {}, cell)));
  const unique = (values) => [...new Set(values)];
  const described = (...ids) => ids.filter(Boolean).join(" ") || null;

  const option = (type, name, value, label, checked, onchange) => {
    const id = `${name}-${value}`;
    const input = h("input", { type, name, id, value: `${value}`, checked, onchange, part: type });
    return h("div", { part: "option" }, input, h("label", { for: id }, label));
  };

  Object.assign(CartScreen, { h, elements: { h, paragraphs, list, heading, button, link, box, details, row, option, unique, described } });
})();
