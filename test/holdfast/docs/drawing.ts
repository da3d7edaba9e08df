import { instance } from '@viz-js/viz';
import { stateDiagram } from '../../../lib/holdfast/site/state-diagram.ts';
import type { Transition } from '../../../lib/holdfast/site/transitions.ts';

/** Colours of the pages, on a ground of its own, whatever page the picture is on. */
const STYLE = `
svg { --ink: #1f2933; --soft: #52606d; --accent: #0b5cad; --paper: #fff; --tint: #f5f7fa }
@media (prefers-color-scheme: dark) {
svg { --ink: #e4e7eb; --soft: #a6b1bd; --accent: #7cc0ff; --paper: #16191d; --tint: #22272e }
}
.ground { fill: var(--paper) } .node path, .node polygon { stroke: var(--accent); fill: var(--tint) }
.start ellipse { stroke: var(--ink); fill: var(--ink) } .edge path { stroke: var(--soft) }
.edge polygon { stroke: var(--soft); fill: var(--soft) } text { fill: var(--ink) }
.node text { font-size: 12.5px } .edge text { font-size: 11.5px }`;

/** An SVG element as a document of its own. */
function standing(title: string, svg: string): string {
  const head = svg.slice(svg.indexOf('<svg')).replace(' aria-hidden="true" focusable="false"', '');
  const end = head.indexOf('>') + 1;
  const open = head.slice(0, end).replace('<svg', `<svg role="img" aria-label="${title}"`);
  const ground = '<rect class="ground" x="-100%" y="-100%" width="300%" height="300%"/>';
  return `${open}\n<title>${title}</title>\n<style>${STYLE}\n</style>\n${ground}${head.slice(end)}`;
}

/** States and the ways between them, drawn by what draws `/docs/states`. */
export const stateDrawing = async (
  title: string,
  states: readonly string[],
  transitions: readonly Transition[],
): Promise<string> => standing(title, await stateDiagram(states, transitions));

/** Rooms, and which of them may import which. */
export async function roomDrawing(
  title: string,
  arrows: ReadonlyMap<string, readonly string[]>,
): Promise<string> {
  const source = `digraph {
graph [bgcolor="transparent" nodesep=0.25 ranksep=0.4]
node [shape=box style=rounded fontname="Helvetica" fontsize=14 height=0.4 margin="0.16,0.08"]
edge [arrowsize=0.7]
${[...arrows].flatMap(([from, all]) => all.map((to) => `"${from}" -> "${to}"`)).join('\n')}
}`;
  const svg = (await instance()).renderString(source, { format: 'svg' });
  return standing(title, svg.replaceAll(/<title>.*?<\/title>\n|<!--.*?-->\n/g, ''));
}
