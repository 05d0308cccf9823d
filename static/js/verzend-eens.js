// A form with data-verzend-eens goes out once: a second tap within five seconds is ignored. The server checks too.
(() => {
  const laatst = new WeakMap();
  document.addEventListener("submit", (gebeurtenis) => {
    const formulier = gebeurtenis.target;
    if (!formulier.matches("form[data-verzend-eens]") || gebeurtenis.submitter?.formTarget) return; // looking first sends nothing
    if (gebeurtenis.timeStamp - (laatst.get(formulier) ?? -Infinity) < 5000) {
      gebeurtenis.preventDefault();
      return;
    }
    laatst.set(formulier, gebeurtenis.timeStamp);
  });
})();
