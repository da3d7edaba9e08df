import { escapeHtml, page } from '../core/problems/page.ts';
import type { RegisteredResource, Registry } from '../service/registry.ts';
import { stateDiagram } from './state-diagram.ts';
import { type Transition, transitionsOf } from './transitions.ts';

/** `GET /docs/states`: each resource's states, and what leads from one to another, as a picture and in words. */
export async function statesPage({ resources }: Registry, service: string): Promise<string> {
  const sections = await Promise.all(resources.map(section));
  return page({
    service,
    title: 'States',
    base: '..',
    main: `<h1>States</h1>
<p>No input names a state: an action leads from one to another, and <code>allowedActions</code> of a resource lists what its
state permits. In every other state an action is refused with <a href="../problems/illegal-transition">illegal-transition</a>.
A dashed line is the end of an operation, which comes by itself.</p>
${sections.join('\n')}`,
  });
}

async function section(resource: RegisteredResource): Promise<string> {
  const { name, states } = resource.definition;
  const transitions = transitionsOf(resource);
  return `<section id="${name}" aria-labelledby="${name}-heading">
<h2 id="${name}-heading">${name}</h2>
<div class="beside">
<div>
<p class="hint">The diagram is wider than the screen: scroll it sideways, or read the table below, which says the same.</p>
<figure tabindex="0" aria-label="State diagram of ${name}; the table says the same">${await stateDiagram(states, transitions)}</figure>
</div>
<div class="scrolls" tabindex="0" role="region" aria-label="States of ${name}">
<table>
<caption>What leads from each state of ${name}</caption>
<thead><tr><th scope="col">From</th><th scope="col">By</th><th scope="col">To</th></tr></thead>
<tbody>
${[undefined, ...states].map((state) => rows(state, transitions)).join('\n')}
</tbody>
</table>
</div>
</div>
</section>`;
}

/** Rows of one state; one that nothing leads from is final. */
function rows(state: string | undefined, transitions: readonly Transition[]): string {
  const leaving = transitions.filter(({ from }) => from === state);
  const head = (span: number) => `<th scope="row" rowspan="${span}">${state ?? '(new)'}</th>`;
  if (leaving.length === 0) return `<tr>${head(1)}<td colspan="2">nothing: it is final</td></tr>`;
  return leaving
    .map(
      ({ name, to, summary }, i) =>
        `<tr>${i === 0 ? head(leaving.length) : ''}<td><strong>${name}</strong> ${escapeHtml(summary)}</td><td>${to}</td></tr>`,
    )
    .join('\n');
}
