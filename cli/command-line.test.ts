import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { start } from './start.ts';

async function run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await start(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  });
  return { code, out, err };
}

const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
function file(content: string): string {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, content);
  return path;
}

describe('usage errors end with 64, one line on stderr and nothing on stdout', () => {
  test.each<[args: string[], error: RegExp]>([
    [['--sed', '42'], /unknown option '--sed'\. Did you mean --seed\?/],
    [['run', '--endpont-url', 'http://x'], /Did you mean --endpoint-url\?/],
    [['lst'], /unknown command "lst"\. Did you mean list\?/],
    [['http://localhost:4566'], /Did you mean --endpoint-url http:\/\/localhost:4566\?/],
    [['--endpoint-url', 'localhost:4566'], /"localhost:4566" is not an http:.*Did you mean http:\/\/localhost:4566\?/],
    [['--endpoint-url', 'http://user:pw@host'], /--endpoint-url: the URL holds a user name/],
    [['--seed'], /argument missing/],
    [['--seed', '-1'], /--seed: "-1" is not a whole number from 0 to 4294967295/],
    [['--seed', '1e3'], /--seed: "1e3" is not a whole number/],
    [['--runs', '0'], /--runs: "0" is not a whole number of at least 1/],
    [['--max-time', 'soon'], /--max-time: "soon" is not a number of seconds/],
    [['--rate-limit', '0/s'], /--rate-limit: "0\/s" is not a number of requests per second/],
    [['--shard', '5/4'], /--shard: "5\/4" is not a shard such as 1\/4/],
    [['--preset', 'smok'], /--preset: "smok" is none of smoke, ci, deep\. Did you mean smoke\?/],
    [['--fail-on', 'relied'], /--fail-on: "relied" is none of .*Did you mean relied-on\?/],
    [['--report', 'json,html5'], /--report: "html5" is none of .*Did you mean html\?/],
    [['--requirements', 'conflct'], /--requirements: "conflct" matches nothing\. Did you mean conflict\?/],
    [['--exclude', '**'], /--exclude leaves no requirement to judge/],
    [['--config', '/nowhere.yaml'], /--config: cannot read \/nowhere\.yaml/],
    [['--report-dir', '/dev/null/x'], /--report-dir: cannot write to \/dev\/null\/x \(ENOTDIR\)/],
    [['--target-command', 'true'], /--target-command needs --endpoint-url/],
    [['--identity-id', 'us-east-1:a'], /--identity-pool-id and --identity-id go together/],
    [['run', 'extra'], /too many arguments/],
    [['list', 'conflict/stale-refsued'], /Did you mean conflict\/stale-refused\?/],
    [['explain'], /missing required argument 'id'/],
    [['explain', 'recreate-at-zro'], /no requirement or choice "recreate-at-zro"\. Did you mean recreate-at-zero\?/],
    [['serve', '--choice', 'recreate-at-zero=yes'], /recreate-at-zero has no option "yes".*refused, accepted/],
    [['serve', '--choice', 'recreate-at-zro=refused'], /no choice "recreate-at-zro"\. Did you mean recreate-at-zero\?/],
    [['serve', '--port', '65536'], /--port: "65536" is not a whole number from 0 to 65535/],
    [['replay', '/nowhere.json'], /replay: \/nowhere\.json/],
  ])('%j', async (args, error) => {
    const result = await run(args);
    expect(result.err).toMatch(error);
    expect(result.err).toMatch(/^error: [^\n]+\n$/);
    expect(result).toMatchObject({ code: 64, out: '' });
  });

  test.each<[content: string, error: RegExp]>([
    ['seed: 1\npreset: [', /config\.yaml:2:\d+: not valid YAML/],
    ['seed: 1\n  sede: 2', /config\.yaml:1:\d+: not valid YAML/],
    ['seed: 1\nseeed: 2', /config\.yaml:2:1: unknown setting "seeed"\. Did you mean seed\?/],
    ['a list', /config\.yaml:1:1: expected a map/],
    ['runs: many', /config\.yaml:1:1: runs: "many" is not a whole number/],
    ['runs: {a: 1}', /config\.yaml:1:1: runs needs a plain value/],
    ['requirements: [conflict, nothing-of-the-kind]', /"nothing-of-the-kind" matches nothing/],
  ])('config file %j', async (content, error) => {
    const result = await run(['--config', file(content)]);
    expect(result.err).toMatch(error);
    expect(result).toMatchObject({ code: 64, out: '' });
  });

  test('a misspelt variable is refused', async () => {
    expect(await run(['list'], { COGNITO_SYNC_CONFORMANCE_SEEDD: '1' })).toMatchObject({
      code: 64,
      err: expect.stringMatching(/Did you mean COGNITO_SYNC_CONFORMANCE_SEED\?/) as string,
    });
  });

  test('control characters of the caller do not reach the terminal', async () => {
    const { err } = await run(['--config', file('"\\e[2J": 1')]);
    expect(err).not.toContain('\u001B');
  });
});

test('a flag beats its variable, which beats the config file', async () => {
  const config = file('output: "of the file"');
  const variable = { COGNITO_SYNC_CONFORMANCE_OUTPUT: 'of the variable' };
  expect((await run(['list', '--config', config])).err).toContain('"of the file"');
  expect((await run(['list', '--config', config], variable)).err).toContain('"of the variable"');
  expect((await run(['list', '--config', config, '--output', 'json'], variable)).code).toBe(0);
});

test('list selects by group and by glob', async () => {
  const ids = async (pattern: string): Promise<string[]> => {
    const { out } = await run(['list', pattern, '--output', 'json']);
    return (JSON.parse(out) as { requirements: { id: string }[] }).requirements.map(({ id }) => id);
  };
  const group = await ids('conflict');
  expect(group.length).toBeGreaterThan(3);
  expect(group.every((id) => id.startsWith('conflict/'))).toBe(true);
  expect(await ids('conflict/*')).toEqual(group);
  expect(await ids('conflict/**')).toEqual(group);
  expect(await ids('conflict/stale-refused')).toEqual(['conflict/stale-refused']);
  expect(await ids('*/stale-refused')).toEqual(['conflict/stale-refused']);
});

test('help names every command and costs no error', async () => {
  const { code, out, err } = await run(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Commands:\n');
  for (const name of ['run', 'replay', 'list', 'explain', 'serve']) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
});
