import { type Node, entries, fault, fields, flag, items, need, readSpec, text, word } from './yaml-fields.ts';
import { type Choice, type Level, PREMISES, type Premise, type Requirement } from '../types/contract-types.ts';

/** Reads requirements.yaml. */
export function readRequirements(
  levels: readonly Level[],
  top: Node = readSpec('requirements.yaml'),
): readonly Requirement[] {
  return unique(top, (node) => {
    const map = fields(node, ['id', 'title', 'level', 'about', 'premise', 'sources', 'detail', 'example', 'deep']);
    const id = text(need(map, 'id', node));
    const group = /^([a-z0-9-]+)\/[a-z0-9-]+$/.exec(id)?.[1] ?? fault(node, `id '${id}' is not of the form group/name`);
    const [detail, example, deep] = [map.get('detail'), map.get('example'), map.get('deep')];
    return {
      id,
      group,
      title: text(need(map, 'title', node)),
      level: word(need(map, 'level', node), levels),
      ...aboutOf(map.get('about')),
      ...premiseOf(map.get('premise')),
      sources: sources(need(map, 'sources', node)),
      ...(detail && { detail: text(detail) }),
      ...(example && { example: text(example) }),
      ...(deep && { deep: flag(deep) }),
    };
  });
}

/** Reads choices.yaml. */
export function readChoices(top: Node = readSpec('choices.yaml')): readonly Choice[] {
  return unique(top, (node) => {
    const map = fields(node, ['id', 'question', 'about', 'options', 'aws', 'sources', 'held', 'held-by']);
    const optionNode = need(map, 'options', node);
    const options = Object.fromEntries(entries(optionNode).map(([name, meaning]) => [name, text(meaning)]));
    if (Object.keys(options).length < 2) fault(optionNode, 'a choice needs two options');
    const aws = need(map, 'aws', node);
    const [held, heldBy] = [map.get('held'), map.get('held-by')];
    return {
      id: text(need(map, 'id', node)),
      question: text(need(map, 'question', node)),
      ...aboutOf(map.get('about')),
      options,
      aws: aws.value === null ? null : word(aws, Object.keys(options)),
      sources: sources(need(map, 'sources', node)),
      held: held ? flag(held) : true,
      ...(heldBy && { heldBy: text(heldBy) }),
    };
  });
}

function aboutOf(node: Node | undefined): { readonly about?: 'told' } {
  return node === undefined ? {} : { about: word(node, ['told'] as const) };
}

function premiseOf(node: Node | undefined): { readonly premise?: Premise } {
  return node === undefined ? {} : { premise: word(node, PREMISES) };
}

function unique<T extends { readonly id: string }>(top: Node, read: (node: Node) => T): readonly T[] {
  const seen = new Set<string>();
  return items(top).map((node) => {
    const entry = read(node);
    if (seen.has(entry.id)) fault(node, `id '${entry.id}' stands twice`);
    seen.add(entry.id);
    return entry;
  });
}

function sources(node: Node): readonly string[] {
  const list = items(node).map(text);
  return list.length > 0 ? list : fault(node, 'name at least one source');
}
