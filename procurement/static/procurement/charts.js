// Draws every [data-chart] from its chart.json. Without this script the tables say everything.
"use strict";

const FONT = 13;
const NARROW = 480;

// A canvas pattern for bars that stand for "no data", the same hatch as in the tables.
function hatch(colour) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, 8);
    pen.lineTo(shift + 8, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

function hatchNoData(answer) {
  const rows = answer.options.plugins.kc?.noDataRows ?? [];
  if (!rows.length) return;
  for (const dataset of answer.data.datasets) {
    if (Array.isArray(dataset.backgroundColor)) {
      for (const row of rows) dataset.backgroundColor[row] = hatch("#767676");
    }
  }
}

// How wide a text is, in full-width characters.
function span(text) {
  return [...text].reduce((sum, character) => sum + (character > "\u00ff" ? 1 : 0.55), 0);
}

// Long labels in several lines: between words or limits where there are any, else anywhere.
function wrapped(label, width) {
  if (span(label) <= width) return label;
  const parts = label
    .split(/(?<= |・|以上)|(?=（)/)
    .flatMap((part) => (span(part) > width ? part.match(new RegExp(`.{1,${width}}`, "gu")) : [part]));
  const lines = [""];
  for (const part of parts) {
    if (lines.at(-1) && span(lines.at(-1) + part) > width) lines.push("");
    lines[lines.length - 1] += part;
  }
  // A third line would run into the next bar; the table beside the chart has every name in full.
  if (lines.length > 2) lines.splice(1, lines.length, `${lines[1].trim()}…`);
  return lines.map((line) => line.trim());
}

function wrapLabels(answer, box) {
  if (answer.options.indexAxis !== "y") return;
  const latin = answer.data.labels.some((label) => /[a-z]{4}/.test(label));
  const width = box.clientWidth >= NARROW ? 16 : latin ? 10 : 8;
  answer.data.labels = answer.data.labels.map((label) => wrapped(label, width));
}

// Prints the number at the end of its bar, and the words for no data where a number is missing.
const values = {
  id: "values",
  afterDatasetsDraw(chart) {
    const across = chart.options.indexAxis === "y";
    const words = chart.options.plugins.kc?.noData ?? "";
    const pen = chart.ctx;
    pen.save();
    pen.font = `${FONT}px ${Chart.defaults.font.family}`;
    pen.fillStyle = "#333333";
    pen.textAlign = across ? "left" : "center";
    pen.textBaseline = across ? "middle" : "bottom";
    chart.data.datasets.forEach((dataset, place) => {
      const elements = chart.getDatasetMeta(place).data;
      elements.forEach((element, row) => {
        const value = dataset.data[row];
        const isLine = dataset.type === "line";
        if (isLine || (!across && !value)) return;
        const text = value === null || value === undefined ? words : value.toLocaleString();
        const start = value === null || value === undefined ? chart.scales.x.left : element.x;
        if (across) pen.fillText(text, start + 6, element.y);
        else pen.fillText(text, element.x, element.y - 3);
      });
      printLast(chart, dataset, elements, pen);
    });
    pen.restore();
  },
};

// Of a line only the last number: the others stand in the table.
function printLast(chart, dataset, elements, pen) {
  if (dataset.type !== "line") return;
  const last = dataset.data.findLastIndex((value) => value !== null && value !== undefined);
  if (last < 0) return;
  pen.save();
  pen.font = `bold ${FONT}px ${Chart.defaults.font.family}`;
  pen.fillText(dataset.data[last].toLocaleString(), elements[last].x, elements[last].y - 8);
  pen.restore();
}

function settle(answer) {
  const options = answer.options;
  options.layout = { padding: options.indexAxis === "y" ? { right: 48 } : { top: 24 } };
  options.datasets = { bar: { maxBarThickness: 28 }, line: { pointRadius: 3, borderWidth: 2, tension: 0 } };
  options.plugins.tooltip = { titleFont: { size: FONT }, bodyFont: { size: FONT } };
  answer.plugins = [values];
}

// The page carries the figures of a chart itself where it shows them in an order of its own.
async function figures(box) {
  const own = box.querySelector('script[type="application/json"]');
  if (own) return JSON.parse(own.textContent);
  const response = await fetch(box.dataset.chart, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

async function draw(box) {
  try {
    const answer = await figures(box);
    hatchNoData(answer);
    wrapLabels(answer, box);
    settle(answer);
    new Chart(box.querySelector("canvas"), answer);
    box.dataset.drawn = "";
  } catch {
    box.hidden = true; // the table below has every number
  }
}

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = FONT;
document.querySelectorAll("[data-chart]").forEach(draw);
