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

  let vorige = 0;
  document.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key !== "Escape") return;
    const nu = gebeurtenis.timeStamp;
    if (nu - vorige < 1000) weg();
    vorige = nu;
  });
})();
