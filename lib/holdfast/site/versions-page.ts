import { escapeHtml, page } from '../core/problems/page.ts';
import type { VersionDefinition } from '../core/versions/define-version.ts';
import type { Service } from '../service/define-service.ts';
import type { Registry } from '../service/registry.ts';

/** Name of the document of a version, below `docs/`. */
export const documentName = (version: string): string => `openapi-${version}.json`;

/** `GET /docs/versions`: what is different in each version, and until when it is served. `Link` of its answers leads here. */
export function versionsPage({ versions }: Registry, { title, apiVersion }: Service): string {
  const older = versions.map(({ definition }) => definition);
  return page({
    service: title,
    title: 'Versions',
    base: '..',
    main: `<h1>Versions</h1>
<p>A request names the version that it was written for: <code>API-Version: ${apiVersion}</code>. Answers of a version
that ends carry <code>Deprecation</code>, <code>Sunset</code> and a link to this page; from its last day on it is refused with
<a href="../problems/unknown-api-version">unknown-api-version</a>. What was done in it is replayed all the same.</p>
<section id="${apiVersion}"><h2>${apiVersion}</h2>
<p>The newest. ${link(apiVersion)}</p></section>
${older
  .toSorted((a, b) => b.version.localeCompare(a.version))
  .map(section)
  .join('\n')}`,
  });
}

const section = ({
  version,
  summary,
  deprecated,
  sunset,
}: VersionDefinition) => `<section id="${version}"><h2>${version}</h2>
<p>${escapeHtml(summary)} Deprecated since ${deprecated}, served until ${sunset}. ${link(version)}</p></section>`;

const link = (version: string) => `<a href="${documentName(version)}">OpenAPI document</a>`;
