// A line for each [data-chart]: the numbers stand in the attribute, the same figures in the table beside it.
// Without this file, or before it has come, the page says all it has to say.
(() => {
  "use strict";

  // --- where the figures stand: pure, in pixels; tests/journeys/test_charts.py holds it to its promise ---

  const AIR = 2;
  const crosses = (box, [ax, ay], [bx, by]) => {
    // Liang-Barsky: whether any of the segment lies in the box
    let from = 0;
    let to = 1;
    for (const [step, low, high] of [[bx - ax, box.left - ax, box.right - ax], [by - ay, box.top - ay, box.bottom - ay]]) {
      if (step === 0) {
        if (low > 0 || high < 0) return false;
      } else {
        from = Math.max(from, Math.min(low / step, high / step));
        to = Math.min(to, Math.max(low / step, high / step));
      }
    }
    return from <= to;
  };
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const grown = (box, by) => ({ left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by });
  // Above or below first, as the label prefers (-1 or 1), then beside, then on the other side
  const sides = (way) => [[0, way], [-1, way], [1, way], [1, 0], [-1, 0], [0, -way], [1, -way], [-1, -way]];
  const boxAt = (label, [across, down], gap) => {
    // a corner stands a little nearer, so that it is as far away as a side
    const far = across && down ? gap * 0.7 : gap;
    const left = label.x + across * far - (across < 0 ? label.width : across > 0 ? 0 : label.width / 2);
    const top = label.y + down * far - (down < 0 ? label.height : down > 0 ? 0 : label.height / 2);
    return { left, top, right: left + label.width, bottom: top + label.height };
  };
  // labels: {x, y, width, height, way} of each figure beside its point, the most important first; lines: each a list of
  // [x, y]; points: {x, y, r}; bounds: a box. A box for each label that touches no line, no point, no other box and
  // stays within the bounds; null where there is none, and the figure is left to the table.
  const place = (labels, lines, points, bounds) => {
    const taken = [];
    const isFree = (box) => {
      const wide = grown(box, AIR);
      return box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom &&
        !taken.some((other) => meets(wide, other)) &&
        !points.some((point) => meets(wide, grown({ left: point.x, top: point.y, right: point.x, bottom: point.y }, point.r))) &&
        !lines.some((line) => line.some((at, n) => n > 0 && crosses(wide, line[n - 1], at)));
    };
    return labels.map((label) => {
      for (const gap of [9, 13, 18, 24]) {
        for (const side of sides(label.way)) {
          const box = boxAt(label, side, gap);
          if (isFree(box)) {
            taken.push(box);
            return box;
          }
        }
      }
      return null;
    });
  };
  window.chartLabels = { place };

  // --- how a chart looks ---

  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(`--ct-${name}`).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
  const family = style.getPropertyValue("--bs-font-sans-serif");
  const text = { color: ink("ink"), fontFamily: family, fontSize: 14 };
  const bold = `600 14px ${family}`;
  const looks = {
    slow: { color: ink("grey"), symbol: "none", lineStyle: { type: "dashed", width: 2 } },
    fast: { color: ink("info"), symbol: "none", lineStyle: { type: "dotted", width: 2 } },
    measured: { color: ink("teal"), symbol: "circle", symbolSize: 9, lineStyle: { type: "solid", width: 3 } },
    assigned: { color: ink("lotus"), symbol: "diamond", symbolSize: 11, lineStyle: { type: "solid", width: 1.5 } },
  };
  const told = (value, unit) => (value === null || value === undefined ? "chưa đo" :
    `${number.format(value)}${unit === "%" ? "" : " "}${unit}`);
  const isThere = (value) => value !== null && value !== undefined;

  // Money is written in millions or billions where it is large: a phone has no room for nine digits beside an axis.
  const scaleOf = (data) => {
    const most = Math.max(0, ...data.lines.flatMap((line) => line.data.filter(isThere)));
    if (data.unit !== "đồng" || most < 1e6) return { by: 1, unit: data.unit };
    return most < 1e9 ? { by: 1e6, unit: "triệu đồng" } : { by: 1e9, unit: "tỷ đồng" };
  };

  const options = (data, scale) => ({
    animation: !still,
    textStyle: text,
    grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      formatter: (points) => [points[0].axisValue, ...points.map((point) =>
        `${point.seriesName}: ${told(point.value, data.unit)}`)].join("\n"),
    },
    xAxis: {
      type: "category", data: data.years.map(String), axisTick: { alignWithLabel: true },
      axisLabel: { ...text, interval: data.years.length > 7 ? "auto" : 0 },
    },
    yAxis: {
      type: "value", min: 0, boundaryGap: [0, "15%"],
      axisLabel: { ...text, formatter: (value) => number.format(value / scale.by) },
      splitLine: { lineStyle: { color: ink("line") } },
    },
    series: data.lines.map((line) => ({
      type: "line", name: line.name, data: line.data, connectNulls: false, ...looks[line.kind],
      itemStyle: { color: looks[line.kind].color },
    })),
  });

  // Whether a line runs below the others more than above them: its figures then stand below it, away from theirs.
  const isBelow = (own, lines) => {
    const apart = lines.filter((line) => line.data !== own).flatMap((line) =>
      line.data.map((value, year) => (isThere(value) && isThere(own[year]) ? Math.sign(value - own[year]) : 0)));
    return apart.reduce((sum, one) => sum + one, 0) > 0;
  };
  // Which figures are written into the chart: what was measured (the last and the first before the others) and was
  // assigned; where the plan's lines end.
  const figures = (data) => data.lines.flatMap((line, series) => {
    const years = line.data.map((value, year) => year).filter((year) => isThere(line.data[year]));
    const last = years.at(-1);
    const isPlan = line.kind === "slow" || line.kind === "fast";
    const rank = (year) => (isPlan ? 2 : year === last ? 0 : year === years[0] ? 1 : 3);
    const wanted = isPlan ? years.slice(-1) : years;
    const way = line.kind === "measured" && isBelow(line.data, data.lines) ? 1 : -1;
    return wanted.map((year) => ({ series, year, way, kind: line.kind, value: line.data[year], rank: rank(year) }));
  }).sort((a, b) => a.rank - b.rank || b.year - a.year);

  const write = (chart, data, scale) => {
    const at = (series, year, value) => chart.convertToPixel({ seriesIndex: series }, [year, value]);
    const lines = [];
    const points = [];
    data.lines.forEach((line, series) => {
      let run = [];
      line.data.forEach((value, year) => {
        if (!isThere(value)) run = [];
        else {
          if (!run.length) lines.push(run);
          run.push(at(series, year, value));
          const size = looks[line.kind].symbolSize;
          if (size) points.push({ x: run.at(-1)[0], y: run.at(-1)[1], r: size / 2 + 1 });
        }
      });
    });
    const labels = figures(data).map((one) => {
      const said = number.format(Math.round((one.value / scale.by) * 100) / 100);
      const [x, y] = at(one.series, one.year, one.value);
      const { width, height } = echarts.format.getTextRect(said, bold);
      return { x, y, width, height, said, way: one.way, kind: one.kind };
    });
    const grid = chart.getModel().getComponent("grid").coordinateSystem.getRect();
    const bounds = { left: grid.x, top: grid.y - 10, right: grid.x + grid.width + 6, bottom: grid.y + grid.height - 1 };
    const boxes = place(labels, lines, points, bounds);
    const elements = labels.map((label, n) => boxes[n] && ({
      type: "text", silent: true, x: boxes[n].left, y: boxes[n].top,
      style: { text: label.said, font: bold, fill: looks[label.kind].color, stroke: ink("surface"), lineWidth: 3 },
    })).filter(Boolean);
    const unit = { type: "text", silent: true, x: 4, y: 4, style: { text: scale.unit, ...text, fill: ink("muted") } };
    chart.setOption({ graphic: [unit, ...elements] }, { replaceMerge: ["graphic"] });
  };

  // The key stands below the drawing as a list, so that it breaks where there is no room.
  const key = (data) => {
    const list = document.createElement("ul");
    list.className = "chart-key";
    for (const line of data.lines) {
      const item = document.createElement("li");
      const mark = document.createElement("span");
      mark.className = `chart-mark chart-mark-${line.kind}`;
      item.append(mark, line.name);
      list.append(item);
    }
    return list;
  };

  const draw = (where) => {
    const data = JSON.parse(where.dataset.chart);
    if (!data.lines.some((line) => line.data.some(isThere))) {
      where.hidden = true; // nothing was planned or measured: the table says why
      return;
    }
    const scale = scaleOf(data);
    const chart = echarts.init(where, null, { renderer: "svg" });
    chart.setOption(options(data, scale));
    write(chart, data, scale);
    where.after(key(data));
    where.classList.add("is-drawn");
    new ResizeObserver(() => {
      chart.resize();
      write(chart, data, scale);
    }).observe(where);
  };
  const start = () => document.querySelectorAll("[data-chart]").forEach(draw);
  // Widths are measured in the page's own letters, so it waits for them
  document.fonts.ready.then(start);
})();
