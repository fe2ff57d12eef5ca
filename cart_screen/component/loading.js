/*
Page data: the criteria and the words of one set and language, each in a file of its own.

  CartScreen.define(page) takes page data (data.py): the file of a set and a language calls it. CartScreen.known =
  {sets: {name: [language]}, messages: {language: words}} says which there are.

  CartScreen.pageData = {get(set, language) -> page or undefined, load(set, language) -> Promise, file(set, language)}
      load takes cart-screen.SET.LANGUAGE.js from the folder of this script, once.
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const { h, known } = CartScreen;
  const folder = new URL(".", (document.currentScript && document.currentScript.src) || document.baseURI);

  const pages = new Map();
  const loading = new Map();
  const key = (set, language) => `${set}.${language}`;

  CartScreen.define = (page) => {
    pages.set(key(page.set, page.language), page);
    known.sets[page.set] = [...new Set([...(known.sets[page.set] || []), page.language])];
  };

  const file = (set, language) => `cart-screen.${set}.${language}.js`;
  const load = (set, language) => {
    const name = key(set, language);
    if (!loading.has(name))
      loading.set(
        name,
        new Promise((resolve, reject) => {
          const onload = () => (pages.has(name) ? resolve() : onerror());
          const onerror = () => {
            script.remove();
            loading.delete(name);
            reject(new Error(name));
          };
          const script = h("script", { src: new URL(file(set, language), folder).href, onload, onerror });
          document.head.append(script);
        }),
      );
    return loading.get(name);
  };

  CartScreen.pageData = { file, load, get: (set, language) => pages.get(key(set, language)) };
})();
