/* Shows another measure on the map the moment it is chosen on the page, before the server has answered.
 *
 * The page around the map's frame is Streamlit's, of the same server. The map looks at one thing there: which radio button of the
 * named group is on, however that came about (a click, a key, a finger). It changes nothing in the page.
 */
window.wardAhead = (function () {
  "use strict";

  let offered = null; // what may be chosen next: the group's name and colours by title
  let show = null;
  let watching = null;

  function follow(ahead, paint) {
    offered = ahead;
    show = paint;
    if (!offered || watching) return;
    watching = new MutationObserver((changes) => changes.forEach((one) => look(one.target)));
    watching.observe(window.parent.document, { subtree: true, attributeFilter: ["aria-checked"] });
    window.addEventListener("pagehide", () => watching.disconnect());
  }

  function look(button) {
    if (!offered || button.getAttribute("aria-checked") !== "true") return;
    const group = button.closest("[role=radiogroup]");
    if (!group || group.getAttribute("aria-label") !== offered.control) return;
    const chosen = offered.colours.find(({ title }) => title === button.textContent.trim());
    if (chosen) show(chosen);
  }

  return { follow };
})();
