import { instance } from '@viz-js/viz';
import type { Transition } from './transitions.ts';

const quoted = (text: string) => JSON.stringify(text);

/** Transitions that lead from one state to the same other are one arrow. */
function arrows(transitions: readonly Transition[]): readonly string[] {
  const byEnds = Map.groupBy(transitions, ({ from, to, by }) => JSON.stringify([from ?? '', to, by]));
  return [...byEnds.values()].map((all) => {
    const [{ from = '', to, by } = { to: '', by: '' }] = all;
    const label = all.map(({ name }) => name).join('\n');
    return `${quoted(from)} -> ${quoted(to)} [label=${quoted(` ${label} `)} class=${quoted(by)} style=${by === 'operation' ? 'dashed' : 'solid'}]`;
  });
}

/**
 * States and the ways between them as an SVG element, which a style sheet gives its colours. It has no style attribute,
 * so that a strict Content-Security-Policy has no fault to find with it. Its text is laid out a little larger than the style
 * sheet shows it, since fonts differ in width.
 */
export async function stateDiagram(
  states: readonly string[],
  transitions: readonly Transition[],
): Promise<string> {
  const source = `digraph {
graph [bgcolor="transparent" nodesep=0.4 ranksep=0.45]
node [shape=box style=rounded fontname="Helvetica" fontsize=14 height=0.4 margin="0.16,0.08"]
edge [fontname="Helvetica" fontsize=13 arrowsize=0.7]
"" [shape=point width=0.12 class=start]
${states.map((state) => `${quoted(state)} [class=state]`).join('\n')}
${arrows(transitions).join('\n')}
}`;
  const svg = (await instance()).renderString(source, { format: 'svg' });
  // The table beside it says the same in words: a screen reader need not spell out a picture.
  return svg
    .slice(svg.indexOf('<svg'))
    .replace('<svg', '<svg aria-hidden="true" focusable="false"')
    .replaceAll(/<title>.*?<\/title>\n|<!--.*?-->\n/g, '');
}
