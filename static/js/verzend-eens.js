// A form with data-verzend-eens goes out once: a second tap within five seconds is ignored. The server checks too.
(() => {
  for (const formulier of document.querySelectorAll("form[data-verzend-eens]")) {
    let laatst = -Infinity;
    formulier.addEventListener("submit", (gebeurtenis) => {
      if (gebeurtenis.timeStamp - laatst < 5000) {
        gebeurtenis.preventDefault();
        return;
      }
      laatst = gebeurtenis.timeStamp;
    });
  }
})();
