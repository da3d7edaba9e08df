import type { Line } from './session.ts';

const WIDTH = 800;
const LINE = 22;
const TOP = 54;

/** Seconds between two lines, and between what is sent and what has come of it. */
const SECONDS = 0.9;

const STYLE = `
svg { --ink: #1f2933; --soft: #52606d; --line: #cbd2d9; --paper: #fff; --client: #0b5cad; --fault: #b42318; --proof: #05603a }
@media (prefers-color-scheme: dark) {
svg { --ink: #e4e7eb; --soft: #a6b1bd; --line: #3e4c59; --paper: #16191d; --client: #7cc0ff; --fault: #ff9b90; --proof: #6ce9a6 }
}
.ground { fill: var(--paper); stroke: var(--line) } text { font: 13.5px ui-monospace, Menlo, Consolas, monospace; fill: var(--ink) }
.title { font: 600 15px system-ui, sans-serif } .client { fill: var(--client) } .fault { fill: var(--fault) }
.proof { fill: var(--proof); font-weight: 700 }
@media (prefers-reduced-motion: no-preference) {
.line { opacity: 0; animation: come 0.3s ease-out forwards }
@keyframes come { to { opacity: 1 } }
}`;

const MARKS = { client: '>', answer: ' ', fault: '×', proof: ' ' } as const;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A session as an animated SVG document: its lines come one after another, or stand there where motion is not wanted. */
export function picture(title: string, session: readonly Line[]): string {
  const height = TOP + session.length * LINE + 8;
  const lines = session.map(({ who, text }, i) => {
    const mark = text.startsWith(' ') ? ' ' : MARKS[who];
    return `<text class="line ${who}" x="20" y="${TOP + i * LINE}" style="animation-delay:${(i * SECONDS).toFixed(1)}s" xml:space="preserve">${escaped(`${mark} ${text}`)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>`,
    `<text class="title" x="20" y="28">${escaped(title)}</text>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

/** A picture without what is another one in each session: random characters of ETags, and the digests of bodies with times in them. */
export const structureOf = (svg: string): string =>
  svg
    .replaceAll(/"(\d+)-[\w-]{4}"/g, '"$1-…"')
    .replaceAll(/sha256 of the body: [\da-f]{12}/g, 'sha256 of the body: …');
