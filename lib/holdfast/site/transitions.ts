import { stateAfter } from '../core/definitions/define-action.ts';
import type { RegisteredResource } from '../service/registry.ts';

/** One way from a state to another. */
export interface Transition {
  /** @default it makes the resource */
  readonly from?: string;
  readonly to: string;
  /** The action, or the end of the operation that an action started. */
  readonly name: string;
  readonly by: 'action' | 'operation';
  readonly summary: string;
}

/** Every way that a resource can go: its actions, and the ends of the operations that they start. */
export const transitionsOf = ({ actions }: RegisteredResource): readonly Transition[] =>
  actions.flatMap(({ definition: { name, from, to, summary, operation } }) => [
    ...(from ?? [undefined]).map((state) => ({
      ...(state !== undefined && { from: state }),
      to: stateAfter({ to }, state),
      name,
      by: 'action' as const,
      summary,
    })),
    ...(operation === undefined
      ? []
      : [
          ['succeeded', operation.onSucceeded],
          ['failed', operation.onFailed],
          ['cancelled', operation.onCancelled],
        ].map(([end = '', state = '']) => ({
          from: to,
          to: state,
          name: `${name} ${end}`,
          by: 'operation' as const,
          summary: `The operation that ${name} started has ended: ${end}.`,
        }))),
  ]);
