/* Lines over the ward map that show groups: districts with their names, areas of wards, places where incidents lie close together.
 *
 * Borders of groups of wards are found among the borders of the wards that are here already: sent is the group of each ward, and
 * no geometry. Only the places, which follow no ward, come as outlines. Nothing of this catches the pointer.
 *
 * Loaded before the outlines; nothing is worked out before a line is asked for.
 */
window.wardGroups = (function () {
  "use strict";

  const DEGREE = 1e5; // to which the outlines are rounded: shared borders are the same to the digit
  const WIDE = 2 ** 26; // more than the points of any outlines, and than a coordinate in these units
  const LABEL_ROOM = 4; // pixels around a name that no other name enters
  const RANKS = ["districts", "areas", "places", "provision"]; // from below to the top
  const ABOVE = 1e5; // a box stands as high as it lies south: those in the north would be under the marks
  const NUMBERED = 600; // marks; more are drawn without their numbers, which are boxes of their own

  let map, many, names = [], shown = "", labels, layers = {};
  let rings = null; // of all wards, with what lies across each piece

  /* Show what a view asks for; what stands on the map already stays as it is. */
  function show(asked, { on, canvas, theme }) {
    const text = JSON.stringify([asked, theme]);
    if (text === shown) return;
    shown = text;
    if (!map) begin(on, canvas);
    RANKS.forEach((kind) => layers[kind].clearLayers());
    names = [];
    labels.clearLayers();
    if (asked.districts) {
      draw("districts", borders(byName(property("district"))), asked.districts, theme);
      names = nameDistricts();
      placeNames();
    }
    if (asked.areas) draw("areas", borders((place) => asked.areas.of[place]), asked.areas, theme);
    if (asked.places) draw("places", asked.places.rings.map(decoded), asked.places, theme);
    if (asked.provision) mark(asked.provision, theme);
    map.getContainer().dataset.groups = RANKS.filter((kind) => asked[kind]).join(" ");
  }

  function begin(on, canvas) {
    map = on;
    many = canvas;
    RANKS.forEach((kind, rank) => {
      const pane = map.createPane("groups-" + kind);
      pane.style.zIndex = 412 + 2 * rank;
      pane.style.pointerEvents = "none";
      layers[kind] = L.layerGroup([], { pane: "groups-" + kind }).addTo(map);
    });
    map.createPane("group-names").style.zIndex = 470;
    map.getPane("group-names").style.pointerEvents = "none";
    labels = L.layerGroup([]).addTo(map);
    map.on("zoomend resize", placeNames);
  }

  /* Casing under line, so that it is seen on every fill; the dashes tell the kinds apart. One path each, however many parts. */
  function draw(kind, lines, { dash, width, casing }, theme) {
    const pane = "groups-" + kind;
    const padding = many ? 0.5 : 1;
    const renderer = layers[kind].drawn || (layers[kind].drawn = many ? L.canvas({ pane, padding }) : L.svg({ pane, padding }));
    [[theme.casing, casing, ""], [theme.line, width, dash]].forEach(([color, weight, dashArray]) => {
      const style = { pane, renderer, color, weight, dashArray, fill: false, interactive: false, smoothFactor: 0 };
      const ends = { lineJoin: "round", lineCap: dashArray ? "butt" : "round" };
      layers[kind].addLayer(L.polyline(lines, { ...style, ...ends }));
    });
  }

  /* A round mark for each place where something is provided, with how many things there are. */
  function mark({ marks, width }, theme) {
    const pane = "groups-provision";
    const renderer = layers.provision.drawn || (layers.provision.drawn = many ? L.canvas({ pane }) : L.svg({ pane }));
    const style = { pane, renderer, color: theme.line, weight: width, fillColor: theme.casing, fillOpacity: 1, interactive: false };
    marks.forEach(([lat, lng, count]) => {
      const at = [lat / DEGREE, lng / DEGREE];
      layers.provision.addLayer(L.circleMarker(at, { ...style, radius: marks.length > NUMBERED ? 4 : 8 }));
      if (marks.length > NUMBERED) return;
      const box = document.createElement("div");
      box.className = "group-mark";
      box.textContent = count;
      box.style.color = theme.line;
      const icon = L.divIcon({ html: box, className: "group-name-place", iconSize: [0, 0] });
      layers.provision.addLayer(L.marker(at, { icon, pane, interactive: false, keyboard: false, zIndexOffset: ABOVE }));
    });
  }

  /* A ring in whole units: its first corner, then the way to each next one. */
  function decoded(ring) {
    let [y, x] = [0, 0];
    const corners = [];
    for (let i = 0; i < ring.length; i += 2) {
      y += ring[i];
      x += ring[i + 1];
      corners.push([y / DEGREE, x / DEGREE]);
    }
    return corners;
  }

  /* ---- borders of groups, from those of the wards ---- */

  /* Lines between wards of different groups, and where a group ends; each drawn once. `groupOf` gives `null` for a ward in none. */
  function borders(groupOf) {
    rings = rings || readRings();
    const lines = [];
    rings.forEach(({ place, corners, across }) => {
      const own = groupOf(place);
      if (own === null) return;
      let line = null;
      across.forEach((other, i) => {
        const beyond = other < 0 ? null : groupOf(other);
        if (beyond === own || (beyond !== null && other < place)) {
          line = null;
          return;
        }
        if (line === null) lines.push((line = [corners[i]]));
        line.push(corners[i + 1]);
      });
    });
    return lines;
  }

  function readRings() {
    const found = [], points = new Map(), pieces = new Map();
    const number = ([x, y]) => {
      const key = Math.round((x + 180) * DEGREE) * WIDE + Math.round((y + 90) * DEGREE);
      if (!points.has(key)) points.set(key, points.size);
      return points.get(key);
    };
    window.wardOutlines.features.forEach(({ geometry }, place) => {
      const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      parts.flat().forEach((ring) => {
        const numbers = ring.map(number);
        const across = new Int32Array(ring.length - 1).fill(-1);
        found.push({ place, corners: ring.map(([x, y]) => [y, x]), across });
        for (let i = 0; i < across.length; i++) {
          const key = Math.min(numbers[i], numbers[i + 1]) * WIDE + Math.max(numbers[i], numbers[i + 1]);
          const first = pieces.get(key);
          if (first === undefined) pieces.set(key, { place, across, i });
          else if (first.place !== place) {
            across[i] = first.place;
            first.across[first.i] = place;
          }
        }
      });
    });
    return found;
  }

  const property = (name) => (place) => window.wardOutlines.features[place].properties[name];

  /* Equal names are one group; a ward without a name is in none. */
  function byName(nameOf) {
    return (place) => nameOf(place) || null;
  }

  /* ---- names of districts ---- */

  /* Each stands on the ward of its district that lies nearest to the middle of all of them, so never in another district. */
  function nameDistricts() {
    const middles = new Map();
    window.wardOutlines.features.forEach((feature, place) => {
      const name = property("district")(place);
      if (!name) return;
      const box = L.geoJson(feature).getBounds();
      if (!middles.has(name)) middles.set(name, []);
      middles.get(name).push(box.getCenter());
    });
    return [...middles].map(([name, centres]) => {
      const mean = (axis) => centres.reduce((sum, one) => sum + one[axis], 0) / centres.length;
      const [lat, lng] = [mean("lat"), mean("lng")];
      const distance = (one) => (one.lat - lat) ** 2 + (0.6 * (one.lng - lng)) ** 2;
      const nearest = centres.reduce((best, one) => (distance(one) < distance(best) ? one : best));
      return { name, at: nearest, wards: centres.length };
    }).sort((one, other) => other.wards - one.wards);
  }

  /* Where two names would lie on each other, that of the district with fewer wards waits until one zooms in. */
  function placeNames() {
    if (!names.length) return;
    labels.clearLayers();
    const taken = [];
    names.forEach(({ name, at }) => {
      const box = document.createElement("div");
      box.className = "group-name";
      box.textContent = name;
      const icon = L.divIcon({ html: box, className: "group-name-place", iconSize: [0, 0] });
      const marker = L.marker(at, { icon, pane: "group-names", interactive: false, keyboard: false });
      labels.addLayer(marker);
      const { left, right, top, bottom } = box.getBoundingClientRect();
      const free = taken.every((one) => left > one.right + LABEL_ROOM || right < one.left - LABEL_ROOM ||
        top > one.bottom + LABEL_ROOM || bottom < one.top - LABEL_ROOM);
      if (free) taken.push({ left, right, top, bottom });
      else labels.removeLayer(marker);
    });
  }

  return { show };
})();
