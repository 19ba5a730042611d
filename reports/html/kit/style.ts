/** The page's style: system fonts, light and dark, narrow screens, print. No colour carries a meaning alone. */
export const style: string = `
:root {
  color-scheme: light dark;
  --bg: #f7f7f5; --card: #ffffff; --ink: #1d2126; --soft: #59626d; --faint: #6c7580; --line: #e2e4e3; --code: #f2f3f1;
  --pass: #00695c; --fail: #b3261e; --warning: #8a5300; --thin: #4a5b9b; --out: #6c7580; --link: #1b5fa8;
  --pass-bg: #e3f1ee; --fail-bg: #fbe9e7; --warning-bg: #fdf0d9; --thin-bg: #e9ecf8; --out-bg: #eeefee;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif;
  --mono: ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #14171a; --card: #1c2024; --ink: #e4e7ea; --soft: #a6afb8; --faint: #8b95a0; --line: #30363c; --code: #15181b;
    --pass: #5cc8b5; --fail: #ff8f85; --warning: #f0b354; --thin: #a7b6f5; --out: #8b95a0; --link: #83b9f5;
    --pass-bg: #15332e; --fail-bg: #3f1f1d; --warning-bg: #3a2c12; --thin-bg: #252c47; --out-bg: #2a2f34;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 16px/1.55 var(--sans); overflow-wrap: anywhere; }
main, footer, .bar .inner { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
h1, h2, h4, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; }
h1 { font-size: clamp(2.2rem, 6vw, 3.2rem); line-height: 1.1; letter-spacing: -0.02em; font-weight: 650; }
h2 { font-size: 1.45rem; letter-spacing: -0.01em; font-weight: 620; }
h4 { font-size: 0.8rem; text-transform: uppercase; letter-spacing: 0.07em; color: var(--soft); font-weight: 620; margin: 0 0 0.5rem; }
code, pre { font-family: var(--mono); font-size: 0.86em; overflow-wrap: anywhere; unicode-bidi: isolate; }
pre { margin: 0; padding: 0.9rem 1rem; background: var(--code); border: 1px solid var(--line); border-radius: 8px; overflow: auto; max-height: 26rem; line-height: 1.5; white-space: pre-wrap; font-size: 0.8rem; }
pre code { font-size: inherit; }
section { margin: 3.5rem 0 0; }
section > h2 + *:not(.note) { margin-top: 1rem; }
.note { color: var(--soft); max-width: 46rem; margin: 0.35rem 0 1.1rem; }
.small { font-size: 0.82rem; color: var(--soft); }
.faint { color: var(--faint); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.number.none { color: var(--faint); }

.bar { position: sticky; top: 0; z-index: 1; background: var(--bg); border-bottom: 1px solid var(--line); }
.bar .inner { display: flex; align-items: center; gap: 1rem; min-height: 3.4rem; }
.bar .where { font: 0.82rem var(--mono); color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.bar nav { margin-left: auto; display: flex; gap: 1.1rem; font-size: 0.88rem; white-space: nowrap; }
.bar nav a { color: var(--soft); text-decoration: none; padding: 0.4rem 0; }
.bar nav a:hover { color: var(--ink); text-decoration: underline; }
.pill, .badge { white-space: nowrap; font-weight: 600; border-radius: 999px; }
.pill { padding: 0.22rem 0.85rem; text-decoration: none; font-size: 0.9rem; }
.badge { display: inline-block; font-size: 0.8rem; padding: 0.08rem 0.6rem; }
.pass.pill, .pass.badge { color: var(--pass); background: var(--pass-bg); }
.fail.pill, .fail.badge { color: var(--fail); background: var(--fail-bg); }
.warning.pill, .warning.badge { color: var(--warning); background: var(--warning-bg); }
.thin.pill, .thin.badge { color: var(--thin); background: var(--thin-bg); }
.out.pill, .out.badge { color: var(--out); background: var(--out-bg); }
.number.fail { color: var(--fail); font-weight: 650; } .number.warning { color: var(--warning); font-weight: 650; } .number.thin { color: var(--thin); font-weight: 650; }

.verdict { margin-top: 3rem; }
.kicker { color: var(--soft); font-size: 0.9rem; margin-bottom: 0.6rem; }
.verdict h1 .glyph { display: inline-grid; place-items: center; width: 1.25em; height: 1.25em; border-radius: 50%; font-size: 0.62em; margin-right: 0.5em; vertical-align: 0.12em; }
.verdict.pass h1 .glyph { color: var(--pass); background: var(--pass-bg); } .verdict.fail h1 .glyph { color: var(--fail); background: var(--fail-bg); }
.verdict.warning h1 .glyph { color: var(--warning); background: var(--warning-bg); } .verdict.thin h1 .glyph { color: var(--thin); background: var(--thin-bg); }
.reason { font-size: 1.1rem; margin-top: 0.7rem; max-width: 46rem; overflow-wrap: anywhere; }
.exit { font: 0.8rem var(--mono); color: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.1rem 0.45rem; margin-left: 0.7rem; white-space: nowrap; }
.alert { margin-top: 1rem; padding: 0.7rem 1rem; border-radius: 8px; color: var(--thin); background: var(--thin-bg); font-weight: 600; }
.tiles { list-style: none; display: grid; grid-template-columns: repeat(5, 1fr); gap: 0.8rem; margin: 1.8rem 0; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0.9rem 1rem; display: grid; grid-template-columns: 1fr auto; row-gap: 0.1rem; align-items: baseline; }
.tiles b { font-size: 1.75rem; font-weight: 620; font-variant-numeric: tabular-nums; grid-column: 1; grid-row: 1; line-height: 1.2; }
.tiles .glyph { grid-column: 2; grid-row: 1; font-weight: 700; }
.tiles span:last-child { font-size: 0.82rem; color: var(--soft); grid-column: 1 / -1; line-height: 1.3; }
.tiles .pass b, .tiles .pass .glyph { color: var(--pass); } .tiles .fail b, .tiles .fail .glyph { color: var(--fail); }
.tiles .warning b, .tiles .warning .glyph { color: var(--warning); } .tiles .thin b, .tiles .thin .glyph { color: var(--thin); }
.tiles .out b, .tiles .out .glyph, .tiles .none b, .tiles .none .glyph { color: var(--faint); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0.9rem 2rem; }
.facts dt { font-size: 0.8rem; color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }
.notes { margin-top: 1.4rem; } .notes ul { padding-left: 1.2rem; margin-top: 0.5rem; }
summary { cursor: pointer; }

.empty { padding: 1.6rem; border: 1px dashed var(--line); border-radius: 12px; color: var(--soft); }
.finding { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--out); border-radius: 12px; margin-top: 0.9rem; }
.finding.fail { border-left-color: var(--fail); } .finding.warning { border-left: 5px dashed var(--warning); }
.finding > summary { display: flex; align-items: baseline; gap: 0.8rem; padding: 0.95rem 1.2rem; list-style: none; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary::after { content: '▸'; margin-left: auto; color: var(--soft); align-self: center; }
.finding[open] > summary::after { content: '▾'; }
.finding .id { font: 0.85rem var(--mono); color: var(--soft); white-space: nowrap; }
.finding .title { font-weight: 600; } .finding .level { font-size: 0.8rem; color: var(--soft); white-space: nowrap; }
.finding .body { padding: 0.2rem 1.2rem 1.4rem; display: grid; gap: 1.4rem; min-width: 0; }
.finding .body > * { min-width: 0; }
.source { color: var(--soft); font-size: 0.92rem; }
.diff { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; font-size: 0.92rem; }
.diff > div { display: grid; grid-template-columns: 5.6rem 1fr; padding: 0.35rem 0.9rem; overflow-wrap: anywhere; }
.diff > .short { grid-template-columns: 1.4rem 1fr; } .diff > .short code { line-height: 1.75; }
.diff .at { display: block; background: var(--code); color: var(--soft); border-top: 1px solid var(--line); }
.diff .allowed { background: var(--pass-bg); } .diff .actual { background: var(--fail-bg); }
.diff .sign { font: 600 0.85rem/1.9 var(--mono); color: var(--soft); } .diff .allowed .sign { color: var(--pass); } .diff .actual .sign { color: var(--fail); }
.indifferent ul { display: flex; flex-wrap: wrap; gap: 0.4rem 0.6rem; list-style: none; }
.indifferent li { border: 1px solid var(--line); border-radius: 999px; padding: 0.12rem 0.8rem; font-size: 0.88rem; }
.lines { padding-left: 1.1rem; margin-top: 1.2rem; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; overflow-wrap: break-word; }
th, td { text-align: left; vertical-align: top; padding: 0.55rem 0.8rem 0.55rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0.2rem; }
th.number, td.number { text-align: right; }
thead th { font-size: 0.78rem; color: var(--soft); white-space: nowrap; vertical-align: bottom; }
.steps tr:not(.more) td:nth-child(2) { white-space: nowrap; } .steps td { overflow-wrap: anywhere; } .steps td:nth-child(3) { min-width: 12rem; overflow-wrap: anywhere; } .steps td.number { text-align: left; color: var(--soft); width: 1.8rem; }
.steps .breaks td { background: var(--fail-bg); } .steps .breaks td:first-child { box-shadow: inset 4px 0 var(--fail); padding-left: 0.7rem; }
.steps tbody tr:not(.more) td { border-bottom: 0; padding-bottom: 0.1rem; } .steps .more td { padding-top: 0; }
.breaking { color: var(--fail); font-weight: 650; white-space: nowrap; }
.wire summary { font-size: 0.78rem; color: var(--soft); } .wire pre { margin-top: 0.5rem; }
.groups th[scope=row] { font-weight: 600; white-space: nowrap; } .groups .stack { width: 20%; min-width: 7rem; }
.groups .total th, .groups .total td { border-bottom: 0; font-weight: 600; }
.stack svg { display: block; width: 100%; height: 0.75rem; margin-top: 0.42rem; }
svg .pass { fill: var(--pass); } svg .fail { fill: var(--fail); } svg .warning { fill: var(--warning); }
svg .thin { fill: var(--thin-bg); stroke: var(--thin); stroke-width: 1; vector-effect: non-scaling-stroke; } svg .out { fill: var(--line); }
.choices th .small, .choices td .small, .requirements td > .small { display: block; }
.choices th[scope=row] { width: 38%; min-width: 13rem; } .choices td:nth-child(2) { width: 30%; min-width: 10rem; }
.group { border-top: 1px solid var(--line); padding: 0.7rem 0; } .group > summary { padding: 0.2rem 0; }
.requirements th[scope=row] { width: 56%; min-width: 15rem; } .requirements th .title { display: block; } .requirements td { white-space: nowrap; } .requirements td > .small { white-space: normal; max-width: 16rem; }
tr:target { background: var(--thin-bg); }
.lanes figcaption { display: block; } .lanes figcaption strong { margin-right: 0.6rem; }
.lanes svg { display: block; max-width: none; } .lanes .rail { stroke: var(--line); } .lanes text { fill: var(--ink); font: 13px var(--sans); } .lanes .client { font-weight: 600; }
.lanes .call { fill: var(--card); stroke: var(--soft); stroke-width: 1.2; } .lanes .effect { fill: var(--thin-bg); stroke: var(--thin); stroke-width: 0.8; }
.lanes .what { fill: var(--soft); font: 11px var(--mono); } .lanes .number { font-weight: 600; }
.lanes .contradicts .call { stroke: var(--fail); stroke-width: 2.6; } .lanes .contradicts .effect { fill: var(--fail-bg); stroke: var(--fail); } .lanes .contradicts .number { fill: var(--fail); }
.lanes a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.latencies { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 1rem; }
.latencies figure, .course { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.1rem; }
figcaption { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; margin-bottom: 0.6rem; font-size: 0.92rem; }
.latencies svg { display: block; width: 100%; height: 4rem; border-bottom: 1px solid var(--line); } .latencies rect { fill: var(--thin); }
.scale { display: flex; justify-content: space-between; font-size: 0.76rem; color: var(--soft); margin: 0.25rem 0 0.5rem; }
.course svg { display: block; width: 100%; height: 9rem; } .course line { stroke: var(--line); } .course .flow { fill: var(--thin); }
.course .sighting { stroke: var(--fail); stroke-width: 1.8; fill: none; vector-effect: non-scaling-stroke; }
.phases { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; margin-top: 0.9rem; font-size: 0.88rem; color: var(--soft); } .phases b { color: var(--ink); font-weight: 600; }

.tabs { border: 0; display: flex; flex-wrap: wrap; gap: 0.3rem; min-width: 0; position: relative; }
.tabs legend, .tabs input { position: absolute; opacity: 0; pointer-events: none; }
.tabs label { padding: 0.28rem 0.85rem; border: 1px solid var(--line); border-radius: 999px; font-size: 0.88rem; cursor: pointer; }
.tabs input:checked + label { background: var(--ink); color: var(--card); border-color: var(--ink); font-weight: 600; }
.tabs input:focus-visible + label { outline: 3px solid var(--link); outline-offset: 2px; }
.panel { display: none; width: 100%; position: relative; margin-top: 0.5rem; min-width: 0; }
.tabs input:nth-of-type(1):checked ~ .panel:nth-of-type(1), .tabs input:nth-of-type(2):checked ~ .panel:nth-of-type(2),
.tabs input:nth-of-type(3):checked ~ .panel:nth-of-type(3), .tabs input:nth-of-type(4):checked ~ .panel:nth-of-type(4),
.tabs input:nth-of-type(5):checked ~ .panel:nth-of-type(5) { display: block; }
.copy { position: absolute; top: 0.5rem; right: 0.5rem; font: 600 0.8rem var(--sans); color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 0.35rem 0.75rem; cursor: pointer; }
.copy:hover { border-color: var(--soft); } .panel .copy:not([hidden]) + pre { padding-top: 3rem; }
footer { margin: 4rem auto 3rem; color: var(--soft); font-size: 0.85rem; }

@media (max-width: 46rem) {
  main, footer, .bar .inner { padding: 0 1rem; }
  .bar .inner { flex-wrap: wrap; gap: 0.2rem 0.8rem; padding-top: 0.5rem; } .bar .where { flex: 1; }
  .bar nav { margin: 0 -1rem; padding: 0 1rem; width: calc(100% + 2rem); overflow-x: auto; }
  html { scroll-padding-top: 6rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); } .tiles li:first-child { grid-column: 1 / -1; }
  .finding > summary { flex-wrap: wrap; gap: 0.3rem 0.7rem; position: relative; padding-right: 2.2rem; } .finding .title { width: 100%; order: 1; }
  .finding > summary::after { position: absolute; right: 1rem; top: 1rem; }
  .diff > div:not(.short) { grid-template-columns: 1fr; } .facts { grid-template-columns: 1fr 1fr; gap: 0.8rem 1rem; }
  .steps thead { display: none; } .steps tr { display: block; padding: 0.5rem 0 0; } .steps td { display: block; border: 0; padding: 0 0.4rem; }
  .steps td:first-child { float: left; width: 1.6rem; padding: 0; } .steps .more { padding: 0 0 0.6rem 1.6rem; border-bottom: 1px solid var(--line); }
  .steps td:not(:first-child) { margin-left: 1.6rem; } .steps .more td { margin: 0 !important; } .steps .more td:first-child { display: none; }
  .steps .breaks { background: var(--fail-bg); box-shadow: inset 4px 0 var(--fail); padding-left: 0.6rem; } .steps .breaks.more { padding-left: 2.2rem; } .steps .breaks td { background: none; box-shadow: none !important; padding-left: 0 !important; }
  .exit { margin-left: 0.4rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { svg rect, svg path { fill: CanvasText; stroke: CanvasText; } .lanes rect { fill: Canvas; } .lanes text { fill: CanvasText; } }
@media print {
  :root { color-scheme: light; --bg: #fff; --card: #fff; --ink: #000; --soft: #444; --faint: #555; --line: #bbb; --code: #fff; --pass: #00594e; --fail: #98160f; --warning: #6d4100; --thin: #33437f; --pass-bg: #fff; --fail-bg: #fff; --warning-bg: #fff; --thin-bg: #fff; }
  @page { margin: 14mm 12mm; }
  body { font-size: 9.5pt; line-height: 1.4; } main, footer, .bar .inner { padding: 0; max-width: none; } .bar, .copy, .reproduce .tabs label { display: none; } .panel .copy:not([hidden]) + pre { padding-top: 0.9rem; }
  .finding::details-content { content-visibility: visible; display: block; block-size: auto; }
  .wire, .finding > summary::after { display: none; } pre { max-height: none; }
  .lanes .scroll { overflow: visible; } .lanes svg { max-width: 100%; height: auto; }
  .finding > summary, .diff, .reproduce, .indifferent, .facts, tr, figure { break-inside: avoid; } .finding > summary, h2, h4 { break-after: avoid; }
  section, .verdict { margin-top: 1.4rem; } .tiles { margin: 1rem 0; } .finding .body { gap: 0.8rem; } th, td { padding-top: 0.25rem; padding-bottom: 0.25rem; }
  table { font-size: 0.85em; } .group { padding: 0.2rem 0; }
}
`;
