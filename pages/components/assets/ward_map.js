/* The ward map in the browser.
 *
 * `wardMap.create` draws window.wardOutlines once; `wardMap.paint` recolours what is drawn. One map a window: streamlit-folium
 * gives each its own frame. Names, labels and notes become text nodes, never HTML. Wards are known by their place in the
 * outlines file.
 *
 * Stands before Leaflet, in one file with it, and is loaded before the outlines, so as to notice what happens while they load.
 *
 * `data-painted` on the map's element is the stamp of the view that is on the screen: tests wait for it.
 */
window.wardMap = (function () {
  "use strict";

  const CANVAS_ABOVE = 2000; // wards: beyond this so many SVG elements are slower than redrawing one canvas
  const TILE = 8; // pixels, of a pattern
  const STROKE = 1.4; // pixels, of hatching
  const HAIRLINE = 0.6; // pixels, between wards
  const DISTRICT = 1.4;
  const SEVERAL = 8; // wards chosen together: beyond this their outlines are thinner
  const THEMES = {
    light: { border: "#59616b", district: "#39414b", line: "#0b0c0c", casing: "#ffffff" },
    dark: { border: "#aeb6c1", district: "#d5dbe3", line: "#0b0c0c", casing: "#ffffff" },
  };
  const PATIENCE = 5000; // milliseconds in which the server must say what is shown ahead of it
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  let map, whole, wards, districts, caption, outlines, resting;
  const paths = []; // by place
  let view = { codes: "", classes: [], neighbours: [], chosen: [], adding: false, selected: null, notes: null, dark: null, stamp: "" };
  let fills = []; // by class
  let asked = null; // the theme for which a run was asked
  let touched = false; // whether the person has moved the map: until then it follows the size of its frame
  let lastClick = { place: null, at: 0 };
  let told = view; // what the server said last: what is shown ahead of it goes back to this if it does not say the same
  let waiting = null; // for the server to say the same

  let latest = null; // render message from Streamlit

  function create(id, settings) {
    if (window.frameElement) window.frameElement.title = settings.label;
    map = L.map(id, {
      attributionControl: false, // it takes HTML and links outside
      zoomSnap: 0.25,
      maxZoom: 17,
      scrollWheelZoom: false, // until the map has focus: scrolling the page must not zoom
      fadeAnimation: !still,
      zoomAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
    });
    const element = map.getContainer();
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", settings.label);
    whole = L.latLngBounds(settings.bounds);
    showWhole();
    followPerson();
    const many = window.wardOutlines.features.length > CANVAS_ABOVE;
    drawWards(element, many);
    if (window.wardDistrictLines) drawDistricts(many);
    outlines = ["hover", "neighbours", "chosen", "selected"].map(addPane).reduce((all, one) => Object.assign(all, one), {});
    addControls(settings.source);
    return map;
  }

  /* ---- view ---- */

  function showWhole() {
    const size = map.getSize();
    if (size.x < 50 || size.y < 50) { // in a closed tab: fitted when it opens
      map.setView(whole.getCenter(), 8, { animate: false });
      return;
    }
    map.setMinZoom(0);
    map.fitBounds(whole, { padding: [10, 10], animate: false });
    map.setMinZoom(map.getZoom() - 1);
    map.setMaxBounds(whole.pad(0.75));
    resting = map.getZoom();
    touched = false;
  }

  function followPerson() {
    map.on("resize", () => { if (!touched) showWhole(); });
    map.on("dragstart zoomstart keydown", () => { touched = true; });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    // The focus ring is for the keyboard. Leaflet focuses the map by script on a click, which a browser takes for either.
    const element = map.getContainer();
    // Leaflet focuses the map when the button goes down; were the page to scroll then, the click would land elsewhere and be lost.
    element.focus = () => HTMLElement.prototype.focus.call(element, { preventScroll: true });
    element.addEventListener("pointerdown", () => { element.dataset.pointer = ""; }, true);
    element.addEventListener("keydown", () => { delete element.dataset.pointer; }, true);
    element.addEventListener("focusout", () => { delete element.dataset.pointer; });
  }

  /* ---- what is drawn once ---- */

  function drawWards(element, many) {
    const renderer = many ? wardCanvas({ padding: 0.5 }) : L.svg({ padding: 1 });
    element.dataset.renderer = many ? "canvas" : "svg";
    wards = L.geoJson(window.wardOutlines, {
      renderer,
      smoothFactor: 0, // else gaps between wards swallow clicks when zoomed out
      style: { weight: thinner(HAIRLINE, many), fillOpacity: 1, opacity: 1, lineJoin: "round" },
      onEachFeature: prepare,
    }).addTo(map);
    if (many) map.on("zoomend", () => paths.forEach((path) => { path.options.weight = thinner(HAIRLINE, true); }));
    wards.bindTooltip(tip, { sticky: true, className: "ward-tip", opacity: 1 });
    wards.on("mouseover", (event) => outline("hover", [event.layer.place], [["casing", 4], ["line", 1.5]]));
    wards.on("mouseout", () => outline("hover", [], []));
    wards.on("click", (event) => { outline("hover", [], []); (view.adding ? choose : select)(event.layer.place); });
  }

  /* With thousands of wards on the screen, borders of the usual width would cover the colours. */
  function thinner(width, many) {
    return many ? Math.min(width, 0.25 * width * Math.pow(1.6, map.getZoom() - resting)) : width;
  }

  function prepare(feature, path) {
    path.place = paths.length;
    path.toGeoJSON = () => clicked(path.place); // what streamlit-folium returns: not the whole outline
    path.on("add", () => path.getElement && path.getElement() && path.getElement().setAttribute("tabindex", "-1"));
    paths.push(path);
  }

  /* The same ward clicked again is news only if another has been selected in between, or if a click adds and takes away. */
  function clicked(place) {
    if (view.adding || place !== lastClick.place || place !== view.selected) lastClick = { place, at: Date.now() };
    return { type: "Feature", geometry: null, properties: { code: property(place, "code"), at: lastClick.at } };
  }

  function drawDistricts(many) {
    map.createPane("districts").style.zIndex = 410;
    const style = { weight: thinner(DISTRICT, many), fill: false, opacity: 1, lineJoin: "round" };
    const renderer = many ? L.canvas({ pane: "districts", padding: 0.5 }) : L.svg({ pane: "districts", padding: 1 });
    districts = L.geoJson(window.wardDistrictLines, { renderer, pane: "districts", interactive: false, style }).addTo(map);
    if (many) map.on("zoomend", () => districts.eachLayer((path) => { path.options.weight = thinner(DISTRICT, true); }));
    map.getPane("districts").style.pointerEvents = "none";
  }

  function addPane(name, rank) {
    map.createPane(name).style.zIndex = 420 + 10 * rank;
    return { [name]: L.layerGroup([], { pane: name }).addTo(map) };
  }

  /* ---- controls ---- */

  function addControls(source) {
    control("topleft", (box) => {
      box.className = "leaflet-bar";
      const button = box.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "ward-reset";
      button.title = "Show the whole area";
      button.setAttribute("aria-label", button.title);
      button.appendChild(frameIcon());
      button.addEventListener("click", showWhole);
    });
    control("topright", (box) => { caption = box; box.className = "ward-caption"; box.hidden = true; });
    L.control.scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
    if (source) control("bottomright", (box) => { box.className = "ward-source"; box.textContent = source; });
  }

  function control(position, fill) {
    const one = new L.Control({ position });
    one.onAdd = () => {
      const box = document.createElement("div");
      L.DomEvent.disableClickPropagation(box);
      fill(box);
      return box;
    };
    one.addTo(map);
  }

  function frameIcon() {
    const icon = svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
    icon.appendChild(svg("path", { d: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", fill: "none", stroke: "currentColor", "stroke-width": 1.8 }));
    return icon;
  }

  /* ---- painting ---- */

  function paint(next) {
    const before = view;
    view = told = next;
    clearTimeout(waiting);
    recolour(before);
    if (view.groups || before.groups) showGroups();
    outline("neighbours", view.neighbours, [["casing", 4.5], ["line", 2]]);
    outlineChosen(view.chosen);
    select(view.selected);
    if (view.selected !== null && view.selected !== before.selected) bringIntoView(view.selected);
    sayPainted();
    wardAhead.follow(view.ahead, paintAhead);
    askIfThemeDiffers();
    setTimeout(catchUp, 0);
  }

  /* Other colours for the same view, before the server says so; if it does not, what it said last is shown again. */
  function paintAhead({ codes, classes, stamp }) {
    if (stamp === view.stamp) return;
    const before = view;
    view = { ...view, codes, classes, stamp };
    recolour(before);
    name(view.selected);
    sayPainted();
    clearTimeout(waiting);
    waiting = setTimeout(() => paint(told), PATIENCE);
  }

  /* For tests, which wait for the attribute, and for `bench/ui.py`, which reads when it came to be what it is. */
  function sayPainted() {
    whenShown(() => {
      const said = map.getContainer().dataset;
      if (said.painted === view.stamp) return;
      performance.clearMarks("ward-map-painted");
      performance.mark("ward-map-painted");
      said.painted = view.stamp;
    });
  }

  function recolour(before) {
    const lit = before.dark !== view.dark;
    if (lit) {
      map.getContainer().dataset.theme = view.dark ? "dark" : "light";
      if (districts) districts.setStyle({ color: theme().district });
    }
    const anew = lit || JSON.stringify(before.classes) !== JSON.stringify(view.classes);
    if (anew) fills = makeFills();
    const changed = paths.filter((path) => anew || before.codes[path.place] !== view.codes[path.place]);
    changed.forEach((path) => { path.options.fillColor = fills[classOf(path.place)]; });
    if (lit) changed.forEach((path) => { path.options.color = theme().border; });
    if (changed.length) show(changed, lit);
  }

  /* Leaflet's `setStyle` writes every attribute of a path, and looks at a canvas once a path: here only what has changed. */
  function show(changed, lit) {
    const renderer = paths[0]._renderer;
    if (renderer.recolour) renderer.recolour();
    else changed.forEach((path) => {
      path.getElement().setAttribute("fill", path.options.fillColor);
      if (lit) path.getElement().setAttribute("stroke", path.options.color);
    });
  }

  function showGroups() {
    const canvas = map.getContainer().dataset.renderer === "canvas";
    wardGroups.show(view.groups || {}, { on: map, canvas, theme: { line: theme().line, casing: theme().casing } });
  }

  /* The browser knows of a switched theme at once, the server not before the next run: so ask for one, once for each switch. */
  function askIfThemeDiffers() {
    const dark = pageIsDark();
    if (!view.stamp || dark === view.dark || dark === asked) return;
    asked = dark;
    const sent = window.__GLOBAL_DATA__.previous_data || {};
    window.Streamlit.setComponentValue({ ...sent, dark });
  }

  /* Streamlit gives the frame the page's colours with every render message, and sends one when the theme is switched. */
  function pageIsDark() {
    const pen = document.createElement("canvas").getContext("2d"); // turns any CSS colour into #rrggbb
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim() || "#fff";
    const [red, green, blue] = [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  const theme = () => THEMES[view.dark ? "dark" : "light"];
  const classOf = (place) => parseInt(view.codes[place], 36);
  const property = (place, name) => window.wardOutlines.features[place].properties[name];

  function makeFills() {
    const canvas = map.getContainer().dataset.renderer === "canvas";
    const defs = canvas ? null : emptyDefs();
    return view.classes.map((one, i) => {
      if (one.pattern === "none") return one.fill;
      return canvas ? canvasPattern(one) : svgPattern(one, "ward-class-" + i, defs);
    });
  }

  function emptyDefs() {
    const root = map.getPane("overlayPane").querySelector("svg");
    const old = root.querySelector("defs");
    if (old) old.remove();
    return root.insertBefore(svg("defs", {}), root.firstChild);
  }

  function svgPattern({ fill, ink, marks, pattern }, id, defs) {
    const tile = svg("pattern", { id, width: TILE, height: TILE, patternUnits: "userSpaceOnUse" });
    tile.appendChild(svg("rect", { width: TILE, height: TILE, fill }));
    const strokes = { fill: "none", stroke: ink, "stroke-width": STROKE };
    tile.appendChild(svg("path", { d: marks, ...(pattern === "hatch" ? strokes : { fill: ink }) }));
    defs.appendChild(tile);
    return "url(#" + id + ")";
  }

  /* Leaflet hands the fill to the canvas as it is, and a canvas takes a pattern where it takes a colour. */
  function canvasPattern({ fill, ink, marks, pattern }) {
    const sharp = 2 * Math.ceil(window.devicePixelRatio || 1);
    const tile = document.createElement("canvas");
    tile.width = tile.height = TILE * sharp;
    const pen = tile.getContext("2d");
    pen.scale(sharp, sharp);
    pen.fillStyle = fill;
    pen.fillRect(0, 0, TILE, TILE);
    pen.fillStyle = pen.strokeStyle = ink;
    pen.lineWidth = STROKE;
    if (pattern === "hatch") pen.stroke(new Path2D(marks));
    else pen.fill(new Path2D(marks));
    const repeated = pen.createPattern(tile, "repeat");
    repeated.setTransform(new DOMMatrix().scale(1 / sharp));
    return repeated;
  }

  function svg(name, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  }

  /* ---- the selected ward, and those chosen together ---- */

  function select(place) {
    outline("selected", place === null ? [] : [place], [["casing", 8], ["line", 3.5]]);
    map.getContainer().dataset.selected = place === null ? "" : property(place, "code");
    caption.hidden = place === null;
    name(place);
  }

  function name(place) {
    caption.replaceChildren();
    if (place !== null) describe(caption, place);
  }

  /* Shown at once; the run that the click causes says whether it holds. */
  function choose(place) {
    const chosen = view.chosen.includes(place) ? view.chosen.filter((one) => one !== place) : [...view.chosen, place];
    view = { ...view, chosen };
    outlineChosen(chosen);
  }

  function outlineChosen(places) {
    const fine = places.length > SEVERAL; // many wide outlines would cover small wards
    outline("chosen", places, fine ? [["casing", 3.8], ["line", 1.8]] : [["casing", 6], ["line", 2.6]]);
    map.getContainer().dataset.chosen = places.map((place) => property(place, "code")).sort().join(" ");
  }

  function outline(pane, places, strokes) {
    outlines[pane].clearLayers();
    strokes.forEach(([colour, weight]) => places.forEach((place) => {
      const style = { pane, weight, color: theme()[colour], fill: false, interactive: false, smoothFactor: 0, lineJoin: "round" };
      outlines[pane].addLayer(L.polygon(paths[place].getLatLngs(), style));
    }));
  }

  function bringIntoView(place) {
    const bounds = paths[place].getBounds();
    if (!map.getBounds().intersects(bounds)) map.panTo(bounds.getCenter(), { animate: !still });
  }

  /* ---- words ---- */

  function tip(path) {
    const box = document.createElement("div");
    describe(box, path.place);
    return box;
  }

  function describe(box, place) {
    line(box, "ward-name", property(place, "name"));
    line(box, "ward-district", property(place, "district"));
    const one = view.classes[classOf(place)];
    if (one) line(box, "ward-class", one.label);
    const area = view.groups && view.groups.areas && view.groups.areas.of[place];
    if (Number.isInteger(area)) line(box, "ward-note", "Area: " + view.groups.areas.names[area]);
    if (view.notes) line(box, "ward-note", view.notes.texts[view.notes.of[place]]);
  }

  function line(box, kind, text) {
    if (!text) return;
    const row = box.appendChild(document.createElement("div"));
    row.className = kind;
    row.textContent = text;
  }

  /* ---- what Streamlit says ---- */

  /* While files load, streamlit-folium ignores what Streamlit sends, and then draws what it was sent first. */
  function catchUp() {
    if (latest && latest.args.feature_group !== window.__GLOBAL_DATA__.last_feature_group) {
      window.Streamlit.events.dispatchEvent(new CustomEvent("streamlit:render", { detail: latest }));
    }
  }

  window.Streamlit.events.addEventListener("streamlit:render", (event) => {
    latest = event.detail;
    if (map) askIfThemeDiffers();
  });

  window.addEventListener("error", (event) => {
    if (!(event.target instanceof HTMLScriptElement)) return;
    document.getElementById("map_div").textContent = "The map could not be fetched. Reload the page. If that does not help, " +
      "the server has to be started again. The table beside it holds the same.";
  }, true);

  /* Leaflet draws a canvas in the next frame; its styles may still be on their way the first time. */
  function whenShown(done) {
    const pending = Array.from(document.querySelectorAll("link[rel=stylesheet]")).filter((link) => !link.sheet);
    Promise.all(pending.map((link) => new Promise((resolve) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", resolve);
    }))).then(() => requestAnimationFrame(() => requestAnimationFrame(done)));
  }

  return { create, paint };
})();
