import type { Operation } from '../../core/definitions/define-operation.ts';
import { publicPartners, statusBody } from '../../core/operations/partner-status.ts';
import { json } from '../schemas/answers.ts';
import type { RouteSpec } from './operation.ts';

const moment = { type: 'string', format: 'date-time' };

/** When the example was read, and until when its first partner is left alone. */
const READ_AT = Date.parse('2026-11-01T09:00:00Z');
const LEFT_ALONE_MS = 30_000;

/** The route by which a stage tells of partners; none where no partner has a public name. */
export function statusRoutes(operations: readonly Operation[]): readonly RouteSpec[] {
  const partners = publicPartners(operations);
  if (partners.length === 0) return [];
  const read = partners.map(({ publicName }, i) => ({
    publicName,
    openUntil: i === 0 ? READ_AT + LEFT_ALONE_MS : undefined,
  }));
  return [
    {
      method: 'get',
      path: '/status',
      operationId: 'service.status',
      tag: 'service',
      summary: 'Tell which partners are left alone, and until when.',
      description:
        'A partner that fails several times in a row is left alone for a while: what is accepted meanwhile waits, and goes on by itself. Answers may be kept for 10 seconds.',
      kind: 'open',
      responses: {
        200: json('What was read at `asOf`.', {
          type: 'object',
          properties: {
            asOf: { ...moment, description: 'When it was read: at most 10 seconds before it was answered.' },
            partners: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  name: { type: 'string', description: 'Its public name.' },
                  state: { type: 'string', enum: ['called', 'left-alone'] },
                  until: {
                    ...moment,
                    description:
                      'Of one that is left alone: it is not called before then, unless a call that was under way succeeds; it is later if one fails.',
                  },
                },
                required: ['name', 'state'],
              },
            },
          },
          required: ['asOf', 'partners'],
          examples: [statusBody(read, READ_AT, READ_AT)],
        }),
      },
    },
  ];
}
