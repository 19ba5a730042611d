import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** One file of ours that imports another, or a package. */
export interface Import {
  readonly file: string;
  readonly of: string;
  readonly typeOnly: boolean;
}

interface Room {
  /** The prefixes of the files that it may import. */
  readonly values: readonly string[];
  /** Files of which it may import types as well. */
  readonly types: readonly string[];
  /** Its folders from bottom to top; each imports only itself and those before it. '.' holds the files outside all of them. */
  readonly folders: readonly string[];
}

const wire = ['specs/types/wire.ts'];

/** The longest prefix counts. The order of the folders of `targets/` holds across its three rooms. */
const rooms: Record<string, Room> = {
  'specs/': {
    values: ['specs/'],
    types: [],
    folders: [
      'types',
      'load',
      '.',
      'model/state',
      'model/rules',
      'model/blame',
      'model/inspect',
      'model/explain',
      'model/predict',
      'model',
    ],
  },
  'generators/': { values: ['generators/', 'specs/'], types: [], folders: ['.'] },
  'engine/': {
    values: ['engine/', 'specs/'],
    types: [],
    folders: [
      'linearize',
      'exchange',
      'interface',
      'input',
      'isolation',
      'traffic',
      'play',
      'races',
      'shrink',
      'session',
      'explore',
      'findings',
      'run',
    ],
  },
  'suites/': { values: ['suites/', 'specs/', 'generators/', 'engine/'], types: [], folders: ['examples', '.'] },
  'reports/': {
    values: ['reports/', 'specs/', 'engine/interface/events.ts'],
    types: [],
    folders: [
      'writing',
      'summary',
      'reproduction',
      'log',
      'known-failures',
      'compare',
      'matrix',
      'formats',
      'html/kit',
      'html/sections',
      'html',
      'terminal',
    ],
  },
  'targets/http/': { values: ['targets/http/'], types: wire, folders: ['.'] },
  'targets/reference/': {
    values: ['targets/reference/'],
    types: wire,
    folders: ['core', 'rules', 'store', 'operations', 'server'],
  },
  'targets/mutants/': {
    values: ['targets/mutants/', 'targets/reference/'],
    types: wire,
    folders: ['base', 'update', 'listing', 'dataset', 'service', '.'],
  },
  'api/': {
    values: ['api/', 'specs/', 'engine/', 'suites/', 'reports/', 'targets/', 'cli/common/version.ts'],
    types: [],
    folders: ['.'],
  },
  'cli/': {
    values: [''],
    types: [],
    folders: ['common', 'settings', 'target', 'run', 'doctor', 'linearize', 'self-test', 'commands', '.'],
  },
};

/** All imports of the files below the rooms, tests beside the files included. */
export function importsBelow(root: string): readonly Import[] {
  const files = [...new Set(Object.keys(rooms).map((room) => room.split('/')[0] ?? ''))].flatMap((room) =>
    readdirSync(root + room, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => posix.join(room, name.replaceAll('\\', '/'))),
  );
  return [...files, 'index.ts'].flatMap((file) => importsIn(file, readFileSync(root + file, 'utf8')));
}

/** The imports that the text of a file makes. */
export function importsIn(file: string, text: string): readonly Import[] {
  const statement = /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return [...text.matchAll(statement)].map((match) => {
    const name = (match[2] ?? match[3] ?? '').replace(/^#specs\//, '/specs/');
    const of = name.startsWith('/')
      ? name.slice(1)
      : name.startsWith('.')
        ? posix.join(posix.dirname(file), name)
        : name;
    return { file, of, typeOnly: match[1] !== undefined };
  });
}

/** The imports that the rules forbid, each as a sentence. */
export function forbidden(imports: readonly Import[]): readonly string[] {
  return [...imports.flatMap(complaintsAbout), ...circles(imports)];
}

function complaintsAbout({ file, of, typeOnly }: Import): readonly string[] {
  const isTest = file.endsWith('.test.ts');
  if (of.split('/')[0] === 'vitest' && !isTest && file !== 'cli/vitest.ts') return [`${file} imports ${of}`];
  const room = roomOf(file);
  if (room === undefined || !isOurs(of) || (isTest && /^tests\/(fixtures|kit)\//.test(of))) return [];
  const { values, types } = rooms[room]!;
  const reachable = values.some((prefix) => of.startsWith(prefix)) || (typeOnly && types.includes(of));
  if (!reachable) return [`${file} imports ${of}, which ${room} may not import`];
  // A test may use whatever its room may use.
  return isTest || roomOf(of) !== room || rank(room, of) <= rank(room, file)
    ? []
    : [`${file} imports ${of}, whose folder stands above it`];
}

function roomOf(file: string): string | undefined {
  return Object.keys(rooms).find((prefix) => file.startsWith(prefix));
}

/** Where the folder of a file stands in its room. A folder that the table does not name stands above all others and may be imported by none. */
function rank(room: string, file: string): number {
  const folder = posix.dirname(file.slice(room.length));
  const at = rooms[room]!.folders.indexOf(folder);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** The folders of our rooms that the table does not name. */
export function unnamedFolders(imports: readonly Import[]): readonly string[] {
  const unnamed = imports
    .map(({ file }) => file)
    .filter((file) => {
      const room = roomOf(file);
      return room !== undefined && rank(room, file) === Number.POSITIVE_INFINITY;
    });
  return [...new Set(unnamed.map((file) => posix.dirname(file)))];
}

function isOurs(name: string): boolean {
  return /^[a-z-]+\/.*\.tsx?$/.test(name) || name === 'index.ts';
}

/** Files that import each other in a circle, types included. */
function circles(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { file, of } of imports) if (isOurs(of)) next.set(file, [...(next.get(file) ?? []), of]);
  const found: string[] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (finished.has(file)) return;
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push(`circle: ${[...path.slice(at), file].join(' -> ')}`);
      return;
    }
    path.push(file);
    for (const other of next.get(file) ?? []) visit(other);
    path.pop();
    finished.add(file);
  };
  for (const file of next.keys()) visit(file);
  return found;
}
