// Opens the facets where there is room for them; on a phone, and without this file, they stay folded.
if (window.matchMedia("(min-width: 62rem)").matches) {
  for (const facet of document.querySelectorAll(".facetten details")) facet.open = true;
}
