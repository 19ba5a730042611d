import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startTargetCommand } from './target-command.ts';

const node = JSON.stringify(process.execPath);
const never = new AbortController().signal;

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => settle(port));
    });
  });
}

function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((settle) => {
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  }).then((answer) => {
    socket.destroy();
    return answer as boolean;
  });
}

test('waits for the server, and stops all that the command started', async () => {
  const port = await freePort();
  const server = `setTimeout(() => require('net').createServer().listen(${port}, '127.0.0.1'), 50)`;
  const command = await startTargetCommand(`true && ${node} -e "${server}"`, `http://127.0.0.1:${port}`, never);
  expect(command.problem).toBeNull();
  expect(await listens(port)).toBe(true);
  await command.stop();
  expect(await listens(port)).toBe(false);
});

test('says what a command printed that ended at once', async () => {
  const port = await freePort();
  const command = await startTargetCommand('echo no such thing; exit 3', `http://127.0.0.1:${port}`, never);
  expect(command.problem).toBe('--target-command ended with 3: no such thing');
  await command.stop();
});

test('gives up after a while', async () => {
  const port = await freePort();
  const command = await startTargetCommand('sleep 60', `http://127.0.0.1:${port}`, never, 300);
  expect(command.problem).toBe(`--target-command did not listen at http://127.0.0.1:${port} within 0.3 s`);
  await command.stop();
});
