// Quick exit: the link works without this file. With it, "back" does not return here, and Esc twice does the same.
(() => {
  const knop = document.querySelector("[data-snel-weg]");
  if (!knop) return;

  const weg = () => {
    document.documentElement.hidden = true;
    window.history.replaceState(null, "", "/");
    window.location.replace(knop.href);
  };

  knop.addEventListener("click", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    weg();
  });

  // On a small screen the button floats: what gets the focus is never left under it.
  document.addEventListener("focusin", ({ target }) => {
    if (target === knop || getComputedStyle(knop).position !== "fixed") return;
    requestAnimationFrame(() => {
      const [boven, onder] = [knop.getBoundingClientRect(), target.getBoundingClientRect()];
      if (onder.bottom <= boven.top || onder.top >= boven.bottom || onder.right <= boven.left) return;
      const nodig = onder.bottom - boven.top + 8;
      window.scrollBy(0, Math.min(nodig, Math.max(onder.top - 8, 0)));
    });
  });

  let vorige = 0;
  document.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key !== "Escape") return;
    const nu = gebeurtenis.timeStamp;
    if (nu - vorige < 1000) weg();
    vorige = nu;
  });
})();
