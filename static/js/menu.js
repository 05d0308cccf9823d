// The menu on a phone closes on Escape and when you tap next to it. It opens and closes without this file.
(() => {
  const menu = document.querySelector(".menu-knop");
  if (!menu) return;

  document.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (gebeurtenis) => {
    if (menu.open && !menu.contains(gebeurtenis.target)) menu.open = false;
  });
})();
