import type { Action } from '../core/definitions/define-action.ts';
import type { Resource } from '../core/definitions/define-resource.ts';
import { constraintsOf, listsOf, type MemberList } from '../core/definitions/resource-extension.ts';
import { actionPath } from '../core/definitions/routes.ts';
import { problemsBeside } from '../core/operations/problem-rows.ts';
import { titleOf } from '../core/problems/problem.ts';
import { partnersOf, problemsOf, type Registry, scopesOf } from '../service/registry.ts';

/** Other resources that an action decides on. */
const touchesOf = ({ touches }: Pick<NonNullable<Action['with']>, 'touches'>) =>
  touches.map(({ name, resource, writes }) => ({ name, resource: resource.name, writes }));

/** What its capabilities hold it to; nothing where that is nothing. */
function rulesIn(definition: Resource) {
  const rules = constraintsOf(definition).map(({ says }) => says);
  return rules.length === 0 ? {} : { rules };
}

const toldOf = ({ resource, writes }: ReturnType<typeof touchesOf>[number]) =>
  `${writes ? 'writes' : 'reads'} ${resource}`;

/** Everything that the registry knows, as data. */
export function listing(registry: Registry) {
  return {
    resources: registry.resources.map(({ definition, file, actions }) => ({
      name: definition.name,
      file,
      states: definition.states,
      ...rulesIn(definition),
      ...(Object.keys(listsOf(definition)).length > 0 && { lists: listsOf(definition) }),
      actions: actions.map(({ definition: action }) => ({
        name: action.name,
        route: `POST ${actionPath(action)}`,
        from: action.from ?? [],
        to: action.to,
        scope: action.scope,
        problems: [...action.problems, ...Object.keys(problemsBeside(action))],
        ...(action.with !== undefined && { touches: touchesOf(action.with) }),
        ...(action.operation !== undefined && { operation: action.operation.name }),
      })),
    })),
    operations: registry.operations.map(({ definition: { name, resource, steps }, file }) => ({
      name,
      file,
      resource: resource.name,
      steps: steps.map((step) => ({ name: step.name, partner: step.partner.name })),
    })),
    partners: partnersOf(registry).map(({ name }) => name),
    versions: registry.versions.map(({ definition: { version } }) => version),
    scopes: scopesOf(registry),
    problems: [...problemsOf(registry)]
      .map(([code, row]) => ({ code, status: row.status, recovery: row.recovery, title: titleOf(row) }))
      .toSorted((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1)),
  };
}

/** `npm run list`: tables for people, or JSON. */
export function listCommand({ json }: { readonly json: boolean }, registry: Registry): string {
  const list = listing(registry);
  return json ? JSON.stringify(list, null, 2) : text(list);
}

const text = ({ resources, operations, scopes, problems }: ReturnType<typeof listing>): string =>
  [
    ...resources.map(({ name, states, rules = [], actions, lists }) => {
      const isAlone = actions.every(({ touches }) => touches === undefined);
      return [
        `${name}  ${states.join(', ')}`,
        ...rules.map((rule) => `  ${rule}`),
        ...columns(
          ['action', 'route', 'from', 'to', ...(isAlone ? [] : ['also']), 'scope', 'problems'],
          actions.map((each) => [
            each.name,
            each.route,
            each.from.join(', ') || '-',
            each.to + (each.operation === undefined ? '' : `, by ${each.operation}`),
            ...(isAlone ? [] : [each.touches?.map(toldOf).join(', ') ?? '-']),
            each.scope,
            each.problems.join(', ') || '-',
          ]),
        ),
        ...(lists === undefined ? [] : listsText(lists)),
      ].join('\n');
    }),
    [
      'operations',
      ...columns(
        ['operation', 'resource', 'steps'],
        operations.map(({ name, resource, steps }) => [
          name,
          resource,
          steps.map((step) => `${step.name} (${step.partner})`).join(', '),
        ]),
      ),
    ].join('\n'),
    ['scopes', ...scopes].join('\n  '),
    [
      'problems',
      ...columns(
        ['code', 'status', 'recovery', 'title'],
        problems.map(({ code, status, recovery, title }) => [code, String(status), recovery, title]),
      ),
    ].join('\n'),
  ].join('\n\n');

/** Lists by members, and what they cost. */
function listsText(lists: Readonly<Record<string, MemberList>>): readonly string[] {
  const all = Object.entries(lists);
  return [
    '',
    ...columns(
      ['list', 'by', 'order', 'index'],
      all.map(([name, { by, order, first, slot }]) => [
        name,
        by.join(', '),
        `${order}, ${first} first`,
        `list-${slot}`,
      ]),
    ),
    `  each write costs ${all.length} write units more for each KB that is shown, and one list's again where its key changes`,
  ];
}

/** Rows under their heads, each column as wide as its widest cell. */
function columns(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [heads, ...rows];
  const widths = heads.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
