// A step on a case opens in place: the answer that is being written stays. Without this file the link opens the page anew.
"use strict";
document.addEventListener("click", async (klik) => {
  const link = klik.target.closest("a[data-daad]");
  if (!link || klik.button || klik.ctrlKey || klik.metaKey || klik.shiftKey || klik.altKey) return;
  klik.preventDefault();
  try {
    const pagina = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const veld = pagina.querySelector(".daden [autofocus]");
    veld.removeAttribute("autofocus"); // focus() does it: a browser complains about an autofocus that comes later
    link.closest("li").replaceWith(document.adoptNode(veld.closest("li")));
    veld.focus();
  } catch {
    location.assign(link.href); // no answer, or another page: the login, say
  }
});
