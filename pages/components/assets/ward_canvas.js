/* The canvas for thousands of wards: outlines on the screen are kept as paths, and all borders as one picture.
 *
 * Leaflet's own canvas traces, fills and strokes each ward anew on every change. Here a change of colours fills the paths that are
 * kept and lays the borders' picture on top; it is drawn again only when the view, their colour or their width changes. (One path
 * for all wards of a class was tried: it takes twice as long to fill, and longer still to stroke.)
 *
 * It stands on what Leaflet 1.9 calls inside `L.Canvas` (`_update`, `_draw`, `_updatePoly`): a browser test reads its pixels.
 */
window.wardCanvas = function (options) {
  "use strict";

  const WardCanvas = L.Canvas.extend({
    /* All wards have their new fills: draw them in the next frame. */
    recolour() {
      this._redrawBounds = null;
      this._redrawRequest = this._redrawRequest || L.Util.requestAnimFrame(this._redraw, this);
    },

    _update() {
      this._borders = null;
      L.Canvas.prototype._update.call(this);
    },

    /* Called for a ward whose outline on the screen has changed. */
    _updatePoly(ward) {
      ward.outlinePath = null;
      this._borders = null;
    },

    _draw() {
      const pen = this._ctx, bounds = this._redrawBounds;
      pen.save();
      if (bounds) {
        const size = bounds.getSize();
        pen.beginPath();
        pen.rect(bounds.min.x, bounds.min.y, size.x, size.y);
        pen.clip();
      }
      const drawn = this._inside(bounds);
      drawn.forEach((ward) => {
        pen.fillStyle = ward.options.fillColor;
        pen.fill(outlineOf(ward), "evenodd");
      });
      if (drawn.length) this._layBorders(pen, drawn[0].options);
      pen.restore();
    },

    _inside(bounds) {
      const found = [];
      for (let order = this._drawFirst; order; order = order.next) {
        const ward = order.layer;
        if (ward._parts.length && (!bounds || ward._pxBounds.intersects(bounds))) found.push(ward);
      }
      return found;
    },

    _layBorders(pen, { color, weight }) {
      const look = color + weight;
      if (!this._borders || this._bordersLook !== look) this._borders = this._drawBorders(color, weight);
      this._bordersLook = look;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.drawImage(this._borders, 0, 0);
    },

    _drawBorders(color, weight) {
      const picture = document.createElement("canvas");
      picture.width = this._container.width;
      picture.height = this._container.height;
      const pen = picture.getContext("2d");
      pen.setTransform(this._ctx.getTransform());
      pen.strokeStyle = color;
      pen.lineWidth = weight;
      pen.lineJoin = "round";
      this._inside(null).forEach((ward) => pen.stroke(outlineOf(ward)));
      return picture;
    },
  });

  function outlineOf(ward) {
    if (!ward.outlinePath) {
      const path = (ward.outlinePath = new Path2D());
      ward._parts.forEach((part) => {
        part.forEach(({ x, y }, i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
        path.closePath();
      });
    }
    return ward.outlinePath;
  }

  return new WardCanvas(options);
};
