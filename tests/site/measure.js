// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Measures a page as it is drawn: contrasts (WCAG 2.1, relative luminance), sizes of targets, what runs over an edge. Evaluated in the page
// by the tests; every function gives a list of what is wrong, in words.

(() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  /** Red, green, blue and opacity of any colour that a style may name. */
  function parse(colour) {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  function blend([r, g, b, a], below) {
    return [r, g, b].map((channel, i) => channel * a + below[i] * (1 - a));
  }

  function luminance(channels) {
    const [r, g, b] = channels.map((channel) => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(first, second) {
    const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** What an element stands on. */
  function ground(node) {
    const layers = [];
    for (let above = node; above; above = above.parentElement)
      layers.unshift(parse(getComputedStyle(above).backgroundColor));
    return layers.reduce((below, layer) => blend(layer, below), [255, 255, 255]);
  }

  function isShown(node) {
    const style = getComputedStyle(node);
    return node.getClientRects().length > 0 && style.visibility === "visible" && style.clipPath === "none" && style.opacity !== "0";
  }

  function describe(node) {
    const place = node.closest("[id]");
    return `${node.tagName.toLowerCase()}.${node.className.baseVal ?? node.className}${place ? ` in #${place.id}` : ""} ` +
      JSON.stringify((node.textContent || "").trim().slice(0, 30));
  }

  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() !== "" && isShown(parent) && !parent.closest("script"))
        found.push(parent);
    }
    return found;
  }

  /** Texts under 4.5:1, or 3:1 where they are large. */
  function dimTexts() {
    const wrong = [];
    for (const node of texts()) {
      const style = getComputedStyle(node);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const below = ground(node);
      const ratio = contrast(blend(parse(style.color), below), below);
      if (ratio < (large ? 3 : 4.5))
        wrong.push(`${ratio.toFixed(2)} ${describe(node)}`);
    }
    return wrong;
  }

  /** Controls whose outline cannot be told from what they stand on, 3:1: an edge, a drawn line, or a ground of their own. */
  function dimControls() {
    const wrong = [];
    for (const input of document.querySelectorAll("input:not([type=hidden]), textarea, button, a.send, summary")) {
      const box = input.matches("[type=radio], .row [type=checkbox]") ? input.closest("label") : input;
      if (!isShown(box) || input.closest(".trap") || (input.type === "checkbox" && box === input))
        continue;
      const below = ground(box.parentElement);
      const colours = [ground(box)];
      const style = getComputedStyle(box);
      if (parseFloat(style.borderTopWidth) > 0)
        colours.push(blend(parse(style.borderTopColor), below));
      const picture = box.querySelector("svg");
      if (picture)
        colours.push(blend(parse(getComputedStyle(picture).stroke), below));
      if (box.matches("button, a, summary"))
        colours.push(blend(parse(style.color), below));
      const ratio = Math.max(...colours.map((colour) => contrast(colour, below)));
      if (ratio < 3)
        wrong.push(`${ratio.toFixed(2)} ${describe(box)}`);
    }
    return wrong;
  }

  /** Whether the mark of what has the focus stands out from what is around it, 3:1, and is at least 2 px wide. */
  function focusMark() {
    const node = document.activeElement;
    const marked = [node, node.closest("label")].filter(Boolean).find((one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && parse(style.outlineColor)[3] > 0;
    });
    if (!marked)
      return [`no mark on ${describe(node)}`];
    const below = ground(marked.parentElement);
    const ratio = contrast(blend(parse(getComputedStyle(marked).outlineColor), below), below);
    const box = marked.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return [ratio < 3 && `${ratio.toFixed(2)} mark of ${describe(node)}`, !inside && `out of sight: ${describe(node)}`].filter(Boolean);
  }

  /** Targets smaller than that many pixels. */
  function smallTargets(width, height) {
    const wrong = [];
    for (const node of document.querySelectorAll("input:not([type=hidden]), textarea, button, a, summary")) {
      const target = node.closest("label") || node;
      if (!isShown(target) || node.closest(".trap"))
        continue;
      const box = target.getBoundingClientRect();
      if (box.width + 0.01 < width || box.height + 0.01 < height)
        wrong.push(`${box.width.toFixed(1)} × ${box.height.toFixed(1)} ${describe(target)}`);
    }
    return wrong;
  }

  /** What runs over the window's sides, out of its card, over its own edge, or onto a neighbour in its row; the menu's sections scroll by themselves. */
  function spills() {
    const wrong = [];
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
      wrong.push(`the page is ${document.documentElement.scrollWidth} px wide in ${document.documentElement.clientWidth}`);
    for (const node of document.querySelectorAll("body *")) {
      if (!isShown(node) || node.closest(".sr, .trap, svg, [hidden], .sections"))
        continue;
      const box = node.getBoundingClientRect();
      const holder = node.parentElement.closest(".card, main, header")?.getBoundingClientRect();
      if (box.left < -0.5 || box.right > innerWidth + 0.5)
        wrong.push(`over the window: ${describe(node)}`);
      else if (holder && !node.closest("nav ul") && (box.left < holder.left - 0.5 || box.right > holder.right + 0.5))
        wrong.push(`out of its card: ${describe(node)}`);
      if (!node.matches("textarea, input, progress") && node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 &&
          getComputedStyle(node).display !== "inline")
        wrong.push(`over its edge by ${node.scrollWidth - node.clientWidth}: ${describe(node)}`);
    }
    for (const row of document.querySelectorAll(".row")) {
      const boxes = [...row.children].map((child) => child.getBoundingClientRect());
      const legend = row.parentElement.querySelector("legend");
      if (legend && isShown(legend))
        boxes.push(legend.getBoundingClientRect());
      boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => {
        if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
            Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.5)
          wrong.push(`one upon another: ${describe(row)}`);
      }));
    }
    return wrong;
  }

  window.measure = { dimTexts, dimControls, focusMark, smallTargets, spills };
  return true;
})();
