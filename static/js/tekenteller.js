// Says how many characters are left in a textarea with maxlength and data-tekenteller, once it is nearly full.
(() => {
  for (const veld of document.querySelectorAll("textarea[maxlength][data-tekenteller]")) {
    const melding = document.createElement("p");
    melding.className = "aantal-tekens";
    melding.setAttribute("aria-live", "polite");
    veld.insertAdjacentElement("afterend", melding);

    const toon = () => {
      const over = veld.maxLength - veld.value.length;
      melding.textContent = over > veld.maxLength / 4 ? "" : `Je kunt nog ${over} tekens schrijven.`;
    };
    veld.addEventListener("input", toon);
    toon();
  }
})();
