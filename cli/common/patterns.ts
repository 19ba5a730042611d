import { suggest } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/**
 * The ids that a pattern selects: an exact id, a group (`conflict`), or a glob in which `*` stays within one part of
 * the id and `**` does not. Throws a UsageError when it selects none.
 */
export function select(pattern: string, ids: readonly string[], where: string): readonly string[] {
  const matches = ids.filter((id) => id === pattern || id.startsWith(`${pattern}/`) || glob(pattern).test(id));
  if (matches.length > 0) return matches;
  const groups = new Set(ids.flatMap((id) => (id.includes('/') ? [id.slice(0, id.indexOf('/'))] : [])));
  throw new UsageError(
    `${where}: ${JSON.stringify(pattern)} matches nothing.${suggest(pattern, [...groups, ...ids])} ` +
      'See `cognito-sync-conformance list`.',
  );
}

function glob(pattern: string): RegExp {
  const source = pattern.replace(/\*\*|\*|\?|[^\w-]/g, (token) => {
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}
