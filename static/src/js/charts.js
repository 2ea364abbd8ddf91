// A line for each [data-chart]: the numbers stand in the attribute, the same figures in the table beside it.
// Without this file, or before it has come, the page says all it has to say.
(() => {
  "use strict";
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(`--ct-${name}`).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
  const looks = {
    slow: { color: ink("grey"), symbol: "none", lineStyle: { type: "dashed", width: 2 } },
    fast: { color: ink("info"), symbol: "none", lineStyle: { type: "dotted", width: 2 } },
    measured: { color: ink("teal"), symbol: "circle", symbolSize: 9, lineStyle: { type: "solid", width: 3 } },
    assigned: { color: ink("lotus"), symbol: "diamond", symbolSize: 11, lineStyle: { type: "solid", width: 1.5 } },
  };
  const text = { color: ink("ink"), fontFamily: style.getPropertyValue("--bs-font-sans-serif"), fontSize: 14 };
  const told = (value, unit) => (value === null || value === undefined ? "chưa đo" :
    `${number.format(value)}${unit === "%" ? "" : " "}${unit}`);
  const options = (data) => ({
    animation: !still,
    textStyle: text,
    grid: { left: 8, right: 16, top: 16, bottom: 72, containLabel: true },
    legend: { bottom: 0, itemWidth: 34, textStyle: text },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      formatter: (points) => [points[0].axisValue, ...points.map((point) =>
        `${point.seriesName}: ${told(point.value, data.unit)}`)].join("\n"),
    },
    xAxis: { type: "category", data: data.years.map(String), boundaryGap: false, axisLabel: text },
    yAxis: {
      type: "value", min: 0, axisLabel: { ...text, formatter: (value) => number.format(value) },
      splitLine: { lineStyle: { color: ink("line") } },
    },
    series: data.lines.map((line) => ({
      type: "line", name: line.name, data: line.data, connectNulls: false, ...looks[line.kind],
      itemStyle: { color: looks[line.kind].color },
      label: line.kind === "measured" ? { show: true, position: "top", ...text, fontWeight: 600,
        formatter: (point) => told(point.value, "").trim() } : { show: false },
    })),
  });
  document.querySelectorAll("[data-chart]").forEach((place) => {
    const data = JSON.parse(place.dataset.chart);
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption(options(data));
    place.classList.add("is-drawn");
    new ResizeObserver(() => chart.resize()).observe(place);
  });
})();
