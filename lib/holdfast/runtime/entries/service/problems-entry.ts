import resources from '@resources';
import service from '@service';
import { problemRows } from '../../../core/operations/problem-rows.ts';
import { PAGE_HEADERS } from '../../../core/problems/page.ts';
import { Problem } from '../../../core/problems/problem.ts';
import { problemEntry, problemPage, problemsPage } from '../../../core/problems/problem-page.ts';
import { type Answer, json } from '../../http/answer.ts';
import { httpFunction } from '../../http/http-function.ts';
import type { HttpRequest } from '../../http/http-request.ts';

const table = problemRows(resources);

const placeOf = ({ base }: HttpRequest) => ({ prefix: service.prefix, base });

/** The table of problems, or one of its rows: as a page where the client prefers HTML, else as JSON. Open to all. */
export const handler = httpFunction([], async (request) => {
  const code = request.pathParameter('code');
  if (code === '') {
    const entries = [...table].map(([name, row]) => problemEntry(name, row, placeOf(request)));
    return answer(request, problemsPage(entries, { service: service.title, base: '.' }), {
      problems: entries,
    });
  }
  const row = table.get(code);
  if (row === undefined) throw new Problem('not-found', { resource: 'problem' });
  const entry = problemEntry(code, row, placeOf(request));
  return answer(request, problemPage(entry, { service: service.title, base: '..' }), entry);
});

function answer(request: HttpRequest, page: string, value: unknown): Answer {
  const html = (request.header('Accept') ?? '').includes('text/html');
  return html ? { status: 200, headers: PAGE_HEADERS, body: page } : json(value);
}
